package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

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
