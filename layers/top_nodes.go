package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// TopNodes is the base of poolers that keep some nodes of each graph: their
// options, the selection by a score, and the steps
//
//	X' = multiplier · X[idx] ⊙ gate(y)[idx],  A' = A[idx, idx],  lift: x back at idx
//
// for a score y of each node and idx the nodes kept. Nodes are ranked by the
// score; of equal scores the lower index comes first. A graph that has nodes
// keeps at least one.
//
// With Nearest every node that is not kept joins the kept node that is the fewest
// entries of A away, of several the one whose place in idx comes first: with
// Descending that of highest score. The selection then has its place as Cluster,
// −1 where no way leads to a node kept, and
//
//	A'_cd = Σ a_ij over the entries from cluster c to cluster d ≠ c,  lift: x_c(i)
//
// X' stays that of the nodes kept. PrecomputedPool reduces over the clusters.
//
// A new pooler embeds TopNodes, computes a score in its Select, and hands it
// to SelectTop; see Pooler.
//
// Exactly one of Ratio, K and MinScore is set. A ratio is never a count: Ratio
// 1 keeps all nodes, where PyG's ratio of 1.0 keeps one.
//
// Modes: all. Shapes, with M places in all for the nodes kept, and P = M/B
// places for each of B graphs: X' M×F and A' M×M (single, disjoint); X' B×P×F
// and A' B×P×P or blocks (batch, mixed). There a graph has as many places as
// its rows of X need. If fewer nodes are kept, padding follows, with ids of
// −1. Sparse A stays sparse, with its weights and the attributes of its edges.
// Sparse X is made dense.
// Gradient: to X through both factors, through the gate to what the score came
// from, and to the weights of A that were kept. The choice itself is a
// constant.
// Errors: a score that is NaN, when run.
type TopNodes struct {
	Ratio float64 // the share of the nodes of each graph, in (0, 1]: ⌈Ratio·n⌉, see ops.TopK
	K     int     // the number of nodes of each graph, at most all it has

	// MinScore keeps the nodes with s > min(max s − 1e-7, MinScore), where s is
	// the softmax of the score over the graph. s is then the gate as well. The
	// order is by rising index.
	MinScore *float64

	Multiplier  float64        // of X'; 0 means 1
	Gate        ops.Activation // the function that makes the gate of the score; constructors set tanh, and NewASAPool sets sigmoid
	Descending  bool           // the nodes of a graph by falling score, as in PyG; default: by rising index
	RankGated   bool           // rank by the gate, in float64, as PyG does: large scores, whose gates are equal, tie; default: by the score
	Nearest     bool           // nodes that are not kept join the nearest kept one, see TopNodes; default: they drop out
	InverseLift bool           // Lift divides by what Reduce multiplied by; default: it does not
	Trainable                  // the activity regulariser is that of X'; ActivationFunc replaces Gate
}

// check errs where the options make no sense.
func (p *TopNodes) check() error {
	given := 0
	for _, set := range []bool{p.Ratio != 0, p.K != 0, p.MinScore != nil} {
		if set {
			given++
		}
	}
	switch {
	case given > 1:
		return fmt.Errorf("%s = %v, K = %d and MinScore = %s, want only one of them", "Ratio", p.Ratio, p.K, optional(p.MinScore))
	case p.MinScore != nil && *p.MinScore != *p.MinScore:
		return unwanted("MinScore", *p.MinScore, "a number")
	case p.K < 0:
		return atLeast("K", p.K, 1)
	case p.K == 0 && p.MinScore == nil && !(p.Ratio > 0 && p.Ratio <= 1):
		return unwanted("Ratio", p.Ratio, "(0, 1]")
	case p.Multiplier-p.Multiplier != 0:
		return unwanted("Multiplier", p.Multiplier, "a finite number")
	}
	return nil
}

func optional(v *float64) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprint(*v)
}

// SelectTop keeps the nodes of highest score. score has one value a row of X, in
// any shape; that of padding is not read.
//
// The selection's Score is the score as a vector, 0 at padding. Index is the
// rows kept, and Gate what their features are multiplied by, without the
// multiplier. With Nearest, Cluster is the place in Index that each row joined.
func (p *TopNodes) SelectTop(in modes.Graph, score *G.Node) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		y := withoutPadding(in, must(ops.Reshape(score, in.Rows())))
		gate := p.gate(in, y)
		idx := p.index(in, y, gate)
		sel := Selection{Score: y, Index: idx, Gate: must(ops.Gather(gate, idx))}
		if p.Nearest {
			sel = joinNearest(in, sel)
		}
		return sel
	})
}

// gate is the factor of every row.
func (p *TopNodes) gate(in modes.Graph, y *G.Node) *G.Node {
	if p.MinScore != nil {
		return must(ops.SegmentSoftmax(y, in.Segments()))
	}
	return p.activate(y, p.Gate)
}

// index is the rows kept.
func (p *TopNodes) index(in modes.Graph, y, gate *G.Node) *G.Node {
	seg, apart := in.Segments(), in.Mode.Padded()
	if p.MinScore == nil {
		k := ops.TopK{Ratio: p.Ratio, K: p.K, Slots: apart, Descending: p.Descending}
		switch {
		case p.RankGated && p.ActivationFunc != nil:
			y = gate
		case p.RankGated:
			k.By = p.Gate // in float64, not as rounded as the gate itself may be
		}
		return must(ops.SegmentTopK(y, seg, k))
	}
	idx := must(ops.SegmentAbove(gate, seg, *p.MinScore))
	if apart {
		idx = must(ops.ToSlots(idx, seg, in.RowsPerGraph()))
	}
	return idx
}

// Losses implements Pooler: there are none.
func (p *TopNodes) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Reduce implements Pooler: the rows kept, times their gates, with the selection's
// features in place of X where it has some.
func (p *TopNodes) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		if sel.Features != nil {
			in = in.WithX(sel.Features)
		}
		x := must(ops.Gather(must(in.X.ToDense()), sel.Index))
		x = must(ops.RowScale(x, p.factor(sel)))
		return p.regularized(sc, byGraph(in, x))
	})
}

// ready errs unless the verbs have what they read.
func (p *TopNodes) ready(in modes.Graph, sel Selection) error {
	if err := p.check(); err != nil {
		return err
	}
	parts := []part{{"Index", sel.Index}, {"Gate", sel.Gate}}
	if p.Nearest {
		parts = append(parts, part{"Cluster", sel.Cluster})
	}
	return ready(in, parts...)
}

// factor is what the kept rows are multiplied by.
func (p *TopNodes) factor(sel Selection) *G.Node {
	if p.Multiplier == 0 || p.Multiplier == 1 {
		return sel.Gate
	}
	return must(ops.Affine(sel.Gate, p.Multiplier, 0))
}

// Connect implements Pooler: the graphs of the nodes kept, and the edges among
// them with their attributes; with Nearest, the edges between their clusters.
func (p *TopNodes) Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		if p.Nearest {
			out := must(aroundKept(in, sel).Connect(sc, in, sel))
			out.IDs = p.keptIDs(in, sel)
			return out
		}
		return keptGraph(in, sel.Index, p.keptIDs(in, sel))
	})
}

// keptIDs is the graph of each place; nil where all are of the only one.
func (p *TopNodes) keptIDs(in modes.Graph, sel Selection) *G.Node {
	if in.IDs != nil || p.MinScore != nil { // with MinScore how many are kept is known when run only
		return must(in.IDsAt(sel.Index))
	}
	return nil
}

// keptGraph is the graph of the rows kept, whose graphs are ids, without
// features: in mixed mode each signal keeps nodes of its own.
func keptGraph(in modes.Graph, idx, ids *G.Node) modes.Graph {
	out := modes.Graph{Mode: pooledMode(in.Mode), Graphs: in.Graphs, IDs: ids}
	if in.A == nil {
		return out
	}
	kept := modes.Subset{Index: idx}
	if in.Mode.Padded() {
		kept.Graphs = in.Graphs
	}
	out.A = must(in.A.Induce(kept))
	out.E = must(in.InduceE(out.A))
	return out
}

// Lift implements Pooler: x at the rows that were kept, 0 elsewhere; with Nearest
// at the rows of their clusters too. With InverseLift it is divided by the gates,
// 0 where one is 0, so that Lift of Reduce gives the rows kept.
func (p *TopNodes) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		ensure(pooledRows(x, sel.Index.Shape().TotalSize()))
		x := must(ops.Reshape(x, sel.Index.Shape()[0], x.Shape()[x.Dims()-1]))
		if p.InverseLift {
			x = must(ops.Divide(x, p.factor(sel)))
		}
		if p.Nearest {
			return must(aroundKept(in, sel).Lift(in, Selection{Cluster: sel.Cluster}, x))
		}
		return putBack(in, sel.Index, x)
	})
}

// putBack is the rows x at the rows that idx names, 0 elsewhere.
func putBack(in modes.Graph, idx, x *G.Node) *G.Node {
	return byGraph(in, must(ops.ScatterAdd(x, idx, in.Rows())))
}
