package ops

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// form is the shape and the dtype of an input or a result.
type form struct {
	shape tensor.Shape
	dtype tensor.Dtype
}

// settle notes the inputs' forms and the result's; it errs where the op does
// not take them.
func (o *op) settle(in []form) error {
	dt, err := o.outDtype(in)
	if err != nil {
		return err
	}
	shapes := make([]tensor.Shape, len(in))
	for i, f := range in {
		shapes[i] = f.shape
	}
	out, err := o.shape(shapes)
	if err == nil {
		err = wantAxes(out)
	}
	if err != nil {
		return err
	}
	o.in, o.out = in, form{out, dt}
	return nil
}

// checkRun errs unless every value has the shape and the dtype that its input
// had when the graph was built: Gorgonia lets a (1, n) tensor, a scalar or a
// reshaped tensor take a vector's place, and every loop here counts on the
// shapes it was made for.
func (o *op) checkRun(in []G.Value) error {
	if len(in) != len(o.in) {
		return fmt.Errorf("%d inputs, want %d, as when the graph was built", len(in), len(o.in))
	}
	for i, v := range in {
		if v == nil {
			return fmt.Errorf("input %d has no value", i)
		}
		want := &o.in[i]
		if s := v.Shape(); !same(s, want.shape) {
			return fmt.Errorf("input %d has shape %v, want %v, as when the graph was built", i, s, want.shape)
		}
		if d := v.Dtype(); d != want.dtype {
			return fmt.Errorf("input %d has dtype %v, want %v, as when the graph was built", i, d, want.dtype)
		}
	}
	return nil
}

// outDtype is the dtype of the result; it errs where an input is not of its
// kind, or float inputs differ.
func (o *op) outDtype(in []form) (tensor.Dtype, error) {
	var dt tensor.Dtype
	for i, f := range in {
		d := f.dtype
		switch k := o.kind(i); {
		case k == 'f' && !isFloat(d):
			return dt, fmt.Errorf("input %d has dtype %v, want float32 or float64", i, d)
		case k == 'f' && dt.Type == nil:
			dt = d
		case k == 'f' && d != dt:
			return dt, fmt.Errorf("input %d has dtype %v, want %v as the inputs before it", i, d, dt)
		case k == 'w' && d != tensor.Float64:
			return dt, fmt.Errorf("input %d has dtype %v, want float64", i, d)
		case k == 'i' && (d != tensor.Int || f.shape.Dims() == 0):
			return dt, fmt.Errorf("input %d has dtype %v and shape %v, want a tensor of int", i, d, f.shape)
		case k == 'p' && (d != tensor.Int || !same(f.shape, tensor.Shape{1})):
			return dt, fmt.Errorf("input %d has dtype %v and shape %v, want a sparse pattern", i, d, f.shape)
		}
	}
	if o.dtype.Type != nil {
		dt = o.dtype
	}
	return dt, nil
}

func (o *op) kind(i int) byte {
	if i < len(o.kinds) {
		return o.kinds[i]
	}
	return 'f'
}

func isFloat(d tensor.Dtype) bool { return d == tensor.Float32 || d == tensor.Float64 }

// floatOf is the dtype of like, which a result without float inputs has.
func floatOf(like *G.Node) (tensor.Dtype, error) {
	if like == nil {
		return tensor.Dtype{}, errors.New("the node that gives the dtype is nil")
	}
	if d := like.Dtype(); !isFloat(d) {
		return d, fmt.Errorf("the node that gives the dtype has %v, want float32 or float64", d)
	}
	return like.Dtype(), nil
}

// addSalt gives the op a salt where its node would have the hash of another
// node of the graph: the TapeMachine's compiler takes two nodes of one 32-bit
// hash for the same.
func (o *op) addSalt(in []*G.Node, out tensor.Shape) {
	for g := in[0].Graph(); ; o.salt++ {
		hash := o.nodeHash(in, out)
		free := true
		for _, n := range g.AllNodes() {
			if n.Hashcode() == hash && !o.makes(n, in) {
				free = false
				break
			}
		}
		if free {
			return
		}
	}
}

// nodeHash is the hash that Gorgonia will give the node of o over the inputs.
func (o *op) nodeHash(in []*G.Node, out tensor.Shape) uint32 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%v%v", o.types[len(o.types)-1], out)
	o.WriteHash(h)
	h.Write([]byte{byte(len(in))})
	for _, n := range in {
		_ = binary.Write(h, binary.LittleEndian, n.Hashcode()) // never fails
	}
	return h.Sum32()
}

// makes tells whether n is the node that o makes of the inputs.
func (o *op) makes(n *G.Node, in []*G.Node) bool {
	p := opOf(n)
	if p == nil || p.name != o.name || p.attrs != o.attrs || p.salt != o.salt {
		return false
	}
	children := n.Graph().From(n.ID())
	for _, want := range in {
		if children == nil || !children.Next() || children.Node().ID() != want.ID() {
			return false
		}
	}
	return !children.Next()
}
