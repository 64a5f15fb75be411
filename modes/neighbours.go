package modes

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// LocalMaxima implements Adj.
func (a SparseAdj) LocalMaxima(v *G.Node, seg ops.Segments, slots int) (*G.Node, error) {
	return ops.LocalMaxima(a.Sparse, v, seg, slots)
}

// LocalMaxima implements Adj.
func (a DenseAdj) LocalMaxima(v *G.Node, seg ops.Segments, slots int) (*G.Node, error) {
	return ops.LocalMaximaDense(a.Node, v, seg, slots)
}

// InverseHops implements Adj.
func (a SparseAdj) InverseHops(idx, like *G.Node, seg ops.Segments, rows int) (*G.Node, error) {
	return ops.InverseHops(a.Sparse, idx, like, seg, rows)
}

// InverseHops implements Adj.
func (a DenseAdj) InverseHops(idx, like *G.Node, seg ops.Segments, rows int) (*G.Node, error) {
	return ops.InverseHopsDense(a.Node, idx, like, seg, rows)
}
