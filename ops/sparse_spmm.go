package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// SpMM is the product of a sparse matrix and a dense one:
//
//	y_i = Σ_{e in row i} w_e x_{col(e)}
//
// Shapes: x Cols×n, or B×Cols×n, each of the batch multiplied by the same
// matrix; the result is Rows×n, or B×Rows×n.
// Gradient: to x, mᵀ·g; to the weights, g_{row(e)} · x_{col(e)}. No dense
// Rows×Cols matrix is formed in either direction.
func SpMM(m Sparse, x *G.Node) (*G.Node, error) { return spmm("SpMM", m, x, false) }

// SpMMT is the product of a transposed sparse matrix and a dense one, without
// forming the transpose of the weights:
//
//	y_j = Σ_{e in column j} w_e x_{row(e)}
//
// Shapes: x Rows×n or B×Rows×n; the result is Cols×n or B×Cols×n. Gradient as
// for SpMM.
func SpMMT(m Sparse, x *G.Node) (*G.Node, error) { return spmm("SpMMT", m, x, true) }

func spmm(name string, m Sparse, x *G.Node, transposed bool) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	return apply(spmmOp{m.Rows, m.Cols, transposed, m.Symmetric}.op(), m.with(x)...)
}

// spmmOp is the product with a rows×cols matrix or its transpose.
type spmmOp struct {
	rows, cols int
	transposed bool
	symmetric  bool
}

// op takes the pattern, x, and the weights where there are any.
func (o spmmOp) op() *op {
	var held transposedWeights
	out, in, name := o.rows, o.cols, "SpMM"
	if o.transposed {
		out, in, name = o.cols, o.rows, "SpMMT"
	}
	return &op{
		name: name, attrs: fmt.Sprint(o.rows, o.cols, o.symmetric), kinds: "p", wrt: []bool{false, true, true},
		shape: func(s []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("x", s[1], 2, 3); err != nil {
				return nil, err
			}
			if n := s[1][s[1].Dims()-2]; n != in {
				return nil, fmt.Errorf("x has shape %v, want %d rows", s[1], in)
			}
			y := s[1].Clone()
			y[y.Dims()-2] = out
			return y, nil
		},
		f32: func(c *call[float32]) error { return runSpMM(c, o, &held) },
		f64: func(c *call[float64]) error { return runSpMM(c, o, &held) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			args := append([]ref{in[0], g}, in[2:]...)
			adjoint := o
			adjoint.transposed = !o.transposed
			grads := []ref{{}, d.apply(adjoint.op(), args...)}
			if len(in) == 3 {
				a, b := g, in[1]
				if o.transposed {
					a, b = b, a
				}
				grads = append(grads, d.apply(edgeDotOp(o.rows, o.cols, in[2].shape()), in[0], a, b))
			}
			return grads
		},
	}
}

func runSpMM[T Float](c *call[T], o spmmOp, held *transposedWeights) error {
	p, err := c.pattern(0, o.rows, o.cols)
	if err != nil {
		return err
	}
	var w []T
	if len(c.in) == 3 {
		if w, err = c.weights(2, p); err != nil {
			return err
		}
	}
	m, multiply := p.csr, kernels.SpMM[T]
	switch {
	case !o.transposed, (w == nil || o.symmetric) && p.Symmetric():
	case p.Cols() < p.Rows() && p.Cols()*c.shape[c.shape.Dims()-1] <= scatterSize:
		multiply = kernels.SpMMT[T]
	default:
		var perm []int32
		m, perm = p.transpose()
		w = gatherWeights(held, w, perm)
	}
	x, n := c.float(1), c.shape[c.shape.Dims()-1]
	batch := batchOf(c.shape)
	for b := range batch {
		out, in := len(c.out)/batch, len(x)/batch
		multiply(c.out[b*out:][:out], m, w, x[b*in:][:in], n)
	}
	return nil
}

// scatterSize is the largest result, in elements, that a transposed product
// adds up in place, row by row of the matrix, as it does for sparse features;
// larger ones go through the transposed pattern. A few of them fit into a
// processor's second cache.
const scatterSize = 1 << 19

// transposedWeights holds the weights in the order of a transposed pattern.
type transposedWeights struct {
	f32 []float32
	f64 []float64
}

func gatherWeights[T Float](held *transposedWeights, w []T, perm []int32) []T {
	if w == nil {
		return nil
	}
	var out []T
	switch p := any(&out).(type) {
	case *[]float32:
		held.f32 = resize(held.f32, len(perm))
		*p = held.f32
	case *[]float64:
		held.f64 = resize(held.f64, len(perm))
		*p = held.f64
	}
	kernels.GatherVals(out, w, perm)
	return out
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// SpMMLinear is a sparse product with a bias and an activation, a graph
// convolution's end in one operation:
//
//	y = a(m·x + b)
//
// Shapes: m Rows×Cols, x Cols×n of rank 2, b a vector of n; the result is
// Rows×n.
// Gradient: with z = g ⊙ a'(y): to x, mᵀ·z; to m's weights, z_{row(e)} ·
// x_{col(e)}; to b, the sum of z's rows.
func SpMMLinear(m Sparse, x, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err == nil {
		err = m.check()
	}
	if err != nil {
		return nil, fmt.Errorf("ops: SpMMLinear: %w", err)
	}
	o := spmmLinear{spmmOp{m.Rows, m.Cols, false, m.Symmetric}, act}
	return apply(o.op(), m.with(x, b)...)
}

type spmmLinear struct {
	spmmOp
	act kernels.Act
}

// op takes the pattern, x, the bias, and the weights where there are any.
func (o spmmLinear) op() *op {
	return &op{
		name: "SpMMLinear", attrs: fmt.Sprint(o), kinds: "p", wrt: []bool{false, true, true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			x, b := in[1], in[2]
			if x.Dims() != 2 || x[0] != o.cols || b.Dims() != 1 || b[0] != x[1] {
				return nil, fmt.Errorf("x has shape %v and the bias %v, want (%d, n) and (n)", x, b, o.cols)
			}
			return tensor.Shape{o.rows, x[1]}, nil
		},
		f32: func(c *call[float32]) error { return runSpMMLinear(c, o) },
		f64: func(c *call[float64]) error { return runSpMMLinear(c, o) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			z := g
			if o.act != kernels.Identity {
				z = d.apply(activationGradOp(o.act), y, g)
			}
			adjoint := o.spmmOp
			adjoint.transposed = true
			grads := []ref{
				{},
				d.apply(adjoint.op(), append([]ref{in[0], z}, in[3:]...)...),
				d.apply(segmentSumOp(in[2].shape()), z),
			}
			if len(in) == 4 {
				grads = append(grads, d.apply(edgeDotOp(o.rows, o.cols, in[3].shape()), in[0], z, in[1]))
			}
			return grads
		},
	}
}

func runSpMMLinear[T Float](c *call[T], o spmmLinear) error {
	p, err := c.pattern(0, o.rows, o.cols)
	if err != nil {
		return err
	}
	var w []T
	if len(c.in) == 4 {
		if w, err = c.weights(3, p); err != nil {
			return err
		}
	}
	kernels.SpMMActivate(c.out, p.csr, w, c.float(1), c.float(2), o.act, c.shape[1])
	return nil
}
