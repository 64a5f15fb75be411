package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// ref stands for a node while derivatives are built symbolically, and for a
// value while the LispMachine asks for them. An op's diff sees refs only, and
// so states its derivative once for both.
type ref struct {
	node  *G.Node
	value G.Value
}

func (r ref) shape() tensor.Shape {
	if r.node != nil {
		return r.node.Shape()
	}
	return r.value.Shape()
}

func (r ref) dtype() tensor.Dtype {
	if r.node != nil {
		return r.node.Dtype()
	}
	return r.value.Dtype()
}

func (r ref) empty() bool { return r.node == nil && r.value == nil }

// derivation applies ops to refs; after the first error it does nothing more.
type derivation struct{ err error }

func (d *derivation) apply(o *op, in ...ref) ref {
	if d.err != nil {
		return ref{}
	}
	var r ref
	if in[0].node != nil {
		r.node, d.err = apply(o, nodesOf(in)...)
		return r
	}
	r.value, d.err = o.over(in)
	return r
}

// over computes the result over values alone, whose forms it takes as given.
func (o *op) over(in []ref) (G.Value, error) {
	values, forms := make([]G.Value, len(in)), make([]form, len(in))
	for i, r := range in {
		if r.value == nil {
			return nil, o.errorf("input %d has no value", i)
		}
		values[i], forms[i] = r.value, form{r.shape().Clone(), r.dtype()}
	}
	if err := o.settle(forms); err != nil {
		return nil, o.errorf("%w", err)
	}
	return o.run(values)
}

// DiffWRT tells which inputs the op has a derivative with respect to.
func (o *op) DiffWRT(inputs int) []bool {
	wrt := make([]bool, inputs)
	switch {
	case o.diff == nil:
	case o.wrt == nil:
		wrt[0] = true
	default:
		copy(wrt, o.wrt)
	}
	return wrt
}

// SymDiff builds the derivative's nodes.
func (o *op) SymDiff(inputs G.Nodes, output, grad *G.Node) (G.Nodes, error) {
	if o.diff == nil {
		return nil, o.errorf("is not differentiable")
	}
	in := make([]ref, len(inputs))
	for i, n := range inputs {
		in[i].node = n
	}
	var d derivation
	grads := o.diff(&d, in, ref{node: output}, ref{node: grad})
	if d.err != nil {
		return nil, fmt.Errorf("derivative of %w", d.err)
	}
	nodes := make(G.Nodes, len(inputs))
	for i, g := range grads {
		nodes[i] = g.node
	}
	return nodes, nil
}

// DoDiff adds the derivative's values to the inputs' gradients, for the
// LispMachine.
func (o *op) DoDiff(_ G.ExecutionContext, inputs G.Nodes, output *G.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = o.errorf("internal error in the derivative: %v", r)
		}
	}()
	if o.diff == nil {
		return nil
	}
	in, values := make([]ref, len(inputs)), make([]G.Value, len(inputs))
	for i, n := range inputs {
		values[i] = n.Value()
		in[i].value = values[i]
	}
	if err := o.checkRun(values); err != nil {
		return o.errorf("%w", err)
	}
	grad, err := output.Grad()
	if err != nil {
		return o.errorf("%w", err)
	}
	if !same(grad.Shape(), o.out.shape) || grad.Dtype() != o.out.dtype {
		return o.errorf("the gradient has shape %v and dtype %v, want %v and %v", grad.Shape(), grad.Dtype(), o.out.shape, o.out.dtype)
	}
	var d derivation
	grads := o.diff(&d, in, ref{value: output.Value()}, ref{value: grad})
	if d.err != nil {
		return fmt.Errorf("derivative of %w", d.err)
	}
	for i, g := range grads {
		if g.empty() {
			continue
		}
		into, err := inputs[i].Grad()
		if err != nil {
			return o.errorf("gradient of input %d: %w", i, err)
		}
		if err := accumulate(into, g.value); err != nil {
			return o.errorf("gradient of input %d: %w", i, err)
		}
	}
	return nil
}

// accumulate adds v to into, in place.
func accumulate(into, v G.Value) error {
	switch dst := into.(type) {
	case *G.F64:
		x, err := floats[float64](v)
		if err != nil {
			return err
		}
		*dst += G.F64(x[0])
		return nil
	case *G.F32:
		x, err := floats[float32](v)
		if err != nil {
			return err
		}
		*dst += G.F32(x[0])
		return nil
	}
	if into.Dtype() == tensor.Float32 {
		return addTo[float32](into, v)
	}
	return addTo[float64](into, v)
}

func addTo[T Float](into, v G.Value) error {
	dst, err := floats[T](into)
	if err != nil {
		return err
	}
	src, err := floats[T](v)
	if err != nil {
		return err
	}
	if len(dst) != len(src) {
		return fmt.Errorf("%d values, want %d", len(src), len(dst))
	}
	for i, x := range src {
		dst[i] += x
	}
	return nil
}
