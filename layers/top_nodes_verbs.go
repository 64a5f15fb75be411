package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Losses implements Pooler: there are none.
func (p *TopNodes) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// factor is what the kept rows are multiplied by.
func (p *TopNodes) factor(sel Selection) (*G.Node, error) {
	if p.Multiplier == 0 || p.Multiplier == 1 {
		return sel.Gate, nil
	}
	return ops.Affine(sel.Gate, p.Multiplier, 0)
}

// Reduce implements Pooler: the rows kept, times their gates.
func (p *TopNodes) Reduce(in modes.Graph, sel Selection) (*G.Node, error) {
	x, err := in.X.ToDense()
	if err != nil {
		return nil, err
	}
	if x, err = ops.Gather(x, sel.Index); err != nil {
		return nil, err
	}
	factor, err := p.factor(sel)
	if err != nil {
		return nil, err
	}
	if x, err = ops.RowScale(x, factor); err != nil || !padded(in.Mode) {
		return x, err
	}
	return ops.Reshape(x, in.Graphs, x.Shape()[0]/in.Graphs, x.Shape()[1])
}

// Connect implements Pooler: the edges among the nodes kept.
func (p *TopNodes) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Adj, error) {
	kept := modes.Subset{Index: sel.Index}
	if padded(in.Mode) {
		kept.Graphs = in.Graphs
	}
	return in.A.Induce(kept)
}

// Regroup implements Pooler: the graphs of the nodes kept.
func (p *TopNodes) Regroup(_ *param.Scope, in modes.Graph, sel Selection) (out modes.Graph, err error) {
	out = modes.Graph{Mode: in.Mode, Graphs: in.Graphs}
	if in.Mode == modes.Mixed {
		out.Mode = modes.Batch // each signal keeps nodes of its own
	}
	switch {
	case in.IDs != nil:
		out.IDs, err = ops.GatherIDs(in.IDs, sel.Index)
	case p.MinScore != nil: // how many are kept is known when run only
		out.IDs, err = ops.MapIDs(sel.Index, "the only graph", in.Rows(), func(int) int { return 0 })
	}
	return out, err
}

// Lift implements Pooler: x at the rows that were kept, 0 elsewhere. With
// InverseLift it is over the gates, 0 where one is 0, so that Lift of Reduce
// gives the rows kept.
func (p *TopNodes) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	f := x.Shape()[x.Dims()-1]
	var err error
	if padded(in.Mode) {
		if x, err = ops.Reshape(x, sel.Index.Shape()[0], f); err != nil {
			return nil, err
		}
	}
	if p.InverseLift {
		factor, err := p.factor(sel)
		if err != nil {
			return nil, err
		}
		if x, err = ops.Divide(x, factor); err != nil {
			return nil, err
		}
	}
	if x, err = ops.ScatterAdd(x, sel.Index, in.Rows()); err != nil || !padded(in.Mode) {
		return x, err
	}
	return ops.Reshape(x, in.Graphs, in.RowsPerGraph(), f)
}

// Mask is 1 for each node of in that the selection kept, and 0 for every
// other row: Spektral's return_mask.
//
// Shapes: as the rows of in, N, or B×N in batch and mixed mode.
func (s Selection) Mask(in modes.Graph) (*G.Node, error) {
	if s.Index == nil {
		return nil, fmt.Errorf("layers: the selection has no index, want that of a pooler that keeps nodes")
	}
	kept, err := ops.IDMask(s.Index, s.Score, s.Index.Shape()[0])
	if err != nil {
		return nil, err
	}
	mask, err := ops.ScatterAdd(kept, s.Index, in.Rows())
	if err != nil || !padded(in.Mode) {
		return mask, err
	}
	return ops.Reshape(mask, in.Graphs, in.RowsPerGraph())
}

// finishPool is what Pool adds for poolers that keep nodes: the attributes of
// the edges that are left, and the activity regulariser.
func (p *TopNodes) finishPool(sc *param.Scope, in modes.Graph, out *Output) (err error) {
	if out.E, err = in.InduceE(out.A); err != nil {
		return err
	}
	return p.regularize(sc, out.X.Dense)
}
