package ops

import (
	"fmt"
	"unsafe"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Float is the numbers that a tensor of floats holds. An operation exists for
// both, and an input of another type is an error when the graph is built.
type Float interface{ float32 | float64 }

// call is one run of an op: its inputs, and the output to be written.
type call[T Float] struct {
	in    []G.Value
	out   []T // every element is to be written
	shape tensor.Shape
	zeros *[]int        // ids of a graph without ids, held by the op
	kept  *kernels.Plan // of the ids of the last run; nil for an op that needs none
	space *Workspace    // that this run is in; nil without one
	err   error
}

// compute runs f over in and returns the op's output buffer.
func compute[T Float](o *op, f func(*call[T]) error, in []G.Value, shape tensor.Shape) (G.Value, error) {
	if o.kept != nil {
		return computeOnce(o, f, in, shape)
	}
	out, dense := output[T](o, shape)
	c := &call[T]{in: in, out: out, shape: shape, zeros: &o.buf.zeros, space: o.space()}
	if o.plan != nil {
		o.plan.Lock()
		defer o.plan.Unlock()
		c.kept = &o.plan.Plan
	}
	if err := f(c); err != nil {
		return nil, err
	}
	if c.err != nil {
		return nil, c.err
	}
	if !shape.IsScalar() {
		return dense, nil
	}
	switch x := any(out[0]).(type) {
	case float32:
		return G.NewF32(x), nil
	case float64:
		return G.NewF64(x), nil
	}
	return dense, nil
}

// float is the data of float input i.
func (c *call[T]) float(i int) []T {
	x, err := floats[T](c.in[i])
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("input %d: %w", i, err)
	}
	return x
}

// floatIfAny is float input i; nil where there are fewer inputs.
func (c *call[T]) floatIfAny(i int) []T {
	if i >= len(c.in) {
		return nil
	}
	return c.float(i)
}

// index is the data of Int input i, checked to be in [−1, bound).
func (c *call[T]) index(i, bound int) ([]int, error) {
	x, err := ints(c.in[i])
	if err != nil {
		return nil, fmt.Errorf("input %d: %w", i, err)
	}
	return x, inside(x, bound)
}

// inside errs unless all of x is in [−1, bound).
func inside(x []int, bound int) error {
	if j := kernels.FirstOutside(x, bound); j >= 0 {
		return fmt.Errorf("index %d is %d, want 0 to %d, or -1 for padding", j, x[j], bound-1)
	}
	return nil
}

// ids are the segment ids in input i, or all zero where the op has no such
// input.
func (c *call[T]) ids(i, rows, segments int) ([]int, error) {
	x, err := c.given(i, rows)
	if err == nil && i < len(c.in) {
		err = inside(x, segments)
	}
	return x, err
}

// given is ids that may be of any value.
func (c *call[T]) given(i, rows int) ([]int, error) {
	if i >= len(c.in) {
		if len(*c.zeros) != rows {
			*c.zeros = make([]int, rows)
		}
		return *c.zeros, nil
	}
	x, err := ints(c.in[i])
	if err != nil {
		return nil, fmt.Errorf("input %d: %w", i, err)
	}
	if len(x) != rows {
		return nil, fmt.Errorf("%d segment ids, want %d, one a row", len(x), rows)
	}
	return x, nil
}

// plan is the rows of each segment by the ids in input i, as ids gives them:
// that of the last run where they are still the same.
func (c *call[T]) plan(i, rows, segments int) (*kernels.Plan, error) {
	x, err := c.given(i, rows)
	if err == nil {
		err = c.kept.Update(x, segments, func() error { return inside(x, segments) })
	}
	return c.kept, err
}

// segmentIDs is ids where there are any, and nil where not.
func (c *call[T]) segmentIDs(i, rows, segments int) ([]int, error) {
	if i >= len(c.in) {
		return nil, nil
	}
	return c.ids(i, rows, segments)
}

// pattern is the sparse pattern in input i, checked against the rows and
// columns that the op was built for.
func (c *call[T]) pattern(i, rows, cols int) (*Pattern, error) {
	p, err := patternOf(c.in[i])
	if err != nil {
		return nil, fmt.Errorf("input %d: %w", i, err)
	}
	if p.Rows() != rows || p.Cols() != cols {
		return nil, fmt.Errorf("the pattern is %d×%d, want %d×%d", p.Rows(), p.Cols(), rows, cols)
	}
	return p, nil
}

// weights are the weights of p's entries in input i.
func (c *call[T]) weights(i int, p *Pattern) ([]T, error) {
	w := c.float(i)
	if c.err == nil && len(w) < p.NNZ() {
		return nil, fmt.Errorf("%d edge weights, want at least %d, one an entry of the pattern", len(w), p.NNZ())
	}
	return w, c.err
}

// floats is the row-major data of v.
func floats[T Float](v G.Value) ([]T, error) {
	switch s := v.(type) {
	case *G.F64:
		if x, ok := any(float64(*s)).(T); ok {
			return []T{x}, nil
		}
	case *G.F32:
		if x, ok := any(float32(*s)).(T); ok {
			return []T{x}, nil
		}
	case *tensor.Dense:
		return denseData[T](s)
	}
	var want T
	return nil, fmt.Errorf("a %T of dtype %v, want %T", v, v.Dtype(), want)
}

func denseData[T any](d *tensor.Dense) ([]T, error) {
	if d.RequiresIterator() || d.DataOrder().IsColMajor() {
		m, ok := d.Materialize().(*tensor.Dense)
		if !ok {
			return nil, fmt.Errorf("a view that cannot be made contiguous")
		}
		d = m
	}
	switch x := d.Data().(type) {
	case []T:
		return x, nil
	case T:
		return []T{x}, nil
	}
	var want T
	return nil, fmt.Errorf("dtype %v, want %T", d.Dtype(), want)
}

func ints(v G.Value) ([]int, error) {
	if d, ok := v.(*tensor.Dense); ok {
		return denseData[int](d)
	}
	return nil, fmt.Errorf("a %T, want a tensor of Int", v)
}

// buffer is the output of an op: memory of its own from run to run, or of a
// workspace, and the tensor over it.
type buffer struct {
	own   block
	dense *tensor.Dense
	at    unsafe.Pointer // the memory that dense is over
	zeros []int
}

// output is o's memory in the given shape. The tensor is the same at every
// run in which the memory is, unless somebody reshaped it.
func output[T Float](o *op, shape tensor.Shape) ([]T, *tensor.Dense) {
	n := shape.TotalSize()
	var back []T
	if o.shares(n) {
		back = take[T](o.lease.space, o.lease, n)
		o.buf.own = block{}
	} else {
		if len(elements[T](o.buf.own)) != n {
			o.buf.own = newBlock[T](n)
		}
		back = elements[T](o.buf.own)
	}
	if shape.IsScalar() {
		return back, nil
	}
	at := unsafe.Pointer(unsafe.SliceData(back))
	if o.buf.dense == nil || o.buf.at != at || !same(o.buf.dense.Shape(), shape) {
		o.buf.dense = tensor.New(tensor.WithShape(shape.Clone()...), tensor.WithBacking(back))
		o.buf.at = at
	}
	return back, o.buf.dense
}

// patternWeights is the pattern in input 0 and the weights in input 1, nil
// where the op has no such input.
func (c *call[T]) patternWeights(rows, cols int) (p *Pattern, w []T, err error) {
	if p, err = c.pattern(0, rows, cols); err == nil && len(c.in) > 1 {
		w, err = c.weights(1, p)
	}
	return p, w, err
}

// patternEntries is the pattern in input 0 and the part of the output that belongs
// to its entries.
func (c *call[T]) patternEntries(rows, cols int) (p *Pattern, out []T, err error) {
	if p, err = c.pattern(0, rows, cols); err == nil {
		out, err = c.entries(p)
	}
	return p, out, err
}
