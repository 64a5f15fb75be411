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
// As Spektral's layer, which wants A normalised beforehand. If a node has a self
// loop already, A + I adds 1 to it; PyG's layer leaves it as it is, and takes Aᵀ
// for a directed A, since there an edge goes to the node that reads it.
// Source: Kipf and Welling, Semi-Supervised Classification with Graph
// Convolutional Networks, ICLR 2017, arXiv 1609.02907.
type GCNConv struct {
	Units         int                 // the number of features it gives, at least 1
	Activation    ops.Activation      // default: none
	Normalization modes.Normalization // of A; NewGCNConv sets Â
	Trainable
	made
}

// NewGCNConv is a GCNConv of so many units on Â.
func NewGCNConv(units int) *GCNConv {
	return &GCNConv{Units: units, Normalization: modes.GCN(), made: byNew()}
}

// Class implements Classed.
func (*GCNConv) Class() string { return "gcnconv" }

// Apply implements Layer.
func (l *GCNConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		w := l.kernel(sc, "kernel", in.X.Width(), l.Units)
		b := l.bias(sc, "bias", l.Units)
		if in.Propagates(sc.Learnables()) {
			a := must(in.A.Normalize(in.X.Dense, l.Normalization))
			return l.regularized(sc, l.propagate(in, a, w, b, l.Activation))
		}
		xw := must(in.X.Mul(w))
		a := must(in.A.Normalize(xw, l.Normalization))
		return l.regularized(sc, l.convolve(a, xw, b, l.Activation))
	})
}

// GCNSkipConv is the encoder of DMoN, a graph convolution with a skip
// connection:
//
//	X' = a(Ã·X·W + X·W ⊙ s + b),  Ã is A as Normalization says
//
// with a trainable vector s that starts at 1. NewGCNSkipConv sets Ã = Â, with
// self loops, as the code of the paper does. The paper's formula has Ã =
// D^-½ A D^-½: that is a Normalization without SelfLoops.
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
	made
}

// NewGCNSkipConv is a GCNSkipConv of so many units with selu on Â.
func NewGCNSkipConv(units int) *GCNSkipConv {
	return &GCNSkipConv{Units: units, Activation: ops.SELU, Normalization: modes.GCN(), made: byNew()}
}

// Class implements Classed.
func (*GCNSkipConv) Class() string { return "gcnskipconv" }

// Apply implements Layer.
func (l *GCNSkipConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		w := l.kernel(sc, "kernel", in.X.Width(), l.Units)
		s := must(sc.Param("skip", param.Ones{}, l.Skip, l.Units))
		b := l.bias(sc, "bias", l.Units)
		if in.PropagatesBeside(sc.Learnables()) {
			a := must(in.A.Normalize(in.X.Dense, l.Normalization))
			return l.regularized(sc, l.propagateBeside(in, a, w, scaleColumns(w, s), b, l.Activation))
		}
		xw := must(in.X.Mul(w))
		a := must(in.A.Normalize(xw, l.Normalization))
		y := must(G.Add(must(a.Mul(xw)), scaleColumns(xw, s)))
		return l.regularized(sc, l.finish(y, b, l.Activation))
	})
}
