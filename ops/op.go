package ops

import (
	"errors"
	"fmt"
	"hash"
	"hash/fnv"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// op is every operation of this package: what differs between two of them is
// data. An op object belongs to one node, since it holds that node's output.
type op struct {
	name  string // the verb, as the exported function is called
	attrs string // every attribute that changes the result: part of the node's identity
	salt  int    // above 0 where the node's hash would else be another's

	// kinds says what each input is, a letter an input: f floats, i a tensor of
	// Int, p a sparse pattern, w float64 whatever the floats are. Inputs beyond its
	// letters are floats.
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

	role     role  // 0 for most
	byResult bool  // diff reads the inputs and the result alone, and nothing that computing it has left; see Recall
	sides    sides // of a product of matrices

	// pastSoftmax is, for a gradient by input 0, the op over the same inputs that
	// goes on through the softmax that input 0 is, of a temperature; nil where
	// there is none.
	pastSoftmax func(temperature float64) *op

	// temperature is that of a softmax of input 0, or of the Linear over the
	// inputs; 0 for other ops.
	temperature float64

	in    []form    // of the inputs, as when the graph was built
	out   form      // of the result
	types []hm.Type // of the inputs and the result
	buf   buffer
	plan  *keptPlan   // of the segments; nil for an op that needs none
	kept  *keptResult // of an op that reads a pattern alone, of one dimension or more; nil for others
	runs  *int        // of a dropout, the runs so far
	lease *lease      // its place in a workspace; nil without one
}

// apply makes the node of o over the inputs.
func apply(o *op, in ...*G.Node) (*G.Node, error) {
	forms := make([]form, len(in))
	types := make([]hm.Type, 0, len(in)+1)
	for i, n := range in {
		if n == nil {
			return nil, o.errorf("input %d is nil, want a node", i)
		}
		forms[i] = form{n.Shape().Clone(), n.Dtype()}
		types = append(types, n.Type())
	}
	if err := o.settle(forms); err != nil {
		return nil, o.errorf("%w", err)
	}
	o.types = append(types, valueType(o.out.dtype, o.out.shape))
	o.addSalt(in, o.out.shape)
	n, err := G.ApplyOp(o, in...)
	if err != nil {
		return nil, o.errorf("%w", err)
	}
	return n, nil
}

// IsOwn tells whether the operation of a node is one of this package, a [Custom]
// one among them. Such an operation holds the memory of its result, and never
// panics.
func IsOwn(n *G.Node) bool {
	return opOf(n) != nil
}

// opOf is the operation of a node; nil where it is not of this package, or there
// is no node.
func opOf(n *G.Node) *op {
	if n == nil {
		return nil
	}
	o, _ := n.Op().(*op)
	return o
}

func valueType(dt tensor.Dtype, s tensor.Shape) hm.Type {
	if s.IsScalar() {
		return dt
	}
	return G.TensorType{Dims: s.Dims(), Of: dt}
}

func (o *op) errorf(format string, args ...any) error {
	return fmt.Errorf("ops: %s: %w", o.name, fmt.Errorf(format, args...))
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
	if err := o.checkRun(in); err != nil {
		return nil, o.errorf("%w", err)
	}
	if o.any != nil {
		if out, err = o.any(in); err != nil {
			return nil, o.errorf("%w", err)
		}
		return out, nil
	}
	switch o.out.dtype {
	case tensor.Float32:
		out, err = compute(o, o.f32, in, o.out.shape)
	case tensor.Float64:
		out, err = compute(o, o.f64, in, o.out.shape)
	default:
		err = errors.New("no input is float32 or float64")
	}
	if err != nil {
		return nil, o.errorf("%w", err)
	}
	return out, nil
}

// The methods below make op a Gorgonia operation.

func (o *op) Arity() int                        { return len(o.in) }
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

// fill sets every element of x to v.
func fill[T any](x []T, v T) {
	done := min(len(x), 64)
	for i := range x[:done] {
		x[i] = v
	}
	for done < len(x) {
		done += copy(x[done:], x[:done])
	}
}

// sum adds up x in an order that its length alone decides.
func sum[T Float](x []T) (total T) {
	const lanes = 64
	if len(x) >= 4*lanes {
		whole := len(x) / lanes * lanes
		cols := make([]T, lanes)
		kernels.ColSum(cols, x[:whole], whole/lanes, lanes)
		total, x = kernels.Total(cols), x[whole:]
	}
	return total + kernels.Total(x)
}

// eachRun calls f on the ranges of consecutive ids that are equal, several at
// a time where there are many. An id costs as much as so many elements.
func eachRun(ids []int, cost int, f func(lo, hi int)) {
	var ends []int32
	for i := range ids {
		if i+1 == len(ids) || ids[i+1] != ids[i] {
			ends = append(ends, int32(i+1))
		}
	}
	run := func(r int) {
		lo := 0
		if r > 0 {
			lo = int(ends[r-1])
		}
		f(lo, int(ends[r]))
	}
	if len(ends) < 2*kernels.Threads() { // f itself uses all goroutines
		for r := range ends {
			run(r)
		}
		return
	}
	kernels.ForRows(len(ends), cost*len(ids)/len(ends), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			run(r)
		}
	})
}
