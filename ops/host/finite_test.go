package host_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/ops/host"
)

func TestFinite(t *testing.T) {
	for _, n := range []int{0, 1, 7, 1023, 1024, 1025, 5000} {
		x := make([]float32, n)
		for i := range x {
			x[i] = math.MaxFloat32 // whose squares are not
		}
		assert.True(t, host.Finite(x), n)
		for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
			for _, at := range []int{0, n / 2, n - 1} {
				if n == 0 {
					continue
				}
				keep := x[at]
				x[at] = bad
				assert.False(t, host.Finite(x), "%v at %d of %d", bad, at, n)
				x[at] = keep
			}
		}
	}
	assert.False(t, host.Finite([]float64{1, math.NaN()}))
	assert.True(t, host.Finite([]float64{1, -math.MaxFloat64}))
}

func TestCopyFinite(t *testing.T) {
	for _, n := range []int{0, 1, 4095, 4096, 4097, 10000} {
		x, y := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = float64(i)
		}
		assert.True(t, host.CopyFinite(y, x), n)
		assert.Equal(t, x, y)
		for _, at := range []int{0, n / 2, n - 1} {
			if n == 0 {
				continue
			}
			keep := x[at]
			x[at] = math.Inf(1)
			assert.False(t, host.CopyFinite(y, x), "Inf at %d of %d", at, n)
			assert.Equal(t, x, y, "all of it is copied")
			x[at] = keep
		}
	}
}
