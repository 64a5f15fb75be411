package graphfile

import (
	"errors"
	"fmt"
	"math"
)

// ReadFeatures is [ReadFeatures] of a file beside g. The rows of an npy file
// are not read yet, but opened as X; they take the place of the X that g has.
func (g *DiskGraph) ReadFeatures(path string) error { return g.ReadFeaturesWith(path, Options{}) }

// ReadFeaturesWith is [DiskGraph.ReadFeatures] of text whose numbers have the
// decimal separator of o.
func (g *DiskGraph) ReadFeaturesWith(path string, o Options) error {
	n := &nodeTable{Graph: g.Graph}
	x, is, err := openFeatureRows(path)
	switch {
	case err != nil:
		return err
	case is:
		err = named(path, n.rowFeatures(x.a.name, x.Rows, x.Cols, nil, func() (*Features, error) { return nil, nil }))
	default:
		err = n.readFeatures(path, o)
	}
	if err != nil {
		return errors.Join(err, x.Close())
	}
	old := g.X
	g.X = nil
	err = errors.Join(old.Close(), g.follow(n.from))
	g.X = x
	return err
}

// ReadLabels is [ReadLabels] of a file beside g.
func (g *DiskGraph) ReadLabels(path string) error {
	n := &nodeTable{Graph: g.Graph}
	if err := n.readLabels(path); err != nil {
		return err
	}
	return g.follow(n.from)
}

// follow makes the edges and X those of nodes that moved, or came, as from says.
func (g *DiskGraph) follow(from rowMap) error {
	if from == nil {
		return nil
	}
	if g.X != nil {
		if err := g.moveX(from); err != nil {
			return err
		}
	}
	if g.held != nil {
		*g.held = g.held.renumbered(from)
		return nil
	}
	from = from.after(g.from)
	if !from.ascends() {
		return g.hold(from)
	}
	g.from, g.at = from, from.nodes(g.disk.nodes)
	return nil
}

// moveX moves the rows of X. What is not in the order of the file is read into
// memory.
func (g *DiskGraph) moveX(from rowMap) error {
	if now := from.after(g.X.from); now.ascends() {
		g.X.follow(now)
		return nil
	}
	f, err := g.X.all()
	if err != nil {
		return err
	}
	g.Graph.Features = f.take(from)
	err = g.X.Close()
	g.X = nil
	return err
}

// hold reads the edges into memory, for nodes whose rows on disk are in another
// order.
func (g *DiskGraph) hold(from rowMap) error {
	if g.Entries > math.MaxInt32 {
		return fmt.Errorf("the file beside the graph numbers the nodes in another order than the graph, whose %d entries are too many to sort in memory; want at most %d, or a table with ids",
			g.Entries, math.MaxInt32)
	}
	a := csr{rows: g.disk.nodes, cols: g.disk.nodes, ptr: make([]int32, 1, g.disk.nodes+1), col: make([]int32, 0, g.Entries)}
	ptr, col, weights, err := g.disk.read(0, a.rows, nil, a.col, nil)
	if err != nil {
		return err
	}
	for _, end := range ptr {
		a.ptr = append(a.ptr, int32(end))
	}
	a.col, a.val = col, weights
	a = a.renumbered(from)
	g.held, g.from, g.at = &a, nil, nil
	g.InMemory = "a file beside the graph numbers its nodes in another order"
	err = g.disk.close()
	g.disk = nil
	return err
}
