package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// EdgeDot is the dot product of two rows for each entry of a pattern, the
// entries of a·bᵀ where m has some:
//
//	y_e = a_{row(e)} · b_{col(e)}
//
// Shapes: a Rows×n, b Cols×n, or B×Rows×n and B×Cols×n, over whose batch the
// products are added up; the result is a vector of Capacity elements, those
// beyond the pattern's entries 0. The weights of m are not read.
// Gradient: to a, SpMM by the gradient as weights; to b, SpMMT.
func EdgeDot(m Sparse, a, b *G.Node) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: EdgeDot: %w", err)
	}
	return apply(edgeDotOp(m.Rows, m.Cols, tensor.Shape{m.room()}), m.Pattern, a, b)
}

// edgeDotOp takes the pattern, a and b.
func edgeDotOp(rows, cols int, out tensor.Shape) *op {
	return &op{
		name: "EdgeDot", attrs: fmt.Sprint(rows, cols, out), kinds: "p", wrt: []bool{false, true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			a, b := in[1], in[2]
			d := a.Dims()
			if d < 2 || d > 3 || b.Dims() != d || a[d-2] != rows || b[d-2] != cols || a[d-1] != b[d-1] || a[0] != b[0] && d == 3 {
				return nil, fmt.Errorf("shapes %v and %v, want (%d, n) and (%d, n), or a batch of each", a, b, rows, cols)
			}
			return out.Clone(), nil
		},
		f32: func(c *call[float32]) error { return edgeDot(c, rows, cols) },
		f64: func(c *call[float64]) error { return edgeDot(c, rows, cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{
				{},
				d.apply(spmmOp{rows: rows, cols: cols}.op(), in[0], in[2], g),
				d.apply(spmmOp{rows: rows, cols: cols, transposed: true}.op(), in[0], in[1], g),
			}
		},
	}
}

func edgeDot[T Float](c *call[T], rows, cols int) error {
	p, head, err := c.patternEntries(rows, cols)
	if err != nil {
		return err
	}
	a, b, shape := c.float(1), c.float(2), c.in[1].Shape()
	n := shape[shape.Dims()-1]
	kernels.EdgeDot(head, p.csr, a[:rows*n], b[:cols*n], n)
	if shape.Dims() == 3 && shape[0] > 1 {
		sum := make([]float64, len(head))
		addScaled(sum, head, 1)
		for i := 1; i < shape[0]; i++ {
			kernels.EdgeDot(head, p.csr, a[i*rows*n:][:rows*n], b[i*cols*n:][:cols*n], n)
			addScaled(sum, head, 1)
		}
		narrowTo(head, sum)
	}
	return nil
}

// entries is the part of the output that belongs to the entries of p; the
// rest is set to 0.
func (c *call[T]) entries(p *Pattern) ([]T, error) {
	if p.NNZ() > len(c.out) {
		return nil, fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), len(c.out))
	}
	clear(c.out[p.NNZ():])
	return c.out[:p.NNZ()], nil
}

// SpMMHeads is the products of several sparse matrices of one pattern, each
// with its block of columns of x, side by side: the messages of graph
// attention.
//
//	y_i,hc = Σ_{e in row i} w_eh x_{col(e)},hc
//
// Shapes: w Capacity×H, a column a head; x Cols×n with n a multiple of H, n/H
// columns a head; the result is Rows×n. The weights of m are not read.
// Gradient: to x, by SpMMHeadsT; to w, g_{row(e)},h · x_{col(e)},h. No message
// of an entry is stored.
func SpMMHeads(m Sparse, w, x *G.Node) (*G.Node, error) {
	return spmmHeads("SpMMHeads", m, w, x, false)
}

// SpMMHeadsT is SpMMHeads with the transposed pattern:
//
//	y_j,hc = Σ_{e in column j} w_eh x_{row(e)},hc
//
// Shapes: x Rows×n; the result is Cols×n. Otherwise as SpMMHeads.
func SpMMHeadsT(m Sparse, w, x *G.Node) (*G.Node, error) {
	return spmmHeads("SpMMHeadsT", m, w, x, true)
}

func spmmHeads(name string, m Sparse, w, x *G.Node, transposed bool) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	return apply(headsOp{m.Rows, m.Cols, m.room(), transposed}.op(), m.Pattern, w, x)
}

// headsOp is the product with rows×cols matrices of so much room, or with
// their transposes.
type headsOp struct {
	rows, cols, room int
	transposed       bool
}

// op takes the pattern, the weights and x.
func (o headsOp) op() *op {
	out, in, name := o.rows, o.cols, "SpMMHeads"
	if o.transposed {
		out, in, name = o.cols, o.rows, "SpMMHeadsT"
	}
	return &op{
		name: name, attrs: fmt.Sprint(o), kinds: "p", wrt: []bool{false, true, true},
		shape: func(s []tensor.Shape) (tensor.Shape, error) {
			w, x := s[1], s[2]
			if w.Dims() != 2 || w[0] != o.room {
				return nil, fmt.Errorf("w has shape %v, want (%d, H), a row an entry", w, o.room)
			}
			if x.Dims() != 2 || x[0] != in || x[1]%w[1] != 0 {
				return nil, fmt.Errorf("x has shape %v, want (%d, n) with n a multiple of %d, the heads", x, in, w[1])
			}
			return tensor.Shape{out, x[1]}, nil
		},
		f32: func(c *call[float32]) error { return runHeads(c, o) },
		f64: func(c *call[float64]) error { return runHeads(c, o) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			adjoint, a, b := o, g, in[2]
			adjoint.transposed = !o.transposed
			if o.transposed {
				a, b = b, a
			}
			dots := edgeDotHeadsOp(o.rows, o.cols, in[1].shape())
			return []ref{{}, d.apply(dots, in[0], a, b), d.apply(adjoint.op(), in[0], in[1], g)}
		},
	}
}

func runHeads[T Float](c *call[T], o headsOp) error {
	p, err := c.pattern(0, o.rows, o.cols)
	if err != nil {
		return err
	}
	w, heads := c.float(1), c.in[1].Shape()[1]
	if p.NNZ() > o.room {
		return fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), o.room)
	}
	m, perm := p.csr, []int32(nil)
	if o.transposed {
		m, perm = p.transpose()
	}
	kernels.SpMMHeads(c.out, m, perm, w, c.float(2), heads, c.shape[1]/heads)
	return nil
}

// edgeDotHeadsOp takes the pattern, a and b, and gives for each entry and head
// the dot product of their blocks.
func edgeDotHeadsOp(rows, cols int, out tensor.Shape) *op {
	return &op{
		name: "EdgeDotHeads", attrs: fmt.Sprint(rows, cols, out), kinds: "p", wrt: []bool{false, true, true},
		shape: fixed(out),
		f32:   func(c *call[float32]) error { return edgeDotHeads(c, rows, cols) },
		f64:   func(c *call[float64]) error { return edgeDotHeads(c, rows, cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			o := headsOp{rows, cols, out[0], false}
			back := o
			back.transposed = true
			return []ref{{}, d.apply(o.op(), in[0], g, in[2]), d.apply(back.op(), in[0], g, in[1])}
		},
	}
}

func edgeDotHeads[T Float](c *call[T], rows, cols int) error {
	p, err := c.pattern(0, rows, cols)
	if err != nil {
		return err
	}
	heads := c.shape[1]
	if p.NNZ() > c.shape[0] {
		return fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), c.shape[0])
	}
	clear(c.out[p.NNZ()*heads:])
	kernels.EdgeDotHeads(c.out, p.csr, c.float(1), c.float(2), heads, c.in[1].Shape()[1]/heads)
	return nil
}
