package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBiasActivate(t *testing.T) {
	for _, rows := range []int{0, 1, 3, 700} {
		for _, n := range []int{1, 7, 64} {
			x, b := make([]float64, rows*n), make([]float64, n)
			for i := range x {
				x[i] = float64(i%11) - 5
			}
			for j := range b {
				b[j] = float64(j) / 4
			}
			out := make([]float64, rows*n)
			for i := range out {
				out[i] = math.NaN()
			}
			BiasActivate(out, x, b, ReLU, rows, n)
			for i, v := range out {
				assert.Equal(t, max(0, x[i]+b[i%n]), v)
			}
			BiasActivate(x, x, b, ReLU, rows, n)
			assert.Equal(t, out, x, "in place")
		}
	}
}
