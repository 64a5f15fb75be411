package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// Triangles is the triangle adjacency of a square sparse matrix, on its own
// pattern:
//
//	M = (A·A) ⊙ A,  m_ij = a_ij Σ_k a_ik a_kj
//
// For an undirected graph without weights and loops m_ij is the number of
// triangles that the edge {i, j} is in. A·A is never formed: for each entry the
// shorter of row i and column j is gone through, or one not much longer, so that
// hubs cost no more than their edges. The numbers are computed again only where
// the pattern or a weight has changed.
//
// Shapes: m N×N; the result has m's pattern and capacity, and weights.
// like gives the dtype where m has no weights.
// Gradient: to m's weights.
// Source: Benson, Gleich, Leskovec, Higher-order organization of complex
// networks, Science 353, 2016.
func Triangles(m Sparse, like *G.Node) (Sparse, error) {
	if err := m.checkRoom(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Triangles: %w", err)
	}
	if m.Rows != m.Cols {
		return Sparse{}, fmt.Errorf("ops: Triangles: a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if m.Weights != nil {
		like = m.Weights
	}
	dt, err := floatOf(like)
	if err != nil {
		return Sparse{}, fmt.Errorf("ops: Triangles: %w", err)
	}
	out := m
	out.Capacity = m.room()
	out.Weights, err = apply(trianglesOp(m.Rows, out.Capacity, dt), m.with()...)
	return out, err
}

func trianglesOp(n, capacity int, dt tensor.Dtype) *op {
	held := new(trianglesHeld)
	return &op{
		name: "Triangles", attrs: fmt.Sprint(n, capacity, dt), dtype: dt, kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{capacity}),
		f32:   func(c *call[float32]) error { return triangles(c, n, &held.of, &held.f32) },
		f64:   func(c *call[float64]) error { return triangles(c, n, &held.of, &held.f64) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			if len(in) == 1 {
				return nil
			}
			return []ref{{}, d.apply(&op{
				name: "TrianglesGrad", attrs: fmt.Sprint(n), kinds: "p", shape: like(1),
				f32: func(c *call[float32]) error { return trianglesGrad(c, n) },
				f64: func(c *call[float64]) error { return trianglesGrad(c, n) },
			}, in[0], in[1], g)}
		},
	}
}

// trianglesHeld is what the last run was of, and its result: most graphs stay
// as they are from run to run.
type trianglesHeld struct {
	of  *Pattern
	f32 heldWeights[float32]
	f64 heldWeights[float64]
}

// heldWeights is the weights of a run, and a result of them.
type heldWeights[T Float] struct{ weights, result []T }

func triangles[T Float](c *call[T], n int, of **Pattern, held *heldWeights[T]) error {
	p, w, err := c.patternWeights(n, n)
	if err != nil {
		return err
	}
	out, err := c.entries(p)
	if err != nil {
		return err
	}
	if *of != p || !slices.Equal(held.weights, w) {
		held.result = resize(held.result, len(out))
		wedges(p, w).Triangles(held.result)
		*of, held.weights = p, append(held.weights[:0], w...)
	}
	copy(out, held.result)
	return nil
}

// trianglesGrad takes the pattern, the weights a, and the gradient g of M.
func trianglesGrad[T Float](c *call[T], n int) error {
	p, w, err := c.patternWeights(n, n)
	if err != nil {
		return err
	}
	g := c.float(2)
	clear(c.out)
	wedges(p, w).Gradient(c.out[:p.NNZ()], g)
	return nil
}

func wedges[T Float](p *Pattern, w []T) sparse.Wedges[T] {
	t, perm := p.transpose()
	return sparse.Wedges[T]{Rows: p.csr, Cols: t, Perm: perm, W: w}
}
