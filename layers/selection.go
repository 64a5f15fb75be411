package layers

import (
	G "gorgonia.org/gorgonia"
)

// Selection says which nodes became one: by a soft assignment of every node
// to K clusters, or by the indices of the nodes kept.
type Selection struct {
	// Assignment is S, the share of each node that goes to each cluster, in the
	// shape of X's rows with K columns; rows of padding are 0. Set by soft
	// poolers.
	Assignment *G.Node
	// Logits is what S is the softmax of, padding not masked.
	Logits *G.Node

	// Index is the rows of X that were kept, −1 for padding; Score is the score
	// they were chosen by, one a row of X, and Gate what the kept rows were
	// multiplied by. Set by poolers that keep nodes.
	Index, Score, Gate *G.Node
}

func (s Selection) empty() bool { return s.Assignment == nil && s.Index == nil }
