package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Count is which rows of a graph a loss counts.
type Count int

const (
	// CountNodes counts the nodes.
	CountNodes Count = iota
	// CountRows counts all rows, padding as well, as Spektral does in batch
	// mode. In disjoint mode it counts the nodes: there no graph is padded to
	// the size of another.
	CountRows
)

// countBy is the number of rows of each graph that count asks for.
func (a *assignment) countBy(count Count) *G.Node {
	switch count {
	case CountNodes:
		return a.counts()
	case CountRows:
		return a.padded()
	}
	return must[*G.Node](nil, errCount(count))
}

// padded is the number of rows of each graph with its padding; in disjoint
// mode the number of its nodes.
func (a *assignment) padded() *G.Node {
	if !a.g.Mode.Padded() {
		return a.counts()
	}
	return must(ops.Full(a.s, float64(a.rows()/a.g.Graphs), a.g.Graphs))
}

// paddedRows is 1 for each row that padded counts, and 0 for others.
func (a *assignment) paddedRows() *G.Node {
	if a.g.Mode.Padded() || a.g.IDs == nil {
		return a.ones()
	}
	return must(ops.IDMask(a.g.IDs, a.s, a.rows()))
}
