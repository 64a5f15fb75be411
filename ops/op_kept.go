package ops

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// keptResult is the result of an op that reads one pattern and nothing else. A
// pattern never changes, so the result is computed once for it.
type keptResult struct {
	of     *Pattern
	memory block
	dense  *tensor.Dense
}

// computeOnce is compute for an op that keeps its result. Ops of this package do
// not write into what they read, and get the result itself; a built-in op may, and
// gets a copy.
func computeOnce[T Float](o *op, f func(*call[T]) error, in []G.Value, shape tensor.Shape) (G.Value, error) {
	p, err := patternOf(in[0])
	if err != nil {
		return nil, err
	}
	if k := o.kept; k.of != p {
		k.of = nil                                // until it is whole
		k.memory = newBlock[T](shape.TotalSize()) // another place tells that it is another result
		result := elements[T](k.memory)
		if err := f(&call[T]{in: in, out: result, shape: shape}); err != nil {
			return nil, err
		}
		k.dense = tensor.New(tensor.WithShape(shape.Clone()...), tensor.WithBacking(result))
		k.of = p
	}
	if o.readByOwn() {
		o.space().kept[placeOf(o.kept.dense)] = true
		return o.kept.dense, nil
	}
	out, dense := output[T](o, shape)
	copy(out, elements[T](o.kept.memory))
	return dense, nil
}
