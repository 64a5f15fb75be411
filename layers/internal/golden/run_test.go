package golden_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/ops"
)

// goldenRun is one case built into a graph.
type goldenRun struct {
	c       *goldenCase
	dt      tensor.Dtype
	g       *G.ExprGraph
	in      goldenInput
	model   goldenModel
	outputs map[string]goldenOutput
	out     layers.Output
	params  map[string]*G.Node
	cot     map[string]*G.Node // the cotangents R
	scalar  *G.Node
	values  map[*G.Node]G.Value
	grads   map[*G.Node]*G.Node
}

// run builds a case and computes it. Without a scalar (no losses and no R)
// only the outputs are.
func (c *goldenCase) run(dt tensor.Dtype, way goldenWay) (*goldenRun, error) {
	r := &goldenRun{c: c, dt: dt, g: G.NewGraph()}
	if err := r.build(way); err != nil {
		return nil, err
	}
	if err := r.contract(); err != nil {
		return nil, err
	}
	if err := r.differentiate(); err != nil {
		return nil, err
	}
	return r, r.evaluate()
}

func (r *goldenRun) build(way goldenWay) (err error) {
	family, ok := goldenFamilies()[r.c.Layer]
	if !ok {
		return fmt.Errorf("layer %q is not known", r.c.Layer)
	}
	if r.in, err = r.c.input(r.g, r.dt, way); err != nil {
		return err
	}
	attrs := newGoldenAttrs(r.c)
	if r.model, err = family(r.c, attrs, r.in); err != nil {
		return err
	}
	attrs.get("graphs") // read with the inputs
	if err := attrs.done(); err != nil {
		return err
	}
	store, err := param.NewStore(r.dt, 1)
	if err != nil {
		return err
	}
	sc := store.Scope(r.g, true)
	if r.out, err = r.model.layer.Apply(sc, r.in.Graph); err != nil {
		return err
	}
	if err := r.c.setParams(store, r.model.params); err != nil {
		return err
	}
	r.params = map[string]*G.Node{}
	for _, u := range sc.Used() {
		for name, path := range r.model.params {
			if path == u.Path {
				r.params[name] = u.Node
			}
		}
	}
	r.outputs, err = r.model.outputs(r.out)
	return err
}

// contract is Σ ⟨R, output⟩ + Σ losses, with R zero for the time being.
func (r *goldenRun) contract() error {
	var terms []*G.Node
	r.cot = map[string]*G.Node{}
	for _, name := range slices.Sorted(maps.Keys(r.c.R)) {
		o, ok := r.outputs[name]
		if !ok || o.node == nil {
			return fmt.Errorf("R: %q is not an output with a gradient", name)
		}
		shape := o.node.Shape()
		r.cot[name] = layertest.Node(r.g, r.dt, "golden/R/"+name, shape, make([]float64, shape.TotalSize()))
		dot, err := ops.Hadamard(o.node, r.cot[name])
		if err != nil {
			return err
		}
		if dot, err = ops.Sum(dot); err != nil {
			return err
		}
		terms = append(terms, dot)
	}
	if len(r.out.Losses) > 0 {
		total, err := losses.Total(r.out.Losses)
		if err != nil {
			return err
		}
		terms = append(terms, total)
	}
	for _, n := range terms {
		if r.scalar == nil {
			r.scalar = n
			continue
		}
		var err error
		if r.scalar, err = G.Add(r.scalar, n); err != nil {
			return err
		}
	}
	return nil
}

// differentiate finds the gradients of the inputs and parameters that the
// scalar depends on.
func (r *goldenRun) differentiate() error {
	r.grads = map[*G.Node]*G.Node{}
	if r.scalar == nil {
		return nil
	}
	below := r.g.SubgraphRoots(r.scalar).AllNodes()
	var wrt G.Nodes
	for name, l := range r.in.floats {
		if name != "a" || !r.model.fixedA {
			wrt = append(wrt, l.node)
		}
	}
	for _, n := range r.params {
		wrt = append(wrt, n)
	}
	wrt = slices.DeleteFunc(wrt, func(n *G.Node) bool { return !below.Contains(n) })
	if len(wrt) == 0 {
		return nil
	}
	derivs, err := G.Grad(r.scalar, wrt...)
	if constant := new(G.SymDiffError); errors.As(err, constant) { // of which places of A alone are read
		wrt = slices.DeleteFunc(wrt, func(n *G.Node) bool { return constant.Nodes().Contains(n) })
		derivs, err = G.Grad(r.scalar, wrt...)
	}
	if err != nil {
		return err
	}
	for i, n := range wrt {
		r.grads[n] = derivs[i]
	}
	return nil
}

// evaluate runs twice: once to learn where the values of the outputs are,
// and again with R in those places.
func (r *goldenRun) evaluate() error {
	var want G.Nodes
	for _, name := range slices.Sorted(maps.Keys(r.outputs)) {
		o := r.outputs[name]
		if o.node != nil {
			want = append(want, o.node)
		}
		want = append(want, o.needs...)
	}
	for _, l := range r.out.Losses {
		want = append(want, l.Node)
	}
	if r.scalar != nil {
		want = append(want, r.scalar)
	}
	for _, d := range r.grads {
		want = append(want, d)
	}
	ev, err := train.NewEvaluator(want...)
	if err != nil {
		return err
	}
	defer ev.Close()
	for range 2 {
		values, err := ev.Run()
		if err != nil {
			return err
		}
		r.values = map[*G.Node]G.Value{}
		for i, n := range want {
			r.values[n] = values[i]
		}
		for name, cot := range r.cot {
			if err := r.place(name, cot); err != nil {
				return fmt.Errorf("R: %s: %w", name, err)
			}
		}
	}
	return nil
}

// place sets a cotangent to R, in the places that the output has.
func (r *goldenRun) place(name string, cot *G.Node) error {
	want := r.c.R[name]
	place, err := r.places(name, len(want.Data))
	if err != nil {
		return err
	}
	values := make([]float64, cot.Shape().TotalSize())
	for i, at := range place {
		values[at] = float64(want.Data[i])
	}
	return G.Let(cot, layertest.Dense(r.dt, cot.Shape(), values))
}

// places is where each of n values of an output lies among the node's.
func (r *goldenRun) places(name string, n int) (place []int, err error) {
	o := r.outputs[name]
	if o.place == nil {
		place = firsts(o.node.Shape().TotalSize())
	} else if place, err = o.place(r.needs(o)); err != nil {
		return nil, err
	}
	if len(place) != n {
		return nil, fmt.Errorf("%d values, want %d", len(place), n)
	}
	return append([]int{}, place...), nil // not nil, if of no values
}

func (r *goldenRun) needs(o goldenOutput) []G.Value {
	var values []G.Value
	for _, n := range o.needs {
		values = append(values, r.values[n])
	}
	return values
}
