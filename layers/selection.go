package layers

import (
	"errors"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Selection says which nodes became one: by a soft assignment of every node
// to K clusters, or by the indices of the nodes kept.
type Selection struct {
	// Assignment is S, the share of each node that goes to each cluster, in the
	// shape of X's rows with K columns; rows of padding are 0. Set by soft
	// poolers.
	Assignment *G.Node
	// Logits is what S is made of, before what SoftAssign does: S is the softmax of
	// Logits/τ, in training after the dropout of Logits, and 0 at padding, where
	// Logits may be any numbers. Set by poolers whose S is a softmax.
	Logits *G.Node

	// Features is what Reduce reads in place of X, with a row for each of X's;
	// nil for X itself. DiffPool sets it.
	Features *G.Node

	// Sticks is how a stick-breaking process came to S. BNPool sets it.
	Sticks *Sticks

	// Index is the rows of X that were kept, −1 for padding; Score is the score
	// they were chosen by, one a row of X, and Gate what the kept rows were
	// multiplied by. Set by poolers that keep nodes.
	Index, Score, Gate *G.Node

	// Cluster is the new node that each row of X went to, −1 for none, and
	// Weight what the row is multiplied by there; nil for 1. EdgeScore is the
	// score of each entry of A, of those that choose edges. Set by poolers of
	// hard clusters, and by those that keep nodes with Nearest; those around chosen
	// nodes set Index too, whose places are then those of the clusters.
	Cluster, Weight, EdgeScore *G.Node

	// Modes is the element of each row in each eigenvector of its cluster. Set
	// by EigenPool.
	Modes *G.Node
}

func (s Selection) empty() bool { return s.Assignment == nil && s.Index == nil && s.Cluster == nil }

// Mask is 1 for each node of in that the selection kept, and 0 for every
// other row: Spektral's return_mask.
//
// Shapes: as the rows of in, N, or B×N in batch and mixed mode.
func (s Selection) Mask(in modes.Graph) (*G.Node, error) {
	return build(func() *G.Node {
		if s.Index == nil {
			ensure(errors.New("layers: the selection has no index, want that of a pooler that keeps nodes"))
		}
		ensure(in.Check())
		kept := must(ops.IDMask(s.Index, in.X.Like(), s.Index.Shape()[0]))
		return putBack(in, s.Index, kept)
	})
}

// joinNearest is sel with every row in the cluster of the row kept that is the
// fewest entries of A away; see ops.Nearest. Clusters have the places of Index.
func joinNearest(in modes.Graph, sel Selection) Selection {
	flat := must(in.Flatten())
	sel.Cluster = must(ops.Nearest(flat.A.(modes.SparseAdj).Sparse, sel.Index, in.Segments()))
	return sel
}

// keptRows is the rows of X that were kept, times their weights.
func keptRows(in modes.Graph, sel Selection) *G.Node {
	ensure(ready(in, part{"Index", sel.Index}))
	x := asRows(must(in.X.ToDense()))
	if sel.Weight != nil {
		x = must(ops.RowScale(x, sel.Weight))
	}
	return byGraph(in, must(ops.Gather(x, sel.Index)))
}

// aroundKept is the verbs of the clusters around rows kept, of as many places as
// Index has.
func aroundKept(in modes.Graph, sel Selection) *HardClusters {
	places := sel.Index.Shape().TotalSize()
	if in.Mode.Padded() {
		places /= in.Graphs
	}
	return &HardClusters{Places: places}
}
