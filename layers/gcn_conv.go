package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GCNConv is a graph convolution:
//
//	X' = a(Â·X·W + b),  Â = D^-½(A+I)D^-½
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. Gradient: to X, the weights, and the edge weights of A through Â.
// As Spektral's layer, which wants A normalised beforehand. PyG's leaves a self
// loop that is there as it is, where A + I adds to it.
// Source: Kipf and Welling, Semi-Supervised Classification with Graph
// Convolutional Networks, ICLR 2017, arXiv 1609.02907.
type GCNConv struct {
	Units         int                 // the number of features it gives, at least 1
	Activation    ops.Activation      // default: none
	Normalization modes.Normalization // of A; NewGCNConv sets Â
	Trainable
}

// NewGCNConv is a GCNConv of so many units on Â.
func NewGCNConv(units int) *GCNConv {
	return &GCNConv{Units: units, Normalization: modes.GCN()}
}

// Apply implements Layer.
func (l *GCNConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("gcnconv")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *GCNConv) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	if err := in.CheckA(); err != nil {
		return nil, err
	}
	if err := atLeast("Units", l.Units, 1); err != nil {
		return nil, err
	}
	w, err := l.kernel(sc, "kernel", in.X.Width(), l.Units)
	if err != nil {
		return nil, err
	}
	b, err := l.bias(sc, "bias", l.Units)
	if err != nil {
		return nil, err
	}
	xw, err := in.X.Mul(w)
	if err != nil {
		return nil, err
	}
	norm, err := in.A.Normalize(xw, l.Normalization)
	if err != nil {
		return nil, err
	}
	y, err := l.convolve(norm, xw, b, l.Activation)
	if err != nil {
		return nil, err
	}
	return y, l.regularize(sc, y)
}
