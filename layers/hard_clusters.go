package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// HardClusters is the base of poolers that put every node into one cluster, or
// into none: their options and the steps
//
//	X'_c = reduce{ w_i X_i : i in c },  A'_cd = merge{ a_ij : i in c, j in d },  lift: w_i·x_c(i)
//
// per graph, for the clusters c of the nodes and a weight w of each, 1 where a
// pooler gives none. Entries of A that fall on one place become one, those
// within a cluster drop out unless Loops is set, and attributes of edges are
// merged as weights are. An entry of weight 0 that is stored is an entry: it
// counts in a mean, and stays. Of a dense A the elements of 0 are none.
//
// A new pooler embeds HardClusters, computes a cluster for each row in its
// Select, and hands it to SelectClusters; see Pooler. PrecomputedPool is the one
// by clusters that exist already: given ones, or those that modes.Coarsen chose
// before training.
//
// Modes: all. Shapes: there are as many places for clusters as rows, or Places:
// of each graph in batch and mixed mode, of all graphs elsewhere. Places
// without a cluster are padding, with ids of −1. Clusters are ordered by their
// ids; A' is sparse, whatever A is, with the capacity of A. Gradient: to X, to
// the weights w, and to A's weights and the attributes of edges; the choice of
// the clusters is a constant. Largest values that tie share it. Errors: more
// clusters than places, when run.
//
// Elsewhere it is called the sparse or cluster-based family: PyG's pool_edge and
// max_pool_x, tgp's SparseConnect and AggrReduce. tgp leaves entries of A' out
// whose size is at most 1e-8, also where they cancel.
type HardClusters struct {
	Reduction      ops.Reduction // of the rows of a cluster: sum, mean (by their number), max or min
	Readout        Layer         // replaces Reduction: a global pooling layer, over each cluster
	Merge          ops.Reduction // of the entries that fall on one place: sum, mean, max or min
	Loops          bool          // keep the entries within a cluster, on the diagonal of A'; default: they are dropped
	DegreeNorm     bool          // A' over √d_c·√d_d, d_c the sum of row c, at least 1e-8
	EdgeWeightNorm bool          // A' over its largest |a'| in each graph
	Places         int           // room for clusters, of each graph in batch and mixed mode; default: one for each row
	InverseLift    bool          // Lift multiplies by w_i / Σ_j w_j² of the cluster, the pseudo-inverse; default: by w_i
}

// check errs where the options make no sense.
func (p *HardClusters) check() error {
	if err := p.Reduction.Check(); err != nil {
		return fmt.Errorf("%s: %w", "Reduction", err)
	}
	if err := p.Merge.Check(); err != nil {
		return fmt.Errorf("%s: %w", "Merge", err)
	}
	return atLeast("Places", p.Places, 0)
}

// SelectClusters takes the cluster of each row: an id of at least 0, −1 for
// none, that stands for another cluster in every graph; and the weight of each
// row in its cluster, nil for 1.
//
// The selection's Cluster is the place of each row's cluster.
func (p *HardClusters) SelectClusters(in modes.Graph, cluster, weight *G.Node) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		if weight != nil {
			weight = must(ops.Reshape(weight, in.Rows()))
		}
		place := must(ops.Relabel(cluster, in.Segments(), p.places(in), in.Mode.Padded()))
		return Selection{Cluster: place, Weight: weight}
	})
}

// selectAround is SelectClusters for clusters that are named by one of their
// rows each, which becomes the selection's Index.
func (p *HardClusters) selectAround(in modes.Graph, centre, weight *G.Node) Selection {
	sel := must(p.SelectClusters(in, centre, weight))
	sel.Index = must(ops.ScatterIDs(centre, sel.Cluster, p.places(in)))
	return sel
}

// places is the room for clusters of all graphs.
func (p *HardClusters) places(in modes.Graph) int {
	switch {
	case p.Places == 0:
		return in.Rows()
	case in.Mode.Padded():
		return p.Places * in.Graphs
	}
	return p.Places
}

// clusterIDs is the graph of each place, −1 where there is no cluster.
func (p *HardClusters) clusterIDs(in modes.Graph, sel Selection) *G.Node {
	ids := in.IDs
	if ids == nil {
		ids = must(ops.MapIDs(sel.Cluster, "the only graph", p.places(in), func(int) int { return 0 }))
	}
	return must(ops.ScatterIDs(ids, sel.Cluster, p.places(in)))
}

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
