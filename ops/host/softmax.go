package host

import (
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// SoftMaxGrad sets out to the gradient of what y is the softmax of, in rows of n
// elements at a temperature, for the gradient g of y: that of ops.SoftMax. out may
// be g.
func SoftMaxGrad[T ops.Float](out, y, g []T, n int, temperature float64) {
	want("y", len(y), len(out))
	want("g", len(g), len(out))
	if n > 0 {
		kernels.RowSoftmaxGrad(out, y, g, len(y)/n, n, T(1/temperature))
	}
}
