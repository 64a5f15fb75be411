package ops

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Custom is an operation of another package. What it has in common with those
// of this package is done here: types, shapes and dtypes checked at build and
// at every run, a result that the machine may keep, nodes that are merged only
// where they are the same, a panic made an error, and one derivative for both
// of Gorgonia's machines.
//
// Apply makes nodes of it. Package gradcheck tells whether Diff is right.
type Custom struct {
	// Name and Attrs are the identity of the operation: of two with the same
	// name, attributes and inputs only one is computed. Attrs holds all that
	// changes the result beside the inputs, as text.
	Name, Attrs string

	// Inputs has a letter for each input: f floats with a derivative, c floats
	// without one, i a tensor of Int, p a sparse pattern. Floats are float32 or
	// float64, all of one dtype, which is that of the result.
	Inputs string

	// Shape is the shape of the result, or an error that says what is wrong
	// with those of the inputs. Nil: that of the first input.
	Shape func(in []tensor.Shape) (tensor.Shape, error)

	// F32 and F64 compute the result into Out, which is 0 before: one generic
	// function serves both.
	F32 func(r *Run[float32]) error
	F64 func(r *Run[float64]) error

	// IDs gives a result of dtype Int, in place of F32 and F64; it reads floats
	// of either dtype as float64. It has no derivative.
	IDs func(r *Run[float64]) ([]int, error)

	// Diff makes the derivative with respect to each input out of nodes: the
	// inputs, the result y and its gradient g. It is nil for an input that is
	// not f. Any operation may be used, of this package, of Gorgonia, or a
	// Custom. Nil: the operation is not differentiable.
	Diff func(in G.Nodes, y, g *G.Node) (G.Nodes, error)
}

// Apply makes the node of the operation over the inputs. It errs where the
// Custom is not whole, or the inputs do not fit it.
func (c Custom) Apply(in ...*G.Node) (n *G.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = nil, fmt.Errorf("ops: %s: panic in Shape: %v", c.Name, r)
		}
	}()
	if err := c.check(len(in)); err != nil {
		return nil, fmt.Errorf("ops: custom operation %q: %w", c.Name, err)
	}
	return apply(c.op(), in...)
}

func (c Custom) check(inputs int) error {
	floats := c.F32 != nil && c.F64 != nil
	switch {
	case c.Name == "" || inputs < 1:
		return errors.New("no name or no input, want both")
	case inputs != len(c.Inputs) || strings.Trim(c.Inputs, "fcip") != "":
		return fmt.Errorf("the letters Inputs = %q for %d inputs, want one each, of f, c, i and p", c.Inputs, inputs)
	case floats == (c.IDs != nil) || !floats && (c.F32 != nil || c.F64 != nil):
		return errors.New("want either F32 and F64, or IDs")
	case c.IDs != nil && c.Diff != nil:
		return errors.New("both IDs and Diff, want no Diff")
	case floats && !strings.ContainsAny(c.Inputs, "fc"):
		return errors.New("F32 and F64 without an input of floats, want one, which gives the dtype")
	case c.Diff != nil && !strings.Contains(c.Inputs, "f"):
		return errors.New("a Diff without an input f, want one")
	}
	return nil
}

func (c Custom) op() *op {
	o := &op{
		name: c.Name, attrs: "custom " + c.Attrs, kinds: strings.ReplaceAll(c.Inputs, "c", "f"),
		shape: c.Shape, wrt: make([]bool, len(c.Inputs)),
	}
	if o.shape == nil {
		o.shape = like(0)
	}
	for i, k := range c.Inputs {
		o.wrt[i] = k == 'f'
	}
	if c.IDs != nil {
		o.dtype, o.any = tensor.Int, func(in []G.Value) (G.Value, error) { return c.ids(in, o.out.shape) }
		return o
	}
	o.f32 = func(r *call[float32]) error { return runCustom(r, c.F32) }
	o.f64 = func(r *call[float64]) error { return runCustom(r, c.F64) }
	if c.Diff != nil {
		o.diff = c.derive
	}
	return o
}

func runCustom[T Float](r *call[T], f func(*Run[T]) error) (err error) {
	defer recoverFault(&err)
	clear(r.out)
	return f(&Run[T]{Out: r.out, in: r.in})
}

func (c Custom) ids(in []G.Value, shape tensor.Shape) (v G.Value, err error) {
	defer recoverFault(&err)
	ids, err := c.IDs(&Run[float64]{in: in})
	if err != nil {
		return nil, err
	}
	if len(ids) != shape.TotalSize() || shape.IsScalar() {
		return nil, fmt.Errorf("IDs gave %d ids, want a vector of shape %v", len(ids), shape)
	}
	return tensor.New(tensor.WithShape(shape.Clone()...), tensor.WithBacking(slices.Clone(ids))), nil
}

// Run is one run of a Custom. An input that its methods cannot read ends the
// run, with the error that says why.
type Run[T Float] struct {
	Out []T // the result, row-major; 0 where nothing is written; none for IDs
	in  []G.Value
}

// fault carries an error out of a run.
type fault struct{ error }

func recoverFault(err *error) {
	switch r := recover().(type) {
	case nil:
	case fault:
		*err = r.error
	default:
		panic(r)
	}
}

// Shape is the shape of input i.
func (r *Run[T]) Shape(i int) tensor.Shape { return r.in[i].Shape() }

// Floats is the elements of input i, row-major. They must not be changed.
func (r *Run[T]) Floats(i int) []T {
	x, err := floats[T](r.in[i])
	if err == nil {
		return x
	}
	if narrow, e := floats[float32](r.in[i]); e == nil {
		x = make([]T, len(narrow))
		for j, v := range narrow {
			x[j] = T(v)
		}
		return x
	}
	panic(fault{fmt.Errorf("input %d: %w", i, err)})
}

// Ints is the elements of input i, each of −1 to bound−1; another ends the run.
func (r *Run[T]) Ints(i, bound int) []int {
	x, err := (&call[T]{in: r.in}).index(i, bound)
	if err != nil {
		panic(fault{err})
	}
	return x
}

// Pattern is the sparse pattern in input i, of so many rows and columns;
// another size ends the run.
func (r *Run[T]) Pattern(i, rows, cols int) *Pattern {
	p, err := (&call[T]{in: r.in}).pattern(i, rows, cols)
	if err != nil {
		panic(fault{err})
	}
	return p
}

// derive is the derivative of c for nodes, as Diff makes it, and for values, by
// a graph of their own: so one statement serves both machines.
func (c Custom) derive(d *derivation, in []ref, y, g ref) []ref {
	grads := make([]ref, len(in))
	nodes := make(G.Nodes, len(in))
	for i := range in {
		nodes[i] = in[i].node
	}
	if g.node != nil {
		var made G.Nodes
		made, d.err = c.diff(nodes, y.node, g.node)
		for i, n := range made {
			grads[i].node = n
		}
		return grads
	}
	graph := G.NewGraph()
	for i := range in {
		nodes[i] = G.NodeFromAny(graph, in[i].value, G.WithName(fmt.Sprint("in", i)))
	}
	var made G.Nodes
	made, d.err = c.diff(nodes, G.NodeFromAny(graph, y.value, G.WithName("y")), G.NodeFromAny(graph, g.value, G.WithName("g")))
	if d.err == nil {
		d.err = valuesOf(made, grads)
	}
	return grads
}

// diff is what Diff gives, looked through: a derivative for each input f, of
// its form, and none for the others.
func (c Custom) diff(in G.Nodes, y, g *G.Node) (made G.Nodes, err error) {
	defer func() {
		if r := recover(); r != nil {
			made, err = nil, fmt.Errorf("ops: %s: panic in Diff: %v", c.Name, r)
		}
	}()
	if made, err = c.Diff(in, y, g); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", c.Name, err)
	}
	if len(made) != len(in) {
		return nil, fmt.Errorf("ops: %s: Diff gave %d nodes, want %d, one an input", c.Name, len(made), len(in))
	}
	for i, n := range made {
		switch wanted := c.Inputs[i] == 'f'; {
		case wanted && (n == nil || !same(n.Shape(), in[i].Shape()) || n.Dtype() != in[i].Dtype()):
			return nil, fmt.Errorf("ops: %s: the derivative of input %d is %s, want %s", c.Name, i, describe(n), describe(in[i]))
		case !wanted && n != nil:
			return nil, fmt.Errorf("ops: %s: the derivative of input %d is %s, want nil, for %q", c.Name, i, describe(n), c.Inputs[i])
		}
	}
	return made, nil
}

func describe(n *G.Node) string {
	if n == nil {
		return "nil"
	}
	return fmt.Sprintf("of shape %v and dtype %v", n.Shape(), n.Dtype())
}

// valuesOf computes the nodes that there are.
func valuesOf(nodes G.Nodes, into []ref) error {
	var roots G.Nodes
	for i, n := range nodes {
		switch {
		case n == nil:
		case n.Op() == nil:
			into[i].value = n.Value()
		default:
			roots = append(roots, n)
			G.Read(n, &into[i].value)
		}
	}
	if len(roots) == 0 {
		return nil
	}
	vm := G.NewTapeMachine(roots[0].Graph().SubgraphRoots(roots...))
	defer func() { _ = vm.Close() }()
	return vm.RunAll()
}
