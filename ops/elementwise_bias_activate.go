package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// BiasActivate is a(x + b), b added to each row: the end of a Linear whose
// product is computed elsewhere.
//
// Shapes: x rows×n of rank 2 to 4, b a vector of n; the result is shaped as x.
// Gradient: with z = g ⊙ a'(y): to x, z; to b, the sum of z's rows.
func BiasActivate(x, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err != nil {
		return nil, fmt.Errorf("ops: BiasActivate: %w", err)
	}
	return apply(&op{
		name: "BiasActivate", attrs: string(a), wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if x, b := in[0], in[1]; x.Dims() < 2 || b.Dims() != 1 || x[x.Dims()-1] != b[0] {
				return nil, fmt.Errorf("shapes %v and %v, want rows of n and (n)", x, b)
			}
			return in[0].Clone(), nil
		},
		f32: func(c *call[float32]) error { return biasActivate(c, act) },
		f64: func(c *call[float64]) error { return biasActivate(c, act) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			if act == kernels.Identity {
				g = d.apply(reshapeOp(in[0].shape()), g) // a copy: an op never returns its input
			} else {
				g = d.apply(activationGradOp(act), y, g)
			}
			return []ref{g, d.apply(segmentSumOp(in[1].shape()), g)}
		},
	}, x, b)
}

func biasActivate[T Float](c *call[T], a kernels.Act) error {
	rows, n := split(c.shape)
	kernels.BiasActivate(c.out, c.float(0), c.float(1), a, rows, n)
	return nil
}
