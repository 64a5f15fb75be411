package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// TopNodes is what poolers that keep some nodes of each graph have in common:
// their options, the choice by a score, and the verbs
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
	Gate        ops.Activation // the function that makes the gate of the score; constructors set tanh
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
	seg, apart := in.Segments(), padded(in.Mode)
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
