package modes

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// wantDtype errs unless dt is a float dtype that the ops know.
func wantDtype(dt tensor.Dtype) error {
	if dt != tensor.Float32 && dt != tensor.Float64 {
		return fmt.Errorf("dtype = %v, want float32 or float64", dt.Type) // the zero Dtype cannot be printed
	}
	return nil
}

// elements is t's elements row by row, as T: t's own memory where it has them
// so, and a copy else. t is a tensor of floats of rank 1 or more.
func elements[T ops.Float](t *tensor.Dense) []T {
	switch x := t.Data().(type) {
	case []float32:
		return ordered[T](t, x)
	case []float64:
		return ordered[T](t, x)
	}
	return make([]T, t.Shape().TotalSize())
}

func ordered[T, S ops.Float](t *tensor.Dense, x []S) []T {
	size := t.Shape().TotalSize()
	plain := inOrder(t)
	if y, ok := any(x).([]T); ok && plain {
		return y[:size]
	}
	out := make([]T, size)
	for i := range out {
		at := i
		if !plain {
			at = offset(i, t.Shape(), t.Strides())
		}
		out[i] = T(x[at])
	}
	return out
}

// inOrder tells whether t's elements lie in memory row by row, without gaps.
func inOrder(t *tensor.Dense) bool {
	size, strides := 1, t.Strides()
	for d := t.Dims() - 1; d >= 0; d-- {
		if len(strides) == t.Dims() && t.Shape()[d] > 1 && strides[d] != size {
			return false
		}
		size *= t.Shape()[d]
	}
	return true
}

// offset is where element i of a tensor, counted row by row, lies in memory.
func offset(i int, shape, strides []int) int {
	at := 0
	for d := len(shape) - 1; d >= 0; d-- {
		at += i % shape[d] * strides[d]
		i /= shape[d]
	}
	return at
}

// denseOf is the tensor of x's values.
func denseOf[T any](x []T, shape ...int) *tensor.Dense {
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
}

// denseValue is t in the dtype dt and row by row: t itself where it is so.
func denseValue(t *tensor.Dense, dt tensor.Dtype) *tensor.Dense {
	switch {
	case t.Dtype() == dt && inOrder(t):
		return t
	case dt == tensor.Float32:
		return denseOf(elements[float32](t), t.Shape()...)
	}
	return denseOf(elements[float64](t), t.Shape()...)
}

// vectorValue is values followed by zeros up to size, in the dtype dt; nil
// values are ones.
func vectorValue(values []float64, count, size int, dt tensor.Dtype) *tensor.Dense {
	if dt == tensor.Float32 {
		return denseOf(padded[float32](values, count, size), size)
	}
	return denseOf(padded[float64](values, count, size), size)
}

// onesColumn is a column of n ones.
func onesColumn(n int, dt tensor.Dtype) *tensor.Dense {
	if dt == tensor.Float32 {
		return denseOf(padded[float32](nil, n, n), n, 1)
	}
	return denseOf(padded[float64](nil, n, n), n, 1)
}

func padded[T ops.Float](values []float64, count, size int) []T {
	x := make([]T, size)
	for i := range count {
		x[i] = 1
		if values != nil {
			x[i] = T(values[i])
		}
	}
	return x
}

// rowsValue is the matrix t followed by rows of zeros, rows in all; t nil has
// no rows.
func rowsValue(t *tensor.Dense, rows, width int, dt tensor.Dtype) *tensor.Dense {
	if dt == tensor.Float32 {
		return rowsOf[float32](t, rows, width)
	}
	return rowsOf[float64](t, rows, width)
}

func rowsOf[T ops.Float](t *tensor.Dense, rows, width int) *tensor.Dense {
	out := make([]T, rows*width)
	if t != nil {
		copy(out, elements[T](t))
	}
	return denseOf(out, rows, width)
}

// sourceRows is the rows of t that source names, in its dtype, and rows of 0
// where source is −1.
func sourceRows(t *tensor.Dense, source []int32) *tensor.Dense {
	if t.Dtype() == tensor.Float32 {
		return sourced(elements[float32](t), source, t.Shape()[1])
	}
	return sourced(elements[float64](t), source, t.Shape()[1])
}

func sourced[T ops.Float](x []T, source []int32, width int) *tensor.Dense {
	out := make([]T, len(source)*width)
	for i, r := range source {
		if r >= 0 {
			copy(out[i*width:(i+1)*width], x[int(r)*width:])
		}
	}
	return denseOf(out, len(source), width)
}
