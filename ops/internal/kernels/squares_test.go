package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSquares(t *testing.T) {
	for _, n := range []int{0, 1, 7, 16, 33, 1000} {
		x, want := make([]float64, n), 0.0
		for i := range x {
			x[i] = float64(i) - 3
			want += x[i] * x[i]
		}
		assert.Equal(t, want, Squares(x), n) // of integers: exact in any order
		if n > 0 {
			x[n-1] = math.Inf(-1)
			assert.Equal(t, math.Inf(1), Squares(x), n)
			x[n/2] = math.NaN()
			assert.True(t, math.IsNaN(Squares(x)), n)
		}
	}
}
