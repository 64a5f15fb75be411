package gradcheck

import (
	"fmt"
	"math"
	"reflect"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// untouched returns an error if a run has written to an input.
func (in *instance) untouched() error {
	for _, l := range append(append([]leaf{}, in.inputs...), in.leaves...) {
		if !sameBits(l.value, l.before) {
			return fmt.Errorf("the run has changed the value of %s", l.name)
		}
	}
	return nil
}

// sameAs returns an error if two builds of a case differ in what they
// differentiate, in its values, or in the shapes of their outputs.
func (in *instance) sameAs(like *instance) error {
	if len(in.leaves) != len(like.leaves) || len(in.outs) != len(like.outs) {
		return fmt.Errorf("two calls of Build differ: %d variables and %d outputs, then %d and %d",
			len(like.leaves), len(like.outs), len(in.leaves), len(in.outs))
	}
	for i, l := range in.leaves {
		if o := like.leaves[i]; l.name != o.name || !sameBits(l.before, o.before) {
			return fmt.Errorf("two calls of Build differ: variable %s has another name, shape or value the next time", o.name)
		}
	}
	for k, n := range in.outs {
		if o := like.outs[k]; !sameShape(n.Shape(), o.Shape()) {
			return fmt.Errorf("two calls of Build differ: output %d has shape %v, then %v", k, o.Shape(), n.Shape())
		}
	}
	return nil
}

// sameBits compares tensors and float scalars; all else counts as the same.
func sameBits(a, b G.Value) bool {
	if a.Dtype() != b.Dtype() || !sameShape(a.Shape(), b.Shape()) {
		return false
	}
	if !isFloat(a.Dtype()) {
		if _, ok := a.(*tensor.Dense); ok {
			return reflect.DeepEqual(a.Data(), b.Data())
		}
		return true
	}
	x, err := entriesOf(a)
	if err != nil {
		return false
	}
	y, err := entriesOf(b)
	if err != nil || x.n != y.n {
		return false
	}
	for i := range x.n {
		if math.Float64bits(x.at(i)) != math.Float64bits(y.at(i)) {
			return false
		}
	}
	return true
}
