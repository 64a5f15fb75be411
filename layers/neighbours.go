package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Aggregation is how a node combines the messages of its neighbours.
type Aggregation string

// The aggregations of messages x_j over edges of weight a_ij. A node without
// neighbours gets 0.
const (
	Sum          Aggregation = "sum"           // Σ_j a_ij x_j
	Mean         Aggregation = "mean"          // Σ_j a_ij x_j over the number of neighbours
	WeightedMean Aggregation = "weighted_mean" // Σ_j a_ij x_j / Σ_j a_ij
	Max          Aggregation = "max"           // the largest a_ij x_j, by column
	Min          Aggregation = "min"           // the smallest a_ij x_j, by column
	Std          Aggregation = "std"           // their standard deviation, by column; 0 where the variance is at most 1e-5
)

// linear tells whether a product with a matrix may come before the
// aggregation.
func (a Aggregation) linear() bool { return a != Max && a != Min && a != Std }

// Neighbours sets which messages a node gets, and how they are combined. Row i
// of A holds the edges into node i: its message from j has weight a_ij. The
// zero value sums the messages.
type Neighbours struct {
	Aggregation Aggregation // "" means sum
	Unweighted  bool        // every stored edge counts 1, whatever its weight
	ToColumns   bool        // a_ij is an edge into j, as in PyG: Aᵀ in place of A
}

// check errs for an aggregation that does not exist.
func (n Neighbours) check() error {
	switch n.Aggregation {
	case "", Sum, Mean, WeightedMean, Max, Min, Std:
		return nil
	}
	return fmt.Errorf("Aggregation = %q, want %s, %s, %s, %s, %s or %s", n.Aggregation, Sum, Mean, WeightedMean, Max, Min, Std)
}

// gather is the messages x that reach each node, combined; x has the rows of
// in, and the result its shape.
func (n Neighbours) gather(in modes.Graph, x *G.Node) *G.Node {
	if !n.Aggregation.linear() {
		return byGraph(in, n.among(in, asRows(x)))
	}
	a := n.edges(in.A)
	return n.mean(a, must(a.Mul(x)))
}

// gatherLinear is gather of x·W, for an aggregation that is linear. Where
// propagates says so and x is the features of in, it is the product of W with
// what they gather, which is kept from run to run.
func (n Neighbours) gatherLinear(in modes.Graph, x modes.Features, w *G.Node, propagates bool) *G.Node {
	if !propagates || x.Dense != in.X.Dense {
		return n.gather(in, must(x.Mul(w)))
	}
	a := n.edges(in.A)
	return n.mean(a, must(in.PropagateLinear(a, w, nil, ops.Identity)))
}

// mean divides sums y over the edges of a as the aggregation says.
func (n Neighbours) mean(a modes.Adj, y *G.Node) *G.Node {
	var over *G.Node
	switch n.Aggregation {
	case Mean:
		over = must(a.Stored(y))
	case WeightedMean:
		over = must(a.Degree(y))
	default:
		return y
	}
	if d := y.Dims(); d > 2 {
		over = must(ops.Reshape(over, y.Shape()[:d-1]...))
	}
	return must(ops.Divide(y, over))
}

// among is the maximum, the minimum or the standard deviation of the messages
// of x that reach each node, edge by edge.
func (n Neighbours) among(in modes.Graph, x *G.Node) *G.Node {
	kind := EdgeWeights
	if n.Unweighted {
		kind = NoEdgeFeatures
	}
	list := listEdges(in, kind, n.ToColumns)
	sent := must(ops.Gather(x, list.senders()))
	if list.f != nil {
		sent = must(ops.RowScale(sent, must(ops.Reshape(list.f, list.m.Capacity))))
	}
	switch n.Aggregation {
	case Max:
		return must(ops.SegmentMax(sent, list.heard()))
	case Min:
		return must(ops.Affine(must(ops.SegmentMax(must(ops.Affine(sent, -1, 0)), list.heard())), -1, 0))
	}
	return deviation(sent, list.heard())
}

// edges is A as the options read it.
func (n Neighbours) edges(a modes.Adj) modes.Adj {
	if n.Unweighted {
		a = must(a.Unweighted())
	}
	if n.ToColumns {
		a = must(a.Transpose())
	}
	return a
}
