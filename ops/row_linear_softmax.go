package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// ofLinear is the inputs of the Linear without activation that x is; nil where it
// is something else.
func ofLinear(x *G.Node) (in []*G.Node) {
	for _, r := range hasRole(x, affineRole) {
		in = append(in, r.node)
	}
	return in
}

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
	var bias []T
	if len(c.in) == 3 {
		bias = c.float(2)
	}
	kernels.LinearSoftmax(c.out, c.float(0), c.float(1), bias, rows, f, c.in[1].Shape()[1], T(scale))
	return nil
}
