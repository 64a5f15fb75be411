package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Aggregation is how a node combines what its neighbours send it.
type Aggregation string

// The aggregations of messages x_j over edges of weight a_ij. A node without
// neighbours gets 0.
const (
	Sum          Aggregation = "sum"           // Σ_j a_ij x_j
	Mean         Aggregation = "mean"          // Σ_j a_ij x_j over the number of neighbours
	WeightedMean Aggregation = "weighted_mean" // Σ_j a_ij x_j / Σ_j a_ij
)

// Neighbours says which messages a node gets, and how they are combined. Row i
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
	case "", Sum, Mean, WeightedMean:
		return nil
	}
	return fmt.Errorf("Aggregation = %q, want %s, %s or %s", n.Aggregation, Sum, Mean, WeightedMean)
}

// gather is the messages x that reach each node, combined; x has the rows of
// in, and the result its shape.
func (n Neighbours) gather(in modes.Graph, x *G.Node) *G.Node {
	a := n.edges(in.A)
	y := must(a.Mul(x))
	var over *G.Node
	switch n.Aggregation {
	case Mean:
		over = must(a.Stored(x))
	case WeightedMean:
		over = must(a.Degree(x))
	default:
		return y
	}
	if d := y.Dims(); d > 2 {
		over = must(ops.Reshape(over, y.Shape()[:d-1]...))
	}
	return must(ops.Divide(y, over))
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
