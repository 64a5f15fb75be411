package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Graph is what layers take and return: one or several graphs as nodes of an
// expression graph.
type Graph struct {
	Mode   Mode
	Graphs int      // the number of graphs, at least 1; graphs without nodes count
	X      Features // the nodes' features, one row a node
	A      Adj      // the adjacency; nil where no layer reads it
	E      *G.Node  // attributes of the entries of a sparse A, a row an entry in its order, as many rows as A has capacity; nil: none
	IDs    *G.Node  // the graph of each row, a vector of Int, −1 for padding; nil: all rows are of the one graph there is

	Levels []CoarseGraph // the graphs made smaller beforehand, from fine to coarse; see Coarsen
}

// Segments is the graphs as segments of the rows.
func (g Graph) Segments() ops.Segments { return ops.Segments{IDs: g.IDs, Count: g.Graphs} }

// Rows is the number of rows of X, padding included.
func (g Graph) Rows() int { return g.X.Rows() }

// RowsPerGraph is the number of rows each graph has in batch and mixed mode,
// and the number of all rows otherwise.
func (g Graph) RowsPerGraph() int {
	if g.Mode.Padded() {
		return g.Rows() / max(1, g.Graphs)
	}
	return g.Rows()
}

// Counts is the number of nodes of each graph, a vector of Graphs floats.
func (g Graph) Counts() (*G.Node, error) {
	like, err := g.X.like()
	if err != nil {
		return nil, err
	}
	return ops.SegmentCount(g.Segments(), like, g.Rows())
}

// Mask is 1 for each node and 0 for padding, shaped as the rows of X: N, or
// B×N in batch and mixed mode.
func (g Graph) Mask() (*G.Node, error) {
	like, err := g.X.like()
	if err != nil {
		return nil, err
	}
	if err := g.Check(); err != nil {
		return nil, fmt.Errorf("modes: mask: %w", err)
	}
	shape := []int{g.Rows()}
	if g.Mode.Padded() {
		shape = []int{g.Graphs, g.RowsPerGraph()}
	}
	if g.IDs == nil {
		return ops.Full(like, 1, shape...)
	}
	return ops.IDMask(g.IDs, like, shape...)
}

// WithX is g with dense features x, which has g's rows.
func (g Graph) WithX(x *G.Node) Graph {
	g.X = Features{Dense: x}
	return g
}

// Check errs where g's parts do not fit together.
func (g Graph) Check() error {
	if err := atLeast("Graphs", g.Graphs, 1); err != nil {
		return err
	}
	if g.IDs == nil && g.Graphs != 1 {
		return fmt.Errorf("%d graphs without ids, want the graph of each node", g.Graphs)
	}
	if g.X.empty() {
		return errors.New("the graph has no features, want X")
	}
	if err := g.X.check(); err != nil {
		return err
	}
	if err := g.checkLayout(); err != nil {
		return err
	}
	if g.IDs != nil && g.IDs.Shape().TotalSize() != g.Rows() {
		return fmt.Errorf("%d ids for %d nodes, want one a node", g.IDs.Shape().TotalSize(), g.Rows())
	}
	return nil
}

// CheckA is Check for a layer that reads the adjacency: it errs as well where
// there is none, or one of another number of nodes.
func (g Graph) CheckA() error {
	if err := g.Check(); err != nil {
		return err
	}
	switch g.A.(type) {
	case nil:
		return errors.New("the graph has no adjacency, want A")
	case SparseAdj, DenseAdj:
	default:
		return fmt.Errorf("the adjacency is a %T, want a SparseAdj or a DenseAdj", g.A)
	}
	if g.A.Rows() != g.Rows() {
		return fmt.Errorf("the adjacency is of %d nodes and X of %d, want as many", g.A.Rows(), g.Rows())
	}
	return nil
}

// checkLayout errs where X is not laid out as the mode says.
func (g Graph) checkLayout() error {
	switch g.Mode {
	case Single, Disjoint:
		if x := g.X.Dense; x != nil && x.Dims() != 2 {
			return fmt.Errorf("the features have shape %v in %v mode, want N×F; batch mode takes B×N×F", x.Shape(), g.Mode)
		}
	case Batch, Mixed:
		if x := g.X.Dense; x == nil || x.Dims() != 3 || x.Shape()[0] != g.Graphs {
			return fmt.Errorf("the features are %v in %v mode, want a dense B×N×F with B = %d, the graphs; disjoint mode takes N×F", g.X, g.Mode, g.Graphs)
		}
	default:
		return fmt.Errorf("%v is no mode, want single, disjoint, batch or mixed", g.Mode)
	}
	return nil
}
