package modes

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// NewDisjoint makes several graphs the input of an expression graph as one
// graph of many parts: X (ΣN×F), dense or sparse as the graphs have it, one
// sparse block-diagonal A of ΣN rows, and the graph of each row as IDs. Dense
// adjacencies become sparse ones, of their elements that are not 0.
//
// The capacities are the budget's; rows beyond the nodes are padding, of id
// −1, with features 0 and no edges. Graphs keep their places: those without
// nodes count, also at the end. Graphs without features all get a column of
// ones; edges without weights among weighted ones weigh 1.
//
// dt is the dtype of every float node, to which all values are converted.
// Errors: no graphs; no nodes in any; features of different widths or kinds;
// more than the budget; a name that g's inputs have already.
func NewDisjoint(g *G.ExprGraph, name string, graphs []*Host, dt tensor.Dtype, b Budget) (Graph, error) {
	return newSeveral(g, name, graphs, dt, b, Disjoint, true)
}

// SetDisjoint swaps other graphs into the nodes that NewDisjoint made, within
// its budget. Graphs beyond those given are without nodes then. Nothing is
// swapped where it errs.
func SetDisjoint(in Graph, graphs []*Host) error { return setSeveral(in, graphs, Disjoint) }
