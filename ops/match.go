package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// matchOp is an op that reads a square sparse matrix, one or no value beside
// it, and which segment each row is of, and gives an Int for each row. Rows of
// no segment are in no cluster, and entries between segments are not there.
type matchOp struct {
	name, attrs string
	ofInts      bool // the value is Ints
	perEdge     bool // the value has an element an entry; else a row, or where it is Ints any number
	run         func(p *Pattern, value G.Value, ids []int) ([]int, error)
}

func (c matchOp) of(m Sparse, value *G.Node, s Segments) (*G.Node, error) {
	if err := c.check(m, value, s); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", c.name, err)
	}
	in, kinds := []*G.Node{m.Pattern}, "pi"
	if value != nil {
		in, kinds = append(in, value), "pfi"
		if c.ofInts {
			kinds = "pii"
		}
	}
	return apply(&op{
		name: c.name, attrs: fmt.Sprint(c.attrs, m.Rows, s.Count, value != nil), dtype: tensor.Int, kinds: kinds,
		shape: fixed(tensor.Shape{m.Rows}),
		any:   func(in []G.Value) (G.Value, error) { return c.value(in, m.Rows, s.Count, value != nil) },
	}, s.with(in...)...)
}

func (c matchOp) check(m Sparse, value *G.Node, s Segments) error {
	if err := m.check(); err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	switch {
	case m.Rows != m.Cols:
		return fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	case s.IDs != nil && s.IDs.Shape().TotalSize() != m.Rows:
		return fmt.Errorf("%d segment ids, want %d, one a row", s.IDs.Shape().TotalSize(), m.Rows)
	case value != nil && !c.ofInts && !c.perEdge && value.Shape().TotalSize() != m.Rows:
		return fmt.Errorf("values of shape %v, want %d, one a row", value.Shape(), m.Rows)
	}
	return nil
}

func (c matchOp) value(in []G.Value, rows, segments int, withValue bool) (G.Value, error) {
	p, err := sizedPattern(in[0], rows, rows)
	if err != nil {
		return nil, err
	}
	var value G.Value
	rest := in[1:]
	if withValue {
		value, rest = in[1], in[2:]
		if n := value.Shape().TotalSize(); c.perEdge && n < p.NNZ() {
			return nil, fmt.Errorf("%d values, want at least %d, one an entry of the pattern", n, p.NNZ())
		}
	}
	ids := make([]int, rows)
	if len(rest) > 0 {
		if ids, err = ints(rest[0]); err != nil {
			return nil, err
		}
		for i, id := range ids {
			if id < -1 || id >= segments {
				return nil, fmt.Errorf("id %d is %d, want 0 to %d, or -1 for padding", i, id, segments-1)
			}
		}
	}
	out, err := c.run(p, value, ids)
	if err != nil {
		return nil, err
	}
	return intVector(out), nil
}

// byEntry is a run by a number an entry.
func byEntry(f func(m *kernels.CSR, w []float64, ids []int) []int) func(*Pattern, G.Value, []int) ([]int, error) {
	return func(p *Pattern, value G.Value, ids []int) ([]int, error) {
		w, err := values64(value, p.NNZ())
		if err != nil {
			return nil, err
		}
		return f(p.csr, w, ids), nil
	}
}

// values64 is the first n elements of v in float64; nil for no value. It errs
// where one is NaN.
func values64(v G.Value, n int) ([]float64, error) {
	if v == nil {
		return nil, nil
	}
	var out []float64
	if v.Dtype() == tensor.Float32 {
		x, err := floats[float32](v)
		if err != nil {
			return nil, err
		}
		out = make([]float64, n)
		for i := range out {
			out[i] = float64(x[i])
		}
	} else {
		x, err := floats[float64](v)
		if err != nil {
			return nil, err
		}
		out = x[:n]
	}
	for i, x := range out {
		if x != x {
			return nil, fmt.Errorf("value %d is NaN", i)
		}
	}
	return out, nil
}

// sides are p, and its transpose where it is not symmetric.
func (p *Pattern) sides() []*kernels.CSR {
	if p.Symmetric() {
		return []*kernels.CSR{p.csr}
	}
	t, _ := p.transpose()
	return []*kernels.CSR{p.csr, t}
}
