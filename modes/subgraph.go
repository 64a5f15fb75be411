package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Subgraph is the graphs of some of g's rows: their features, ids, edges among
// each other and the edges' attributes, in the order of the selection.
// Sparse features become dense. In mixed mode each signal keeps nodes of its
// own, so that the result is in batch mode.
//
// Gradient: to X by the rows kept, to A's weights and to E by the entries
// kept.
func (g Graph) Subgraph(kept Subset) (Graph, error) {
	out, err := g.subgraph(kept)
	if err != nil {
		return Graph{}, fmt.Errorf("modes: subgraph: %w", err)
	}
	return out, nil
}

func (g Graph) subgraph(kept Subset) (Graph, error) {
	out := Graph{Mode: g.Mode, Graphs: g.Graphs}
	if out.Mode == Mixed {
		out.Mode = Batch
	}
	if kept.Index == nil {
		return out, errors.New("the index is nil, want a node")
	}
	apart := out.Mode == Batch
	if apart && kept.Graphs != g.Graphs || !apart && kept.Graphs != 0 {
		return out, fmt.Errorf("Subset.Graphs = %d in %v mode with %d graphs, want the graphs in batch and mixed mode and 0 else", kept.Graphs, g.Mode, g.Graphs)
	}
	x, err := g.X.ToDense()
	if err != nil {
		return out, err
	}
	if x, err = ops.Gather(x, kept.Index); err != nil {
		return out, err
	}
	if apart {
		if x, err = ops.Reshape(x, g.Graphs, kept.Index.Shape()[0]/g.Graphs, g.X.Width()); err != nil {
			return out, err
		}
	}
	out.X.Dense = x
	if out.IDs, err = g.subgraphIDs(kept.Index); err != nil || g.A == nil {
		return out, err
	}
	if out.A, err = g.A.Induce(kept); err != nil {
		return out, err
	}
	out.E, err = g.InduceE(out.A)
	return out, err
}

func (g Graph) subgraphIDs(idx *G.Node) (*G.Node, error) {
	if g.IDs != nil {
		return ops.GatherIDs(g.IDs, idx)
	}
	return ops.MapIDs(idx, "the one graph", g.Rows(), func(int) int { return 0 })
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
