package stream

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
)

// Weigh changes the weights of a pooler's losses, before the total is made of
// them; a Scale has to be a node of graph, of float64.
type Weigh func(graph *G.ExprGraph, terms []losses.Term) error

// Objective is the losses of a pooler as functions of sums, in float64, with
// their derivatives. It knows nothing of nodes and edges.
type Objective struct {
	Names   []string // of the losses
	Weights []float64

	k      int
	inputs []input
	eval   *train.Evaluator
	wrt    []int // the inputs with a derivative, in the order of the outputs behind the losses
	reads  map[string]bool
	late   bool // a derivative reads sums over edges
}

// input is a sum as a node, and where it stands in Sums.
type input struct {
	name string
	node *G.Node
	at   func(*Sums) []float64 // of its memory
}

// NewObjective compiles the losses of a pooler of k clusters. weigh may be nil.
func NewObjective(p layers.SumPooler, k int, weigh Weigh) (*Objective, error) {
	o := &Objective{k: k, reads: map[string]bool{}}
	graph := G.NewGraph()
	terms, err := p.SumLosses(losses.SumsFrom(o.nodes(graph)))
	if err != nil {
		return nil, err
	}
	if weigh != nil {
		if err := weigh(graph, terms); err != nil {
			return nil, err
		}
	}
	total, err := losses.Total(terms)
	if err != nil {
		return nil, err
	}
	outputs := G.Nodes{total}
	for _, t := range terms {
		o.Names, o.Weights = append(o.Names, t.Name), append(o.Weights, t.Weight)
		outputs = append(outputs, t.Node)
	}
	derivs, err := o.differentiate(total, outputs)
	if err != nil {
		return nil, err
	}
	o.eval, err = train.NewEvaluator(append(outputs, derivs...)...)
	return o, err
}

// nodes is the sums as inputs of a graph.
func (o *Objective) nodes(g *G.ExprGraph) losses.SumNodes {
	number := func(name string, at func(s *Sums) *float64) *G.Node {
		n := G.NewVector(g, tensor.Float64, G.WithShape(1), G.WithName(name))
		o.inputs = append(o.inputs, input{name, n, func(s *Sums) []float64 { return []float64{*at(s)} }})
		return n
	}
	row := func(name string, at func(s *Sums) []float64) *G.Node {
		n := G.NewMatrix(g, tensor.Float64, G.WithShape(1, o.k), G.WithName(name))
		o.inputs = append(o.inputs, input{name, n, at})
		return n
	}
	gram := G.NewTensor(g, tensor.Float64, 3, G.WithShape(1, o.k, o.k), G.WithName("gram"))
	o.inputs = append(o.inputs, input{"gram", gram, func(s *Sums) []float64 { return s.Gram }})
	return losses.SumNodes{
		Nodes:   number("nodes", func(s *Sums) *float64 { return &s.Nodes }),
		TwoM:    number("two_m", func(s *Sums) *float64 { return &s.TwoM }),
		Stored:  number("stored", func(s *Sums) *float64 { return &s.Stored }),
		Links:   number("links", func(s *Sums) *float64 { return &s.Links }),
		Spread:  number("spread", func(s *Sums) *float64 { return &s.Spread }),
		Inside:  row("inside", func(s *Sums) []float64 { return s.Inside }),
		Volumes: row("volumes", func(s *Sums) []float64 { return s.Volumes }),
		Sizes:   row("sizes", func(s *Sums) []float64 { return s.Sizes }),
		Squares: row("squares", func(s *Sums) []float64 { return s.Squares }),
		Gram:    gram,
	}
}

// ofS names the sums that S enters.
var ofS = []string{"spread", "inside", "volumes", "sizes", "squares", "gram"}

// ofEdges names the sums over edges.
var ofEdges = []string{"links", "inside"}

// differentiate gives the derivatives of the total, and notes what the losses
// and the derivatives read.
func (o *Objective) differentiate(total *G.Node, outputs G.Nodes) (derivs G.Nodes, err error) {
	trained := total.Graph().SubgraphRoots(total).AllNodes()
	told := total.Graph().SubgraphRoots(outputs...).AllNodes()
	var wrt G.Nodes
	for i, in := range o.inputs {
		o.reads[in.name] = told.Contains(in.node)
		if slices.Contains(ofS, in.name) && trained.Contains(in.node) {
			o.wrt, wrt = append(o.wrt, i), append(wrt, in.node)
		}
	}
	if len(wrt) == 0 {
		return nil, fmt.Errorf("stream: the losses %v do not depend on S", o.Names)
	}
	if derivs, err = G.Grad(total, wrt...); err != nil {
		return nil, fmt.Errorf("stream: the derivatives of %v: %w", o.Names, err)
	}
	read := total.Graph().SubgraphRoots(derivs...).AllNodes()
	for _, in := range o.inputs {
		if slices.Contains(ofEdges, in.name) && read.Contains(in.node) {
			o.late = true
		}
	}
	return derivs, nil
}

// Wants is the sums over nodes that the losses read.
func (o *Objective) Wants() Wants {
	return Wants{Products: o.reads["gram"] || o.reads["squares"], Spread: o.reads["spread"]}
}

// ReadsEdges tells whether a loss reads sums over edges.
func (o *Objective) ReadsEdges() bool { return o.reads["inside"] || o.reads["links"] }

// EdgesFirst tells whether the derivatives read sums over edges: then all of
// these are needed before the gradient of any block, and a pass for them.
func (o *Objective) EdgesFirst() bool { return o.late }

// Losses is what an objective is of sums.
type Losses struct {
	Total  float64   // weighted
	Values []float64 // before their weights
	By     Sums      // ∂Total/∂ of each sum that S enters; 0 of the others
}

// At is the losses of sums.
func (o *Objective) At(s Sums) (Losses, error) {
	for _, in := range o.inputs {
		x := append([]float64(nil), in.at(&s)...)
		shape := in.node.Shape()
		if len(x) != shape.TotalSize() {
			return Losses{}, fmt.Errorf("stream: %d sums %s, want %d", len(x), in.name, shape.TotalSize())
		}
		if err := G.Let(in.node, tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))); err != nil {
			return Losses{}, err
		}
	}
	values, err := o.eval.Run()
	if err != nil {
		return Losses{}, err
	}
	n := len(o.Names) + 1
	out := Losses{By: NewSums(o.k)}
	for i, v := range values[:n] {
		x, err := numbers(v)
		if err != nil {
			return Losses{}, err
		}
		if i == 0 {
			out.Total = x[0]
		} else {
			out.Values = append(out.Values, x[0])
		}
	}
	for i, v := range values[n:] {
		x, err := numbers(v)
		if err != nil {
			return Losses{}, err
		}
		in := o.inputs[o.wrt[i]]
		if in.name == "spread" {
			out.By.Spread = x[0]
			continue
		}
		copy(in.at(&out.By), x)
	}
	return out, nil
}

// numbers is a value's elements.
func numbers(v G.Value) ([]float64, error) {
	switch x := v.Data().(type) {
	case float64:
		return []float64{x}, nil
	case []float64:
		return x, nil
	}
	return nil, fmt.Errorf("stream: a value of %v, want float64", v.Dtype())
}

// Close gives up the compiled graph.
func (o *Objective) Close() error { return o.eval.Close() }
