package ops

import (
	"gorgonia.org/tensor"
)

// buffer is the memory that an op holds from run to run.
type buffer struct {
	dense *tensor.Dense
	f32   []float32
	f64   []float64
	zeros []int
}

// bufferOf is b's memory in the given shape: the same at every run, unless
// the shape or the dtype changed or somebody reshaped the tensor.
func bufferOf[T number](b *buffer, shape tensor.Shape) ([]T, *tensor.Dense) {
	n := shape.TotalSize()
	var back []T
	switch p := any(&back).(type) {
	case *[]float32:
		if len(b.f32) != n {
			b.f32, b.dense = make([]float32, n), nil
		}
		*p = b.f32
	case *[]float64:
		if len(b.f64) != n {
			b.f64, b.dense = make([]float64, n), nil
		}
		*p = b.f64
	}
	if shape.IsScalar() {
		return back, nil
	}
	if b.dense == nil || !same(b.dense.Shape(), shape) {
		b.dense = tensor.New(tensor.WithShape(shape...), tensor.WithBacking(back))
	}
	return back, b.dense
}
