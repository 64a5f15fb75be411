package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// ToBatch lays the graphs of disjoint mode out apart, with so many rows each,
// in batch mode: X becomes B×N×F, what is left over is padding. A stays sparse,
// now of B·N rows; DenseA makes it dense.
//
// Gradient: to X by Gather, to A's weights and to E.
// Errors: another mode; a graph of more nodes, when run.
func (g Graph) ToBatch(nodes int) (Graph, error) {
	if g.Mode != Disjoint || g.IDs == nil {
		return Graph{}, fmt.Errorf("modes: to batch mode: a graph in %v mode, ids given: %v; want disjoint mode with ids", g.Mode, g.IDs != nil)
	}
	if err := g.Check(); err != nil {
		return Graph{}, fmt.Errorf("modes: to batch mode: %w", err)
	}
	all := allRows(g.IDs.Graph(), g.Rows())
	idx, err := ops.ToSlots(all, g.Segments(), nodes)
	if err != nil {
		return Graph{}, fmt.Errorf("modes: to batch mode: %w", err)
	}
	out, err := g.Subgraph(Subset{Index: idx})
	if err != nil {
		return Graph{}, err
	}
	out.Mode = Batch
	out.X.Dense, err = ops.Reshape(out.X.Dense, g.Graphs, nodes, g.X.Width())
	return out, err
}

// allRows is the numbers 0 to n−1 as a constant; constants of one name are
// one, and the name says the values.
func allRows(g *G.ExprGraph, n int) *G.Node {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return G.NewConstant(tensor.New(tensor.WithShape(n), tensor.WithBacking(rows)), G.In(g), G.WithName(fmt.Sprintf("rows 0 to %d", n-1)))
}

// ToDisjoint puts the graphs of batch or mixed mode together as one, in
// disjoint mode: X becomes (B·N)×F and A sparse, block-diagonal; padding stays
// where it is. A dense A becomes one of B·N² entries, zeros among them.
//
// Gradient: to X, to A and to E.
func (g Graph) ToDisjoint() (Graph, error) {
	out, err := build(g.toDisjoint)
	if err != nil {
		return Graph{}, fmt.Errorf("modes: to disjoint mode: %w", err)
	}
	return out, nil
}

func (g Graph) toDisjoint() Graph {
	if g.Mode != Batch && g.Mode != Mixed || g.X.Dense == nil {
		ensure(fmt.Errorf("a graph in %v mode, dense features: %v; want batch or mixed mode with dense features", g.Mode, g.X.Dense != nil))
	}
	ensure(g.Check())
	if g.A != nil {
		ensure(g.CheckA())
	}
	out := Graph{Mode: Disjoint, Graphs: g.Graphs, IDs: g.IDs}
	x := must(ops.Reshape(g.X.Dense, g.Rows(), g.X.Width()))
	out.X.Dense = x
	switch a := g.A.(type) {
	case nil:
		return out
	case DenseAdj:
		m := a.Node
		if a.Copies > 0 {
			m = a.repeated()
		}
		out.A = must(NewBlocks(m))
	case SparseAdj:
		if a.Copies == 0 {
			out.A, out.E = a, g.E
			return out
		}
		out.A = a.perSignal(x.Graph())
		out.E = must(g.InduceE(out.A))
	}
	return out
}
