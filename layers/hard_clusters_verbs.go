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
func (p *HardClusters) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// ready errs unless the verbs have what they read: the clusters, and other parts.
func (p *HardClusters) ready(in modes.Graph, sel Selection, more ...part) error {
	if err := p.check(); err != nil {
		return err
	}
	return ready(in, append(more, part{"Cluster", sel.Cluster})...)
}

// Reduce implements Pooler: one row of the rows of each cluster.
func (p *HardClusters) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		if sel.Features != nil {
			in = in.WithX(sel.Features)
		}
		x := must(ops.Reshape(must(in.X.ToDense()), in.Rows(), in.X.Width()))
		if sel.Weight != nil {
			x = must(ops.RowScale(x, sel.Weight))
		}
		places := p.places(in)
		if p.Readout != nil {
			return byGraph(in, p.readout(sc, in, sel, x))
		}
		return byGraph(in, must(ops.SegmentReduce(x, ops.Segments{IDs: sel.Cluster, Count: places}, p.Reduction)))
	})
}

// readout is Readout over the clusters as graphs of their own; 0 at places
// without one.
func (p *HardClusters) readout(sc *param.Scope, in modes.Graph, sel Selection, x *G.Node) *G.Node {
	places := p.places(in)
	all := modes.Graph{Mode: modes.Disjoint, Graphs: places, IDs: sel.Cluster}.WithX(x)
	out, err := p.Readout.Apply(sc, all)
	if err != nil {
		ensure(fmt.Errorf("%s: %w", "Readout", err))
	}
	if out.Rows() != places || len(out.Losses) > 0 {
		ensure(fmt.Errorf("%s gives %d rows and %d losses, want %d, one for each cluster, and none", "Readout", out.Rows(), len(out.Losses), places))
	}
	y := must(out.X.ToDense())
	there := must(ops.IDMask(p.clusterIDs(in, sel), y, places))
	return must(ops.RowScale(y, there))
}

// Connect implements Pooler: the graphs of the clusters, and the entries between
// them.
func (p *HardClusters) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		out := modes.Graph{Mode: pooledMode(in.Mode), Graphs: in.Graphs, IDs: p.clusterIDs(in, sel)}
		if in.A == nil {
			return out
		}
		flat := must(in.Flatten())
		m := flat.A.(modes.SparseAdj).Sparse
		a := must(ops.Contract(m, sel.Cluster, p.places(in), p.Loops))
		if flat.E != nil {
			out.E = must(ops.MergeEdges(a, flat.E, p.Merge))
		}
		like := in.X.Like()
		if p.Merge != ops.ReduceSum && p.Merge != "" { // entries of one place count as their sum
			m = must(ops.Coalesce(m, like))
			a = must(ops.Contract(m, sel.Cluster, p.places(in), p.Loops))
		}
		w := m.Weights
		if w == nil {
			w = must(ops.Full(like, 1, a.Capacity))
		}
		a.Weights = must(ops.MergeEdges(a, w, p.Merge))
		out.A = modes.SparseAdj{Sparse: p.normalized(a, out)}
		return out
	})
}

// normalized is a over its degrees and its largest weights, as the options say.
func (p *HardClusters) normalized(a ops.Sparse, of modes.Graph) ops.Sparse {
	const least = 1e-8
	if p.DegreeNorm {
		over := must(ops.Affine(must(ops.RowSums(a, a.Weights)), 1, -least))
		d := must(ops.Affine(must(ops.Activate(over, ops.ReLU)), 1, least))
		inv := must(ops.InvSqrt(d, 0))
		w := must(ops.Hadamard(a.Weights, must(ops.EdgeRows(a, inv))))
		a.Weights = must(ops.Hadamard(w, must(ops.EdgeCols(a, inv))))
	}
	if p.EdgeWeightNorm {
		seg := ops.Segments{IDs: must(ops.GatherIDs(of.IDs, must(ops.EntryRows(a)))), Count: of.Graphs}
		top := must(ops.SegmentMax(must(ops.AsymAbs(a.Weights, 1)), seg))
		a.Weights = must(ops.Divide(a.Weights, must(ops.Spread(top, seg, a.Capacity))))
	}
	return a
}

// Lift implements Pooler: each row its cluster's x, times its weight; rows of no
// cluster 0.
func (p *HardClusters) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		ensure(pooledRows(x, p.places(in)))
		x := must(ops.Gather(must(ops.Reshape(x, p.places(in), x.Shape()[x.Dims()-1])), sel.Cluster))
		if w := p.liftWeight(in, sel, x); w != nil {
			x = must(ops.RowScale(x, w))
		}
		return byGraph(in, x)
	})
}

// liftWeight is what Lift multiplies rows by; nil for 1.
func (p *HardClusters) liftWeight(in modes.Graph, sel Selection, like *G.Node) *G.Node {
	if !p.InverseLift {
		return sel.Weight
	}
	w := sel.Weight
	if w == nil {
		w = must(ops.Full(like, 1, in.Rows()))
	}
	seg := ops.Segments{IDs: sel.Cluster, Count: p.places(in)}
	over := must(ops.SegmentSum(must(ops.Hadamard(w, w)), seg))
	return must(ops.Divide(w, must(ops.Spread(over, seg, in.Rows()))))
}
