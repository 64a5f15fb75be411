package ops

import (
	"errors"
	"fmt"
	"hash"
	"hash/fnv"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// op is every operation of this package: what differs between two of them is
// data. An op object belongs to one node, since it holds that node's output.
type op struct {
	name  string // the verb, as the exported function is called
	attrs string // every attribute that changes the result: part of the node's identity
	salt  int    // above 0 where the node's hash would else be another's

	// kinds says what each input is, a letter an input: f floats, i a tensor of
	// Int, p a sparse pattern. Inputs beyond its letters are floats.
	kinds string
	shape func(in []tensor.Shape) (tensor.Shape, error) // the result's shape, or what is wrong with the inputs'
	dtype tensor.Dtype                                  // the result's dtype; the zero value: that of the first float input

	// Exactly one pair or value of these computes the result.
	f32 func(*call[float32]) error
	f64 func(*call[float64]) error
	any func(in []G.Value) (G.Value, error) // for results that are not floats

	// diff states the derivative with respect to each input: the zero ref where
	// there is none, and nothing for inputs after the last that has one. Nil:
	// the op is not differentiable.
	diff func(d *derivation, in []ref, out, grad ref) []ref
	wrt  []bool // the inputs diff gives a derivative of; nil: the first alone

	arity int
	types []hm.Type // of the inputs and the result
	buf   buffer
	runs  *int   // of a dropout, the runs so far
	lease *lease // its place in a workspace; nil without one
}

// apply makes the node of o over the inputs.
func apply(o *op, in ...*G.Node) (*G.Node, error) {
	shapes := make([]tensor.Shape, len(in))
	types := make([]hm.Type, 0, len(in)+1)
	for i, n := range in {
		if n == nil {
			return nil, o.errorf("input %d is nil, want a node", i)
		}
		shapes[i] = n.Shape()
		types = append(types, n.Type())
	}
	dt, err := o.outDtype(in)
	if err != nil {
		return nil, err
	}
	out, err := o.shape(shapes)
	if err == nil {
		err = wantAxes(out)
	}
	if err != nil {
		return nil, o.errorf("%w", err)
	}
	o.arity = len(in)
	o.types = append(types, valueType(dt, out))
	o.addSalt(in, out)
	n, err := G.ApplyOp(o, in...)
	if err != nil {
		return nil, o.errorf("%w", err)
	}
	return n, nil
}

// outDtype is the dtype of the result; it errs where an input is not of its
// kind, or float inputs differ.
func (o *op) outDtype(in []*G.Node) (tensor.Dtype, error) {
	var dt tensor.Dtype
	for i, n := range in {
		d := n.Dtype()
		switch k := o.kind(i); {
		case k == 'f' && !isFloat(d):
			return dt, o.errorf("input %d has dtype %v, want float32 or float64", i, d)
		case k == 'f' && dt.Type == nil:
			dt = d
		case k == 'f' && d != dt:
			return dt, o.errorf("input %d has dtype %v, want %v as the inputs before it", i, d, dt)
		case k == 'i' && (d != tensor.Int || n.Dims() == 0):
			return dt, o.errorf("input %d has dtype %v and shape %v, want a tensor of int", i, d, n.Shape())
		case k == 'p' && (d != tensor.Int || n.Dims() != 1 || n.Shape()[0] != 1):
			return dt, o.errorf("input %d has dtype %v and shape %v, want a sparse pattern", i, d, n.Shape())
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

func valueType(dt tensor.Dtype, s tensor.Shape) hm.Type {
	if s.IsScalar() {
		return dt
	}
	return G.TensorType{Dims: s.Dims(), Of: dt}
}

func (o *op) errorf(format string, args ...any) error {
	return fmt.Errorf("ops: "+o.name+": "+format, args...)
}

// run computes the result over in; it never panics.
func (o *op) run(in []G.Value) (out G.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, o.errorf("internal error: %v", r)
		}
		if err == nil {
			o.read()
		}
	}()
	if o.any != nil {
		if out, err = o.any(in); err != nil {
			return nil, o.errorf("%w", err)
		}
		return out, nil
	}
	shapes := make([]tensor.Shape, len(in))
	dt := o.dtype
	for i, v := range in {
		shapes[i] = v.Shape()
		if d := v.Dtype(); dt.Type == nil && isFloat(d) {
			dt = d
		}
	}
	shape, err := o.shape(shapes)
	if err != nil {
		return nil, o.errorf("%w", err)
	}
	switch dt {
	case tensor.Float32:
		out, err = compute(o, o.f32, in, shape)
	case tensor.Float64:
		out, err = compute(o, o.f64, in, shape)
	default:
		err = errors.New("no input is float32 or float64")
	}
	if err != nil {
		return nil, o.errorf("%w", err)
	}
	return out, nil
}

// The methods below make op a Gorgonia operation.

func (o *op) Arity() int                        { return o.arity }
func (o *op) Type() hm.Type                     { return hm.NewFnType(o.types...) } // Gorgonia takes it apart
func (o *op) Do(in ...G.Value) (G.Value, error) { return o.run(in) }
func (o *op) ReturnsPtr() bool                  { return true }
func (o *op) CallsExtern() bool                 { return false }
func (o *op) OverwritesInput() int              { return -1 }
func (o *op) String() string                    { return o.name + "{" + o.attrs + "}" }
func (o *op) WriteHash(h hash.Hash)             { fmt.Fprintf(h, "graphpool %s{%s}%d", o.name, o.attrs, o.salt) }

func (o *op) Hashcode() uint32 {
	h := fnv.New32a()
	o.WriteHash(h)
	return h.Sum32()
}

// InferShape is Gorgonia's name for the result's shape.
func (o *op) InferShape(in ...G.DimSizer) (tensor.Shape, error) {
	shapes, err := G.DimSizersToShapes(in)
	if err != nil {
		return nil, err
	}
	return o.shape(shapes)
}
