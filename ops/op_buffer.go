package ops

import (
	"unsafe"

	"gorgonia.org/tensor"
)

// buffer is the output of an op: memory of its own from run to run, or of a
// workspace, and the tensor over it.
type buffer struct {
	own   block
	dense *tensor.Dense
	at    unsafe.Pointer // the memory that dense is over
	zeros []int
}

// output is o's memory in the given shape. The tensor is the same at every
// run in which the memory is, unless somebody reshaped it.
func output[T Float](o *op, shape tensor.Shape) ([]T, *tensor.Dense) {
	n := shape.TotalSize()
	var back []T
	if o.shares(n) {
		back = take[T](o.lease.space, o.lease, n)
		o.buf.own = block{}
	} else {
		if len(elements[T](o.buf.own)) != n {
			o.buf.own = newBlock[T](n)
		}
		back = elements[T](o.buf.own)
	}
	if shape.IsScalar() {
		return back, nil
	}
	at := unsafe.Pointer(unsafe.SliceData(back))
	if o.buf.dense == nil || o.buf.at != at || !same(o.buf.dense.Shape(), shape) {
		o.buf.dense = tensor.New(tensor.WithShape(shape.Clone()...), tensor.WithBacking(back))
		o.buf.at = at
	}
	return back, o.buf.dense
}
