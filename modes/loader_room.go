package modes

import (
	"fmt"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"
)

// room is an input of known size that batches go into.
type room struct {
	budget Budget
	form   form
	level  Level
	shape  Input // nodes of the input on a graph of their own, for their shapes
	nodes  []*G.Node
}

func newRoom(o LoaderOptions, t traits, b Budget, targets Targets) (*room, error) {
	t = t.least()
	b.Weighted = t.weighted
	f, err := newForm(o.Mode, o.Mode == Disjoint || o.Sparse, t, b, o.Dtype)
	if err != nil {
		return nil, err
	}
	r := &room{budget: b, form: f, level: targets.level}
	in, err := newInputs(G.NewGraph(), "shape", o.Dtype)
	if err != nil {
		return nil, err
	}
	r.shape, r.nodes = r.input(in, targets)
	return r, nil
}

// least is the same kind of graphs, of one node.
func (t traits) least() traits {
	t.graphs, t.nodes, t.largest, t.edges, t.stored = 1, 1, 1, min(1, t.edges), min(1, t.stored)
	levels := slices.Clone(t.levels)
	for l := range levels {
		levels[l].traits = levels[l].least()
	}
	t.levels = levels
	return t
}

// size is the room for the graphs of a batch together.
func (r *room) size() size { return r.form.size() }

func (f form) size() size {
	s := size{nodes: f.rows, edges: math.MaxInt, stored: math.MaxInt}
	if f.sparse {
		s.edges = f.edges
	}
	if f.features == sparseFeatures {
		s.stored = f.stored
	}
	for _, level := range f.levels {
		s.levels = append(s.levels, level.size())
	}
	return s
}

// largest is the room for one graph.
func (r *room) largest() size {
	s := r.size()
	if r.form.mode == Batch {
		s.nodes = r.form.rows / r.form.graphs
		for l, level := range r.form.levels {
			s.levels[l].nodes = level.rows / level.graphs
		}
	}
	return s
}

// Input is the nodes of a batch: the graphs, and their targets.
type Input struct {
	Graph

	// Labels is the class of each target's place, a vector of Int, −1 where it is
	// not known and where the place is empty; nil: the targets are no classes.
	Labels *G.Node
	// Values is the numbers of each place, places×T, and Known 1 for each that
	// is known and 0 for others; nil: the targets are classes.
	Values, Known *G.Node
	// TargetIDs is the graph of each target's place, −1 where it is empty, a
	// vector of Int: one place a graph, a row or an edge.
	TargetIDs *G.Node

	Budget int // which of the loader's budgets

	room  *room
	nodes []*G.Node
}

// input makes the nodes of an input, and lists them in the order of the values
// of a batch.
func (r *room) input(in inputs, targets Targets) (Input, []*G.Node) {
	out := Input{Graph: r.form.nodes(in), room: r}
	places := r.form.targetRows(r.level)
	var nodes []*G.Node
	if s := out.X.Sparse; s != nil {
		nodes = append(nodes, s.Pattern, s.Weights)
	} else {
		nodes = append(nodes, out.X.Dense)
	}
	nodes = append(append(nodes, out.structureNodes()...), coarseInputs(out.Levels)...)
	out.TargetIDs = in.vector("/target_ids", places)
	nodes = append(nodes, out.TargetIDs)
	switch {
	case targets.classes != nil:
		out.Labels = in.vector("/labels", places)
		nodes = append(nodes, out.Labels)
	case targets.values != nil:
		out.Values, out.Known = in.float("/values", places, targets.width), in.float("/known", places, targets.width)
		nodes = append(nodes, out.Values, out.Known)
	}
	out.nodes = nodes
	return out, nodes
}

// Input makes the nodes of one of the loader's budgets, counted from 0, in an
// expression graph, yet without values: Set gives them. Its nodes are named
// name/x, name/a, and below. Several inputs may be made of one budget, in one
// graph or in several.
func (l *Loader) Input(g *G.ExprGraph, name string, budget int) (Input, error) {
	if budget < 0 || budget >= len(l.rooms) {
		return Input{}, fmt.Errorf("modes: loader: budget %d, want 0 to %d", budget, len(l.rooms)-1)
	}
	in, err := newInputs(g, name, l.opts.Dtype)
	if err != nil {
		return Input{}, fmt.Errorf("modes: loader: %s: %w", name, err)
	}
	out, _ := l.rooms[budget].input(in, l.targets)
	out.Budget = budget
	return out, nil
}
