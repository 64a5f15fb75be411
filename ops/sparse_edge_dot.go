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
	p, err := c.pattern(0, rows, cols)
	if err != nil {
		return err
	}
	head, err := c.entries(p)
	if err != nil {
		return err
	}
	a, b, shape := c.float(1), c.float(2), c.in[1].Shape()
	n := shape[shape.Dims()-1]
	kernels.EdgeDot(head, p.csr, a[:rows*n], b[:cols*n], n)
	if shape.Dims() == 3 && shape[0] > 1 {
		part := make([]T, len(head))
		for i := 1; i < shape[0]; i++ {
			kernels.EdgeDot(part, p.csr, a[i*rows*n:][:rows*n], b[i*cols*n:][:cols*n], n)
			for e, v := range part {
				head[e] += v
			}
		}
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
