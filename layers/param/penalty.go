package param

import G "gorgonia.org/gorgonia"

// Penalty is a regulariser: a scalar of a weight or of an output that is
// added to the training loss. Those of this package are small comparable
// structs with Keras's formulas, defaults and names, and a JSON form (see
// [PenaltyByName] and [UnmarshalPenalty]).
type Penalty interface {
	// Node builds the scalar. It errs if the tensor does not suit the
	// penalty.
	Node(w *G.Node) (*G.Node, error)
}
