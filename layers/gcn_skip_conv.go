package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GCNSkipConv is the encoder of DMoN, a graph convolution with a skip
// connection instead of self loops:
//
//	X' = a(Ã·X·W + X·W ⊙ s + b),  Ã = D^-½ A D^-½ or as Normalization says
//
// with a trainable vector s that starts at 1.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. Gradient: to X, the weights, and the edge weights of A through Ã.
// Neither Spektral nor PyG has it.
// Source: Tsitsulin et al., Graph Clustering with Graph Neural Networks, JMLR
// 24, 2023, arXiv 2006.16904, section 4; the skip vector as in the code of
// that paper.
type GCNSkipConv struct {
	Units         int                 // the number of features it gives, at least 1
	Activation    ops.Activation      // NewGCNSkipConv sets selu
	Normalization modes.Normalization // of A; NewGCNSkipConv sets Â
	Skip          param.Spec          // initialiser, regulariser and constraint of s; default ones
	Trainable
}

// NewGCNSkipConv is a GCNSkipConv of so many units with selu on Â.
func NewGCNSkipConv(units int) *GCNSkipConv {
	return &GCNSkipConv{Units: units, Activation: ops.SELU, Normalization: modes.GCN()}
}

// Apply implements Layer.
func (l *GCNSkipConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("gcnskipconv")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *GCNSkipConv) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
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
	s, err := sc.Param("skip", param.Ones{}, l.Skip, l.Units)
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
	y, err := norm.Mul(xw)
	if err != nil {
		return nil, err
	}
	if s, err = ops.Reshape(s, 1, l.Units); err != nil {
		return nil, err
	}
	skip, err := ops.SegmentScale(xw, s, ops.OneSegment())
	if err != nil {
		return nil, err
	}
	if y, err = G.Add(y, skip); err != nil {
		return nil, err
	}
	if y, err = l.finish(y, b, l.Activation); err != nil {
		return nil, err
	}
	return y, l.regularize(sc, y)
}
