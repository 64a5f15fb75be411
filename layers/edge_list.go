package layers

import (
	"errors"
	"fmt"
	"strconv"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// EdgeFeatures selects what a layer reads of an edge besides its two nodes.
type EdgeFeatures string

// What there is to read of an edge. Attributes want a sparse A.
const (
	NoEdgeFeatures EdgeFeatures = ""           // nothing: an edge is there or not
	EdgeWeights    EdgeFeatures = "weights"    // its weight, one feature; 1 where A has no weights
	EdgeAttributes EdgeFeatures = "attributes" // the attributes of its entry, Graph.E; parallel edges stay apart
)

func (e EdgeFeatures) check() error {
	switch e {
	case NoEdgeFeatures, EdgeWeights, EdgeAttributes:
		return nil
	}
	return unwanted("Edges", strconv.Quote(string(e)), fmt.Sprintf("%s, %s or nothing", EdgeWeights, EdgeAttributes))
}

// edgeList is the edges of all graphs, and their features f, a row an edge;
// nil without.
type edgeList struct {
	m         ops.Sparse
	f         *G.Node
	toColumns bool
}

// listEdges is the edges of in with what kind tells to read of them.
func listEdges(in modes.Graph, kind EdgeFeatures, toColumns bool) edgeList {
	list := edgeList{toColumns: toColumns}
	if kind == EdgeAttributes {
		m, e, err := in.AttributedEdges()
		ensure(err)
		list.m, list.f = m, e
	} else {
		list.m = must(in.Edges())
	}
	if kind == EdgeWeights {
		w := list.m.Weights
		if w == nil {
			w = must(ops.Full(in.X.Like(), 1, list.m.Capacity))
		}
		list.f = must(ops.Reshape(w, w.Shape()[0], 1))
	}
	if list.m.Weights != nil {
		list.m.Capacity, list.m.Weights = list.m.Weights.Shape()[0], nil
	}
	if list.m.Capacity < 1 {
		ensure(errors.New("the adjacency has no capacity, want at least 1"))
	}
	return list
}

// withLoops is the edges without the loops among them, and one loop a node,
// whose features are a number, or the mean of those that the node hears.
func (l edgeList) withLoops(in modes.Graph, mean bool, fill float64) edgeList {
	out := edgeList{toColumns: l.toColumns}
	without := must(ops.WithoutLoops(l.m))
	out.m = must(ops.SelfLoops(without))
	if l.f == nil {
		return out
	}
	f := must(ops.GatherEdges(without, l.f))
	var loops *G.Node // their features, a row a node
	if mean {
		heard := edgeList{m: without, toColumns: l.toColumns}.receivers()
		loops = must(ops.SegmentMean(f, ops.Segments{IDs: heard, Count: in.Rows()}))
	} else {
		loops = must(ops.Full(f, fill, in.Rows(), f.Shape()[1]))
	}
	old := must(ops.GatherEdges(out.m, must(ops.Full(f, 1, f.Shape()[0]))))
	isNew := must(ops.Affine(old, -1, 1))
	loops = must(ops.RowScale(must(ops.Gather(loops, out.receivers())), isNew))
	out.f = must(G.Add(must(ops.GatherEdges(out.m, f)), loops))
	return out
}

// line is where the edges that a node hears stand.
func (l edgeList) line() ops.Line {
	if l.toColumns {
		return ops.PerColumn
	}
	return ops.PerRow
}

// receivers is the node that hears each edge, −1 beyond the edges.
func (l edgeList) receivers() *G.Node {
	if l.toColumns {
		return must(ops.EntryCols(l.m))
	}
	return must(ops.EntryRows(l.m))
}

// senders is the node that each edge comes from, −1 beyond the edges.
func (l edgeList) senders() *G.Node {
	if l.toColumns {
		return must(ops.EntryRows(l.m))
	}
	return must(ops.EntryCols(l.m))
}

// sum is for each node the sum of x of those that it hears, by the shares of
// the edges, a column a head.
func (l edgeList) sum(shares, x *G.Node) *G.Node {
	if l.toColumns {
		return must(ops.SpMMHeadsT(l.m, shares, x))
	}
	return must(ops.SpMMHeads(l.m, shares, x))
}

// heard is the nodes that hear the edges, as segments of them.
func (l edgeList) heard() ops.Segments {
	return ops.Segments{IDs: l.receivers(), Count: l.m.Rows}
}
