package gradcheck

import (
	"fmt"
	"unsafe"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// entries reads and writes a float value in row-major order, whatever its
// strides. Exactly one of f64 and f32 is set.
type entries struct {
	f64     []float64
	f32     []float32
	offsets []int // of each entry in the slice; nil: entry i is at i
	n       int
}

func isFloat(dt tensor.Dtype) bool { return dt == G.Float64 || dt == G.Float32 }

// entriesOf views v, without copying.
func entriesOf(v G.Value) (entries, error) {
	switch t := v.(type) {
	case *G.F64:
		return entries{f64: unsafe.Slice((*float64)(t), 1), n: 1}, nil
	case *G.F32:
		return entries{f32: unsafe.Slice((*float32)(t), 1), n: 1}, nil
	case *tensor.Dense:
		return entriesOfDense(t)
	}
	return entries{}, fmt.Errorf("%T is no float tensor or scalar", v)
}

func entriesOfDense(t *tensor.Dense) (entries, error) {
	e := entries{n: t.Shape().TotalSize()}
	var have int
	switch t.Dtype() {
	case tensor.Float64:
		e.f64 = t.Float64s()
		have = len(e.f64)
	case tensor.Float32:
		e.f32 = t.Float32s()
		have = len(e.f32)
	default:
		return entries{}, fmt.Errorf("tensor of %v, want float32 or float64", t.Dtype())
	}
	var last int
	e.offsets, last = rowMajor(t.Shape(), t.Strides())
	if e.n > 0 && last >= have {
		return entries{}, fmt.Errorf("tensor of shape %v and strides %v has %d entries in memory", t.Shape(), t.Strides(), have)
	}
	return e, nil
}

// rowMajor returns the offset of each entry, nil where they are 0, 1, 2, …,
// and the largest one.
func rowMajor(shape, strides []int) (offsets []int, last int) {
	size, plain := 1, true
	for d := len(shape) - 1; d >= 0; d-- {
		if len(strides) == len(shape) && shape[d] > 1 && strides[d] != size {
			plain = false
		}
		size *= shape[d]
	}
	if plain {
		return nil, size - 1
	}
	offsets = make([]int, size)
	for i := range offsets {
		for d, x := range unravel(i, shape) {
			offsets[i] += x * strides[d]
		}
		last = max(last, offsets[i])
	}
	return offsets, last
}

func (e entries) at(i int) float64 {
	if e.offsets != nil {
		i = e.offsets[i]
	}
	if e.f64 != nil {
		return e.f64[i]
	}
	return float64(e.f32[i])
}

// set writes x, rounded to the dtype.
func (e entries) set(i int, x float64) {
	if e.offsets != nil {
		i = e.offsets[i]
	}
	if e.f64 != nil {
		e.f64[i] = x
		return
	}
	e.f32[i] = float32(x)
}

// appendTo appends all entries to dst.
func (e entries) appendTo(dst []float64) []float64 {
	if e.f64 != nil && e.offsets == nil {
		return append(dst, e.f64[:e.n]...)
	}
	for i := range e.n {
		dst = append(dst, e.at(i))
	}
	return dst
}

// newFloats makes a value of a dtype and shape, a scalar where shape is empty.
func newFloats(dt tensor.Dtype, shape []int) G.Value {
	switch {
	case len(shape) == 0 && dt == G.Float64:
		return G.NewF64(0)
	case len(shape) == 0:
		return G.NewF32(0)
	}
	return tensor.New(tensor.Of(dt), tensor.WithShape(shape...))
}

// copyOf copies tensors and scalars to memory of their own, row-major; other
// values are returned as they are.
func copyOf(v G.Value) (G.Value, error) {
	if !isFloat(v.Dtype()) {
		if t, ok := v.(*tensor.Dense); ok {
			return t.Materialize().(*tensor.Dense).Clone().(*tensor.Dense), nil
		}
		return v, nil
	}
	from, err := entriesOf(v)
	if err != nil {
		return nil, err
	}
	c := newFloats(v.Dtype(), v.Shape())
	to, err := entriesOf(c)
	if err != nil {
		return nil, err
	}
	for i := range from.n {
		to.set(i, from.at(i))
	}
	return c, nil
}
