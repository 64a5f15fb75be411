package modes

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Convolve implements Adj: one operation where a bias has to be added to a
// matrix.
func (a SparseAdj) Convolve(x, b *G.Node, act ops.Activation) (*G.Node, error) {
	if a.Copies == 0 && b != nil && x != nil && x.Dims() == 2 {
		return ops.SpMMLinear(a.Sparse, x, b, act)
	}
	y, err := a.Mul(x)
	return biasActivate(y, err, b, act)
}

// Convolve implements Adj.
func (a DenseAdj) Convolve(x, b *G.Node, act ops.Activation) (*G.Node, error) {
	y, err := a.Mul(x)
	return biasActivate(y, err, b, act)
}

// biasActivate is act(y + b); b may be nil.
func biasActivate(y *G.Node, err error, b *G.Node, act ops.Activation) (*G.Node, error) {
	switch {
	case err != nil:
		return nil, err
	case b != nil:
		return ops.BiasActivate(y, b, act)
	case act != ops.Identity:
		return ops.Activate(y, act)
	}
	return y, nil
}
