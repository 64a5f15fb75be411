package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// propagateShare is the least number of entries of A, as a share of the elements
// of X, for A·X to be worth its memory. An epoch of A·(X·W) makes two products
// with A, of X·W and of its gradient, beside two with X: so it saves at least a
// seventeenth of the work.
const propagateShare = 1.0 / 16

// Propagates tells whether a layer that needs A·X·W once a run does better by
// (A·X)·W, with A·X kept from run to run (see ops.PropagateLinear), than by
// A·(X·W). It is so for one graph whose sparse A and dense X are inputs of the
// expression graph, where A has at least X's elements over 16 as entries. A·X
// takes as much memory as X. Many sparse columns would make a dense A·X, so that
// sparse X is left alone; batches change from run to run, and so do features and
// edge weights among the trained nodes.
func (g Graph) Propagates(trained G.Nodes) bool { return g.propagates(trained, propagateShare) }

// besideShare is propagateShare for a layer that needs X·W beside A·X·W. It
// then makes two dense products with X more, for the two sparse ones that it
// saves; a number of a dense product takes about an eighth of one of a sparse
// product.
const besideShare = 1.0 / 8

// PropagatesBeside is [Graph.Propagates] for a layer that needs X·W as well,
// which A·(X·W) has at no cost: A must have at least X's elements over 8 as
// entries.
func (g Graph) PropagatesBeside(trained G.Nodes) bool { return g.propagates(trained, besideShare) }

func (g Graph) propagates(trained G.Nodes, share float64) bool {
	a, ok := g.A.(SparseAdj)
	if !ok || g.Mode != Single || g.X.Dense == nil || a.Pattern == nil {
		return false
	}
	for _, n := range []*G.Node{g.X.Dense, a.Pattern, a.Weights} {
		if n != nil && (n.Op() != nil || trained.Contains(n)) {
			return false
		}
	}
	return float64(a.Capacity) >= share*float64(g.X.Dense.Shape().TotalSize())
}

// PropagateLinear is act((a·X)·W + b) for a matrix a made of A; b may be nil.
func (g Graph) PropagateLinear(a Adj, w, b *G.Node, act ops.Activation) (*G.Node, error) {
	m, err := g.propagated("PropagateLinear", a)
	if err != nil {
		return nil, err
	}
	return ops.PropagateLinear(m, g.X.Dense, w, b, act)
}

// PropagateLinearBeside is act((a·X)·W + X·V + b) for a matrix a made of A; b
// may be nil.
func (g Graph) PropagateLinearBeside(a Adj, w, v, b *G.Node, act ops.Activation) (*G.Node, error) {
	m, err := g.propagated("PropagateLinearBeside", a)
	if err != nil {
		return nil, err
	}
	return ops.PropagateLinearBeside(m, g.X.Dense, w, v, b, act)
}

// propagated is a as the matrix that propagates the features of g.
func (g Graph) propagated(name string, a Adj) (ops.Sparse, error) {
	sparse, ok := a.(SparseAdj)
	if !ok || sparse.Copies > 0 || g.X.Dense == nil {
		return ops.Sparse{}, fmt.Errorf("modes: %s is for a sparse A and dense X of one graph", name)
	}
	return sparse.Sparse, nil
}
