package ops

import (
	"fmt"
	"math"

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

func edgeDifferences[T Float](c *call[T]) error {
	n, k := c.shape[0], c.shape[1]
	p, x, w, err := c.squareWeights(n)
	if err != nil {
		return err
	}
	sumsOfRows(c.out, k, p.cost(k), func(i int, sum []float64) {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			addGap(sum, x[i*k:], x[int(p.csr.Col[e])*k:], w[e])
		}
	})
	return nil
}

// edgeDifferencesGrad takes the pattern, the gradient and the weights.
func edgeDifferencesGrad[T Float](c *call[T]) error {
	n, k := c.shape[0], c.shape[1]
	p, g, w, err := c.squareWeights(n)
	if err != nil {
		return err
	}
	t, perm := p.transpose()
	sumsOfRows(c.out, k, 2*p.cost(k), func(i int, sum []float64) {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			addScaled(sum, g[i*k:], float64(w[e]))
		}
		for e := t.Ptr[i]; e < t.Ptr[i+1]; e++ {
			addScaled(sum, g[int(t.Col[e])*k:], -float64(w[perm[e]]))
		}
	})
	return nil
}

// squareWeights is the n×n pattern in input 0, the numbers in input 1 and the
// weights of the pattern in input 2.
func (c *call[T]) squareWeights(n int) (p *Pattern, x, w []T, err error) {
	if p, err = c.pattern(0, n, n); err != nil {
		return nil, nil, nil, err
	}
	x = c.float(1)
	w, err = c.weights(2, p)
	return p, x, w, err
}

// cost is about the work for the entries of a row, k numbers each.
func (p *Pattern) cost(k int) int { return k * (1 + p.NNZ()/max(1, p.Rows())) }

// edgeDifferencesDot takes the pattern, the gradient and x.
func edgeDifferencesDot[T Float](c *call[T]) error {
	n, k := c.in[1].Shape()[0], c.in[1].Shape()[1]
	p, err := c.pattern(0, n, n)
	if err != nil {
		return err
	}
	g, x := c.float(1), c.float(2)
	if c.err != nil {
		return c.err
	}
	clear(c.out)
	for i := range n {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			own, other := x[i*k:][:k], x[int(p.csr.Col[e])*k:][:k]
			var dot T
			for f, v := range g[i*k:][:k] {
				dot += v * (own[f] - other[f])
			}
			c.out[e] = dot
		}
	}
	return nil
}

// EdgeL1 is the L1 distance of two rows for each entry of a square pattern,
// what the total variation of x over a graph adds up:
//
//	y_e = Σ_c |x_{row(e),c} − x_{col(e),c}|
//
// Shapes: x Rows×n; the result is a vector of Capacity elements, those beyond
// the pattern's entries 0. The weights of m are not read.
// Gradient: to x, the signs of the differences; 0 where two values are equal.
func EdgeL1(m Sparse, x *G.Node) (*G.Node, error) {
	err := m.checkRoom()
	if err == nil && m.Rows != m.Cols {
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if err != nil {
		return nil, fmt.Errorf("ops: EdgeL1: %w", err)
	}
	n := m.Rows
	return apply(&op{
		name: "EdgeL1", attrs: fmt.Sprint(n, m.room()), kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{m.room()}, func(in []tensor.Shape) error {
			if x := in[1]; x.Dims() != 2 || x[0] != n {
				return fmt.Errorf("x has shape %v, want (%d, n)", x, n)
			}
			return nil
		}),
		f32: func(c *call[float32]) error { return edgeL1(c, n) },
		f64: func(c *call[float64]) error { return edgeL1(c, n) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(&op{
				name: "EdgeL1Grad", attrs: fmt.Sprint(n), kinds: "p", shape: like(1),
				f32: func(c *call[float32]) error { return edgeL1Grad(c, n) },
				f64: func(c *call[float64]) error { return edgeL1Grad(c, n) },
			}, in[0], in[1], g)}
		},
	}, m.Pattern, x)
}

func edgeL1[T Float](c *call[T], n int) error {
	p, out, err := c.patternEntries(n, n)
	if err != nil {
		return err
	}
	x, k := c.float(1), c.in[1].Shape()[1]
	for i := range n {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			out[e] = distanceL1(x[i*k:(i+1)*k], x[int(p.csr.Col[e])*k:][:k])
		}
	}
	return nil
}

func distanceL1[T Float](a, b []T) T {
	sum := 0.
	for c, v := range a {
		sum += math.Abs(float64(v) - float64(b[c]))
	}
	return T(sum)
}

// edgeL1Grad takes the pattern, x, and the gradient of the distances.
func edgeL1Grad[T Float](c *call[T], n int) error {
	p, x, g, err := c.squareWeights(n)
	if err != nil {
		return err
	}
	k := c.shape[1]
	t, perm := p.transpose()
	sumsOfRows(c.out, k, 2*p.cost(k), func(i int, sum []float64) {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			addSigns(sum, x[i*k:], x[int(p.csr.Col[e])*k:], g[e])
		}
		for e := t.Ptr[i]; e < t.Ptr[i+1]; e++ {
			addSigns(sum, x[i*k:], x[int(t.Col[e])*k:], g[perm[e]])
		}
	})
	return nil
}

// addSigns adds the derivative to a of g·Σ_c |a_c − b_c|.
func addSigns[T Float](to []float64, a, b []T, g T) {
	a, b = a[:len(to)], b[:len(to)]
	for c, v := range a {
		switch {
		case v > b[c]:
			to[c] += float64(g)
		case v < b[c]:
			to[c] -= float64(g)
		}
	}
}

// PairL1 is the L1 distances of all pairs of rows of each matrix, for dense
// adjacencies:
//
//	y_bij = Σ_c |x_bic − x_bjc|
//
// Shapes: x N×n or B×N×n; the result is N×N or B×N×N.
// Gradient: to x, as EdgeL1.
func PairL1(x *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "PairL1",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("x", in[0], 2, 3); err != nil {
				return nil, err
			}
			return withLast(in[0], in[0][in[0].Dims()-2]), nil
		},
		f32: pairL1[float32], f64: pairL1[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "PairL1Grad", shape: like(0), f32: pairL1Grad[float32], f64: pairL1Grad[float64],
			}, in[0], g)}
		},
	}, x)
}

func pairL1[T Float](c *call[T]) error {
	x := c.float(0)
	n, k := matrix(c.in[0].Shape(), false)
	for at := range c.out {
		b, i, j := at/(n*n), at/n%n, at%n
		c.out[at] = distanceL1(x[(b*n+i)*k:][:k], x[(b*n+j)*k:][:k])
	}
	return nil
}

// pairL1Grad takes x and the gradient of the distances.
func pairL1Grad[T Float](c *call[T]) error {
	x, g := c.float(0), c.float(1)
	n, k := matrix(c.shape, false)
	if c.err != nil {
		return nil
	}
	sumsOfRows(c.out, k, 2*n*k, func(row int, sum []float64) {
		first, i := row/n*n, row%n
		of := g[first*n:][:n*n]
		for j := range n {
			addSigns(sum, x[row*k:], x[(first+j)*k:], of[i*n+j]+of[j*n+i])
		}
	})
	return nil
}
