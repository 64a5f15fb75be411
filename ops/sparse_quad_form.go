package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// QuadForm is, for each segment, the quadratic forms of a sparse matrix at
// the columns of x:
//
//	y_sc = Σ_{i ∈ s} x_ic (m x)_ic
//
// The product m·x is the node of SpMM, which is computed once where others
// name it too. Where m is symmetric and joins no two segments, that product
// serves value and gradient.
//
// Shapes: m square with a row for each of x's, x rows×n of rank 2; the result
// is Count×n.
// Gradient: to x, g_sc·(m x + mᵀx)_ic; to m's weights.
func QuadForm(m Sparse, x *G.Node, s Segments) (*G.Node, error) {
	err := m.check()
	if err == nil {
		err = s.check()
	}
	if err == nil && m.Rows != m.Cols {
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if err == nil && (x == nil || x.Dims() != 2 || x.Shape()[0] != m.Rows) {
		err = fmt.Errorf("x is %v, want a matrix of %d rows", x, m.Rows)
	}
	if err != nil {
		return nil, fmt.Errorf("ops: QuadForm: %w", err)
	}
	mx, err := SpMM(m, x)
	if err != nil {
		return nil, err
	}
	q := quadForm{rows: m.Rows, segments: s.Count, weighted: m.Weights != nil, symmetric: m.Symmetric}
	in := []*G.Node{x, mx, m.Pattern}
	q.kinds = "ffp"
	if q.weighted {
		in, q.kinds = append(in, m.Weights), q.kinds+"f"
	}
	if s.IDs != nil {
		q.kinds += "i"
	}
	return apply(q.op(), s.with(in...)...)
}

// quadForm says what the inputs are: x, mx, the pattern, the weights where
// there are any, and the ids where there are any.
type quadForm struct {
	rows, segments      int
	weighted, symmetric bool
	kinds               string
}

// idsAt is the position of the ids.
func (q quadForm) idsAt() int {
	if q.weighted {
		return 4
	}
	return 3
}

func (q quadForm) op() *op {
	return &op{
		name: "QuadForm", attrs: fmt.Sprint(q), kinds: q.kinds, wrt: []bool{true, false, false, q.weighted},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return tensor.Shape{q.segments, in[0][1]}, wantIDs(q.idsAt())(in)
		},
		f32: func(c *call[float32]) error { return runQuadForm(c, q) },
		f64: func(c *call[float64]) error { return runQuadForm(c, q) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			grads := []ref{d.apply(q.gradOp(), append([]ref{in[0], in[1], in[2], g}, in[3:]...)...)}
			if q.weighted {
				scaled := d.apply(segmentScaleOp(q.segments), withIDs(in, 4, in[0], g)...)
				grads = append(grads, ref{}, ref{}, d.apply(edgeDotOp(q.rows, q.rows, in[3].shape()), in[2], scaled, in[0]))
			}
			return grads
		},
	}
}

func runQuadForm[T Float](c *call[T], q quadForm) error {
	ids, err := c.segmentIDs(q.idsAt(), q.rows, q.segments)
	if err != nil {
		return err
	}
	kernels.SegmentColDot(c.out, c.float(0), c.float(1), ids, q.segments, c.shape[1])
	return nil
}

// gradOp takes x, mx, the pattern, the gradient, the weights, and the ids.
func (q quadForm) gradOp() *op {
	var back adjoint
	kinds := "ffpf" + q.kinds[3:]
	return &op{
		name: "QuadFormGrad", attrs: fmt.Sprint(q), kinds: kinds, shape: like(0),
		f32: func(c *call[float32]) error { return quadFormGrad(c, q, &back) },
		f64: func(c *call[float64]) error { return quadFormGrad(c, q, &back) },
	}
}

func quadFormGrad[T Float](c *call[T], q quadForm, back *adjoint) error {
	p, err := c.pattern(2, q.rows, q.rows)
	if err != nil {
		return err
	}
	n := c.shape[1]
	ids, err := c.segmentIDs(q.idsAt()+1, q.rows, q.segments)
	if err != nil {
		return err
	}
	x, mx, g := c.float(0), c.float(1), c.float(3)
	if (!q.weighted || q.symmetric) && p.Symmetric() && within(p, ids) {
		twice := keep[T](&back.scaled, len(g))
		for i, v := range g {
			twice[i] = 2 * v
		}
		scaleSegments(c.out, mx, twice, ids, n)
		return nil
	}
	var w []T
	if q.weighted {
		if w, err = c.weights(4, p); err != nil {
			return err
		}
	}
	mtgx := adjointOf(back, p, w, x, g, ids, n)
	scaleSegments(c.out, mx, g, ids, n)
	for i, v := range mtgx {
		c.out[i] += v
	}
	return nil
}

// adjoint is the memory of a product mᵀ·(x∘g) that is kept from run to run.
type adjoint struct {
	held            transposedWeights
	scaled, product block
}

// adjointOf is mᵀ·(x∘g), the part by the columns of m of the gradient of a
// quadratic form, for the weights w of m and the g of each row's segment.
func adjointOf[T Float](a *adjoint, p *Pattern, w, x, g []T, ids []int, n int) []T {
	t, perm := p.transpose()
	gx, out := keep[T](&a.scaled, len(x)), keep[T](&a.product, len(x))
	scaleSegments(gx, x, g, ids, n)
	kernels.SpMM(out, t, gatherWeights(&a.held, w, perm), gx, n)
	return out
}

// within tells whether every entry of p is between rows of one segment, as
// those of a block-diagonal matrix are.
func within(p *Pattern, ids []int) bool {
	if ids == nil {
		return true
	}
	for i, s := range ids {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			if ids[p.csr.Col[e]] != s {
				return false
			}
		}
	}
	return true
}

// keep is b's memory for n elements, from run to run.
func keep[T Float](b *block, n int) []T {
	if len(elements[T](*b)) != n {
		*b = newBlock[T](n)
	}
	return elements[T](*b)
}

// scaleSegments is out_ic = x_ic·v_sc, 0 for rows of no segment; without ids
// all rows are of one segment.
func scaleSegments[T Float](out, x, v []T, ids []int, n int) {
	if ids == nil {
		kernels.ColScale(out, x, v, len(x)/n, n)
		return
	}
	eachRun(ids, n, func(lo, hi int) { // rows of one segment
		if s := ids[lo]; s < 0 {
			clear(out[lo*n : hi*n])
		} else {
			kernels.ColScale(out[lo*n:hi*n], x[lo*n:], v[s*n:(s+1)*n], hi-lo, n)
		}
	})
}
