package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Subgraph is the graphs of some of g's rows: their features, ids, edges among
// each other and the edges' attributes, in the order of the subset. Sparse
// features become dense. In mixed mode each signal has a subset of its own, so
// that the result is in batch mode.
//
// Gradient: to X by the rows chosen, to A's weights and to E by the entries
// chosen.
func (g Graph) Subgraph(rows Subset) (Graph, error) {
	out, err := build(func() Graph { return g.subgraph(rows) })
	if err != nil {
		return Graph{}, fmt.Errorf("modes: subgraph: %w", err)
	}
	return out, nil
}

func (g Graph) subgraph(rows Subset) Graph {
	out := Graph{Mode: g.Mode, Graphs: g.Graphs}
	if out.Mode == Mixed {
		out.Mode = Batch
	}
	ensure(g.Check())
	if g.A != nil {
		ensure(g.CheckA())
	}
	ensure(g.checkSubset(rows))
	x := must(ops.Gather(must(g.X.ToDense()), rows.Index))
	if out.Mode == Batch {
		x = must(ops.Reshape(x, g.Graphs, rows.Index.Shape()[0]/g.Graphs, g.X.Width()))
	}
	out.X.Dense = x
	out.IDs = must(g.IDsAt(rows.Index))
	if g.A != nil {
		out.A = must(g.A.Induce(rows))
		out.E = must(g.InduceE(out.A))
	}
	return out
}

func (g Graph) checkSubset(rows Subset) error {
	switch apart := g.Mode.Padded(); {
	case rows.Index == nil:
		return errors.New("the index is nil, want a node")
	case rows.Index.Dims() != 1:
		return fmt.Errorf("the index has shape %v, want a vector", rows.Index.Shape())
	case apart && rows.Graphs != g.Graphs || !apart && rows.Graphs != 0:
		return fmt.Errorf("Subset.Graphs = %d in %v mode with %d graphs, want the graphs in batch and mixed mode and 0 else", rows.Graphs, g.Mode, g.Graphs)
	}
	return nil
}

// IDsAt is the graph of each row that idx names, −1 where it names none.
func (g Graph) IDsAt(idx *G.Node) (*G.Node, error) {
	if g.IDs != nil {
		return ops.GatherIDs(g.IDs, idx)
	}
	return ops.MapIDs(idx, "the only graph", g.Rows(), func(int) int { return 0 })
}

// InduceE is the attributes of g's edges carried over to a, which Induce made
// of g.A; nil where there are none. Entries beyond a's are 0.
func (g Graph) InduceE(a Adj) (*G.Node, error) {
	if g.E == nil {
		return nil, nil
	}
	s, ok := a.(SparseAdj)
	if !ok {
		return nil, fmt.Errorf("edge attributes beside a %T, want a sparse adjacency", a)
	}
	return ops.GatherEdges(s.Sparse, g.E)
}
