package param

import (
	"fmt"

	"gorgonia.org/tensor"
)

// denseOf makes a tensor of as many values as the shape has elements, rounded
// to the dtype. A float64 tensor keeps the slice.
func denseOf(dt tensor.Dtype, shape []int, values []float64) *tensor.Dense {
	var data any = values
	if dt == tensor.Float32 {
		f := make([]float32, len(values))
		for i, v := range values {
			f[i] = float32(v)
		}
		data = f
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(data))
}

// copyDense copies the elements of src into dst, which has its dtype and
// shape. Both are contiguous, as all tensors of a store are.
func copyDense(dst, src *tensor.Dense) error {
	switch s := src.Data().(type) {
	case []float64:
		if d, ok := dst.Data().([]float64); ok && copy(d, s) == len(d) {
			return nil
		}
	case []float32:
		if d, ok := dst.Data().([]float32); ok && copy(d, s) == len(d) {
			return nil
		}
	}
	return fmt.Errorf("cannot copy %v%v to %v%v", src.Dtype(), src.Shape(), dst.Dtype(), dst.Shape())
}
