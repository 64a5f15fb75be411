package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"
)

func TestUnitNormAlongEachAxisOfThree(t *testing.T) {
	values := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	at := func(w *tensor.Dense, i, j, k int) float64 { return w.Data().([]float64)[(i*2+j)*3+k] }
	for axis := range 3 {
		w := denseOf(tensor.Float64, []int{2, 2, 3}, append([]float64(nil), values...))
		require.NoError(t, UnitNorm{Axis: Axis(axis)}.Apply(w))
		back := denseOf(tensor.Float64, []int{2, 2, 3}, append([]float64(nil), values...))
		require.NoError(t, UnitNorm{Axis: Axis(axis - 3)}.Apply(back))
		assert.Equal(t, w.Data(), back.Data())
		sums := map[[3]int]float64{}
		for i := range 2 {
			for j := range 2 {
				for k := range 3 {
					key := [3]int{i, j, k}
					key[axis] = 0
					sums[key] += at(w, i, j, k) * at(w, i, j, k)
				}
			}
		}
		for key, sum := range sums {
			assert.InDelta(t, 1, sum, 1e-6, "axis %d at %v", axis, key)
		}
	}
}
