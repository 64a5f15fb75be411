package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// ofLinear is the inputs of the Linear without activation that x is; nil where it
// is something else.
func ofLinear(x *G.Node) []*G.Node { return nodesOf(hasRole(x, affineRole)) }

// linearSoftmaxOp is softmax((x·W + b)/τ) over x, W and b, where there is one.
func linearSoftmaxOp(temperature float64) *op {
	return &op{
		name: "LinearSoftMax", attrs: fmt.Sprint(temperature), temperature: temperature, sides: firstBySecond(), wrt: []bool{true, true, true}, shape: linearShape,
		f32: func(c *call[float32]) error { return linearSoftmax(c, 1/temperature) },
		f64: func(c *call[float64]) error { return linearSoftmax(c, 1/temperature) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return linearGrads(d, in, softmaxGrad(d, y, g, temperature))
		},
	}
}

func linearSoftmax[T Float](c *call[T], scale float64) error {
	rows, f := split(c.in[0].Shape())
	kernels.LinearSoftmax(c.out, c.float(0), c.float(1), c.floatIfAny(2), rows, f, c.in[1].Shape()[1], T(scale))
	return nil
}
