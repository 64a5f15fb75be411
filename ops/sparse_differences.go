package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// EdgeDifferences adds up, for each row, how far it is from those that its
// entries lead to, the product of x with the Laplacian D − A:
//
//	y_i = Σ_{e in row i} w_e (x_i − x_{col(e)})
//
// The differences are taken before they are added, so that large weights
// between rows that are close lose no digits, as they do in d_i·x_i − (Ax)_i.
//
// Shapes: m N×N with weights, x N×n; the result is shaped as x.
// Gradient: to x, Σ_{e in row i} w_e g_i − Σ_{e in column i} w_e g_{row(e)}; to
// the weights, g_{row(e)} · (x_{row(e)} − x_{col(e)}).
func EdgeDifferences(m Sparse, x *G.Node) (*G.Node, error) {
	err := m.check()
	switch {
	case err != nil:
	case m.Rows != m.Cols:
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	case m.Weights == nil:
		err = fmt.Errorf("the matrix has no weights, want them")
	}
	if err != nil {
		return nil, fmt.Errorf("ops: EdgeDifferences: %w", err)
	}
	n := m.Rows
	return apply(&op{
		name: "EdgeDifferences", attrs: fmt.Sprint(n), kinds: "p", wrt: []bool{false, true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if x := in[1]; x.Dims() != 2 || x[0] != n {
				return nil, fmt.Errorf("x has shape %v, want (%d, n)", x, n)
			}
			return in[1].Clone(), nil
		},
		f32: edgeDifferences[float32], f64: edgeDifferences[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			byX := &op{
				name: "EdgeDifferencesGrad", attrs: fmt.Sprint(n), kinds: "p", shape: like(1),
				f32: edgeDifferencesGrad[float32], f64: edgeDifferencesGrad[float64],
			}
			byWeight := &op{
				name: "EdgeDifferencesDot", attrs: fmt.Sprint(n, in[2].shape()), kinds: "p", shape: fixed(in[2].shape()),
				f32: edgeDifferencesDot[float32], f64: edgeDifferencesDot[float64],
			}
			return []ref{{}, d.apply(byX, in[0], g, in[2]), d.apply(byWeight, in[0], g, in[1])}
		},
	}, m.Pattern, x, m.Weights)
}

// eachEntry calls f for each entry of the pattern in input 0 and the rows of
// width k where its row and its column begin.
func (c *call[T]) eachEntry(k int, f func(e, i, j int)) error {
	n := c.in[1].Shape()[0]
	p, err := c.pattern(0, n, n)
	if err != nil {
		return err
	}
	for i := range n {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			f(int(e), i*k, int(p.csr.Col[e])*k)
		}
	}
	return c.err
}

func edgeDifferences[T Float](c *call[T]) error {
	x, w, k := c.float(1), c.float(2), c.shape[1]
	clear(c.out)
	return c.eachEntry(k, func(e, i, j int) {
		to, other := c.out[i:i+k], x[j:j+k]
		for f, v := range x[i : i+k] {
			to[f] += w[e] * (v - other[f])
		}
	})
}

// edgeDifferencesGrad takes the pattern, the gradient and the weights.
func edgeDifferencesGrad[T Float](c *call[T]) error {
	g, w, k := c.float(1), c.float(2), c.shape[1]
	clear(c.out)
	return c.eachEntry(k, func(e, i, j int) {
		own, other := c.out[i:i+k], c.out[j:j+k]
		for f, v := range g[i : i+k] {
			own[f] += w[e] * v
			other[f] -= w[e] * v
		}
	})
}

// edgeDifferencesDot takes the pattern, the gradient and x.
func edgeDifferencesDot[T Float](c *call[T]) error {
	g, x, k := c.float(1), c.float(2), c.in[1].Shape()[1]
	clear(c.out)
	return c.eachEntry(k, func(e, i, j int) {
		var dot T
		for f, v := range g[i : i+k] {
			dot += v * (x[i+f] - x[j+f])
		}
		c.out[e] = dot
	})
}
