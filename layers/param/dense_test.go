package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"gorgonia.org/tensor"
)

func TestCopyDense(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		dst := denseOf(dt, []int{2}, []float64{0, 0})
		src := denseOf(dt, []int{2}, []float64{1, 2})
		assert.NoError(t, copyDense(dst, src))
		assert.Equal(t, src.Data(), dst.Data())
	}
	a, b := denseOf(tensor.Float32, []int{2}, []float64{0, 0}), denseOf(tensor.Float64, []int{2}, []float64{1, 2})
	assert.EqualError(t, copyDense(a, b), "cannot copy float64(2) to float32(2)")
	assert.EqualError(t, copyDense(b, a), "cannot copy float32(2) to float64(2)")
}
