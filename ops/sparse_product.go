package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// SpSpMM is the product of two sparse matrices, as a sparse matrix:
//
//	c_ik = Σ_j a_ij b_jk
//
// It has one entry at each place (i, k) that some j leads to, also where the
// sum is 0; the entries of a row are in the order of their columns. Without
// weights every entry counts 1: A·A counts the walks of two steps.
//
// Shapes: a M×N, b N×P; the result is M×P, with capacity entries at most, and
// has weights, of the dtype of those of a or b, or of like where neither has.
// Gradient: to the weights of a, Σ_k g_ik b_jk at (i, j), and to those of b,
// Σ_i a_ij g_ik at (j, k). Nothing of M×P is formed.
// Errors: more entries than the capacity, when run.
func SpSpMM(a, b Sparse, capacity int, like *G.Node) (Sparse, error) {
	for _, m := range []Sparse{a, b} {
		if err := m.check(); err != nil {
			return Sparse{}, fmt.Errorf("ops: SpSpMM: %w", err)
		}
	}
	if a.Cols != b.Rows || capacity < 1 {
		return Sparse{}, fmt.Errorf("ops: SpSpMM: %d×%d by %d×%d with capacity = %d, want as many columns as rows and at least 1", a.Rows, a.Cols, b.Rows, b.Cols, capacity)
	}
	for _, m := range []Sparse{a, b} {
		if m.Weights != nil {
			like = m.Weights
		}
	}
	dt, err := floatOf(like)
	if err != nil {
		return Sparse{}, fmt.Errorf("ops: SpSpMM: %w", err)
	}
	f := factors{a.Rows, a.Cols, b.Cols, a.Weights != nil, b.Weights != nil, dt}
	p, err := apply(f.patternOp(capacity), a.Pattern, b.Pattern)
	if err != nil {
		return Sparse{}, err
	}
	in := []*G.Node{p, a.Pattern, b.Pattern}
	for _, m := range []Sparse{a, b} {
		if m.Weights != nil {
			in = append(in, m.Weights)
		}
	}
	w, err := apply(f.op(capacity), in...)
	return Sparse{Pattern: p, Weights: w, Rows: a.Rows, Cols: b.Cols, Capacity: capacity}, err
}

// factors is what the operations of a product know of m×n and n×p matrices a
// and b: whether they have weights, and of which dtype.
type factors struct {
	m, n, p int
	wa, wb  bool
	dt      tensor.Dtype
}

// patternOp takes the patterns of a and b.
func (f factors) patternOp(capacity int) *op {
	var a, b, result *Pattern // those of the last run: patterns seldom change
	return &op{
		name: "SpSpMM", attrs: fmt.Sprint(f.m, f.n, f.p, capacity), dtype: tensor.Int, kinds: "pp",
		shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) {
			pa, err := sizedPattern(in[0], f.m, f.n)
			if err != nil {
				return nil, err
			}
			pb, err := sizedPattern(in[1], f.n, f.p)
			if err != nil {
				return nil, err
			}
			if pa == a && pb == b {
				return result, nil
			}
			p, err := pa.times(pb, min(capacity, math.MaxInt32))
			if err == nil {
				a, b, result = pa, pb, p
			}
			return p, err
		},
	}
}

// times is the pattern of p·q, the columns of each row rising. It errs beyond
// so many entries.
func (p *Pattern) times(q *Pattern, most int) (*Pattern, error) {
	m, n := sparse.Multiplied(p.csr, q.csr, most)
	if n > most {
		return nil, fmt.Errorf("the product has %d entries, want at most %d, the capacity", n, most)
	}
	return &Pattern{csr: m}, nil
}

// op takes the patterns of the product, of a and of b, and the weights that
// there are.
func (f factors) op(capacity int) *op {
	return &op{
		name: "SpSpMMWeights", attrs: fmt.Sprint(f, capacity), kinds: "ppp", dtype: f.dt,
		wrt:   []bool{false, false, false, true, true},
		shape: fixed(tensor.Shape{capacity}),
		f32:   func(c *call[float32]) error { return spspmm(c, f) },
		f64:   func(c *call[float64]) error { return spspmm(c, f) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			grads := []ref{{}, {}, {}}
			pa, pb := in[:3:3], in[:3:3]
			wa, wb := in[3:], in[len(in)-1:]
			if f.wa {
				pa = append(pa, g)
				if f.wb {
					pa = append(pa, wb[0])
				}
				grads = append(grads, d.apply(f.gradOp("SpSpMMGradA", wa[0].shape(), spspmmGradA[float32], spspmmGradA[float64]), pa...))
			}
			if f.wb {
				pb = append(pb, g)
				if f.wa {
					pb = append(pb, wa[0])
				}
				grads = append(grads, d.apply(f.gradOp("SpSpMMGradB", wb[0].shape(), spspmmGradB[float32], spspmmGradB[float64]), pb...))
			}
			return grads
		},
	}
}

// gradOp takes the three patterns, the gradient of the product's weights, and
// the weights of the other factor where it has some.
func (f factors) gradOp(name string, out tensor.Shape, f32 func(*call[float32], factors) error, f64 func(*call[float64], factors) error) *op {
	return &op{
		name: name, attrs: fmt.Sprint(f, out), kinds: "ppp", shape: fixed(out),
		f32: func(c *call[float32]) error { return f32(c, f) },
		f64: func(c *call[float64]) error { return f64(c, f) },
	}
}

// patterns is those of c = a·b at a run.
type patterns struct{ c, a, b *Pattern }

func productOf[T Float](c *call[T], f factors) (p patterns, err error) {
	if p.c, err = c.pattern(0, f.m, f.p); err != nil {
		return p, err
	}
	if p.a, err = c.pattern(1, f.m, f.n); err != nil {
		return p, err
	}
	p.b, err = c.pattern(2, f.n, f.p)
	return p, err
}

func (p patterns) csr() sparse.Product { return sparse.Product{C: p.c.csr, A: p.a.csr, B: p.b.csr} }

// optional is the weights of p in input i, nil where the op has none.
func (c *call[T]) optional(given bool, i int, p *Pattern) ([]T, error) {
	if !given {
		return nil, nil
	}
	return c.weights(i, p)
}

// spspmm sets c_ik = Σ_j a_ij b_jk.
func spspmm[T Float](c *call[T], f factors) error {
	p, err := productOf(c, f)
	if err != nil {
		return err
	}
	out, err := c.entries(p.c)
	if err != nil {
		return err
	}
	wa, err := c.optional(f.wa, 3, p.a)
	if err != nil {
		return err
	}
	wb, err := c.optional(f.wb, len(c.in)-1, p.b)
	if err != nil {
		return err
	}
	sparse.Multiply(p.csr(), out, wa, wb)
	return nil
}

// spspmmGradA sets da_ij = Σ_k g_ik b_jk.
func spspmmGradA[T Float](c *call[T], f factors) error {
	p, err := productOf(c, f)
	if err != nil {
		return err
	}
	out, err := c.entries(p.a)
	if err != nil {
		return err
	}
	wb, err := c.optional(f.wb, 4, p.b)
	if err != nil {
		return err
	}
	sparse.GradientA(p.csr(), out, c.float(3), wb)
	return nil
}

// spspmmGradB sets db_jk = Σ_i a_ij g_ik.
func spspmmGradB[T Float](c *call[T], f factors) error {
	p, err := productOf(c, f)
	if err != nil {
		return err
	}
	out, err := c.entries(p.b)
	if err != nil {
		return err
	}
	wa, err := c.optional(f.wa, 4, p.a)
	if err != nil {
		return err
	}
	t, perm := p.a.transpose()
	sparse.GradientB(p.csr(), t, perm, out, c.float(3), wa)
	return nil
}
