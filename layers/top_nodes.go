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
// for a score y of each node and idx the nodes kept. Nodes rank by the raw
// score, of equal scores the lower index first. A graph without nodes stays
// one without; any other keeps at least one.
//
// A new pooler embeds TopNodes, computes a score in its Select, and hands it to
// SelectTop; see Pool.
//
// Exactly one of Ratio, K and MinScore is set. A ratio is never a count: one
// of 1 keeps all nodes, where PyG's float 1.0 keeps one.
//
// Modes: all. Shapes, of M places in all for the nodes kept: X' M×F and A'
// M×M (single, disjoint); B×M/B×F, with A' B×M/B×M/B or as blocks (batch,
// mixed), each graph having the places that its share of X's rows needs.
// Where fewer are kept, padding follows, with ids of −1. Sparse A stays
// sparse, with its weights and its edges' attributes. Sparse X is made dense
// to be reduced.
// Gradient: to X through both factors, to what the score came from through
// the gate, to A's weights that were kept. The choice itself is a constant.
// Errors: a score that is NaN, when run.
type TopNodes struct {
	Ratio float64 // the share of the nodes of each graph, in (0, 1]: ⌈Ratio·n⌉, see ops.TopK
	K     int     // the number of nodes of each graph, at most all it has

	// MinScore keeps the nodes with s > min(max s − 1e-7, MinScore), s being the
	// softmax over the graph of the score, which takes the place of the gate.
	// The order is by rising index.
	MinScore *float64

	Multiplier  float64        // of X'; 0 means 1
	Gate        ops.Activation // of the score; the poolers' constructors set tanh, others use sigmoid
	Descending  bool           // order of the nodes of a graph: by falling score, as PyG; default: by rising index
	RankGated   bool           // rank by the gate in float64, as PyG, to which large scores are equal; default: by the score
	InverseLift bool           // Lift divides by what Reduce multiplied by; default: it does not
	Trainable                  // the activity regulariser is that of X'; ActivationFunc stands in place of Gate
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
// The selection's Score is the score as a vector, 0 at padding; Index is the
// rows kept; Gate is what their features are multiplied by, the multiplier
// apart.
func (p *TopNodes) SelectTop(in modes.Graph, score *G.Node) (Selection, error) {
	if err := p.check(); err != nil {
		return Selection{}, err
	}
	y, err := ops.Reshape(score, in.Rows())
	if err != nil {
		return Selection{}, err
	}
	if in.IDs != nil {
		valid, err := ops.IDMask(in.IDs, y, in.Rows())
		if err != nil {
			return Selection{}, err
		}
		if y, err = ops.Hadamard(y, valid); err != nil {
			return Selection{}, err
		}
	}
	gate, err := p.gate(in, y)
	if err != nil {
		return Selection{}, err
	}
	sel := Selection{Score: y}
	if sel.Index, err = p.index(in, y, gate); err != nil {
		return Selection{}, err
	}
	sel.Gate, err = ops.Gather(gate, sel.Index)
	return sel, err
}

// gate is the factor of every row.
func (p *TopNodes) gate(in modes.Graph, y *G.Node) (*G.Node, error) {
	if p.MinScore != nil {
		return ops.SegmentSoftmax(y, in.Segments())
	}
	return p.activate(y, p.Gate)
}

// index is the rows kept.
func (p *TopNodes) index(in modes.Graph, y, gate *G.Node) (*G.Node, error) {
	seg, apart := in.Segments(), padded(in.Mode)
	if p.MinScore == nil {
		k := ops.TopK{Ratio: p.Ratio, K: p.K, Slots: apart, Descending: p.Descending}
		switch {
		case p.RankGated && p.ActivationFunc != nil:
			y = gate
		case p.RankGated:
			k.By = p.Gate // in float64, not as rounded as the gate itself may be
		}
		return ops.SegmentTopK(y, seg, k)
	}
	idx, err := ops.SegmentAbove(gate, seg, *p.MinScore)
	if err != nil || !apart {
		return idx, err
	}
	return ops.ToSlots(idx, seg, in.RowsPerGraph())
}

// padded tells whether graphs of the mode have rows apart from each other.
func padded(m modes.Mode) bool { return m == modes.Batch || m == modes.Mixed }
