package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// TAGConv is the topology adaptive graph convolution, a filter of walks up to
// K long:
//
//	X' = a(Σ_{k=0..K} Âᵏ·X·W_k + b)
//
// Â is A by Normalization; the weights are kernel0 to kernelK and bias. It is
// computed by Horner's scheme, X·W_0 + Â(X·W_1 + Â(…)), with products of Units
// columns, so that sparse features need no dense form.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. Gradient: to X, the weights, and the edge weights of A through Â.
//
// As PyG's layer with ToColumns. Source: Du, Zhang, Wu, Moura, Kar, Topology
// Adaptive Graph Convolutional Networks, 2017, arXiv 1710.10370.
type TAGConv struct {
	Units         int                 // the number of features it gives, at least 1
	K             int                 // the longest walk, at least 0; NewTAGConv sets 3
	Activation    ops.Activation      // a; default: none
	Normalization modes.Normalization // of A; default: D^-½AD^-½ without self loops
	ToColumns     bool                // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Trainable
	made
}

// NewTAGConv is a TAGConv of so many units with K = 3 on D^-½AD^-½.
func NewTAGConv(units int) *TAGConv { return &TAGConv{Units: units, K: 3, made: byNew()} }

// Class implements Classed.
func (*TAGConv) Class() string { return "tagconv" }

// Apply implements Layer.
func (l *TAGConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		ensure(checkHops("K", l.K, 0))
		terms := l.terms(sc, in, l.K+1, l.Units)
		a := must(Neighbours{ToColumns: l.ToColumns}.edges(in.A).Normalize(in.X.Like(), l.Normalization))
		y := terms[l.K]
		for k := l.K - 1; k >= 0; k-- {
			y = must(G.Add(terms[k], must(a.Mul(y))))
		}
		return l.regularized(sc, l.finish(y, l.bias(sc, "bias", l.Units), l.Activation))
	})
}

// terms is X·W_k for each k below n, weights kernel0, kernel1, …
func (t Trainable) terms(sc *param.Scope, in modes.Graph, n, units int) []*G.Node {
	all := make([]*G.Node, n)
	for k := range all {
		all[k] = must(in.X.Mul(t.kernel(sc, fmt.Sprint("kernel", k), in.X.Width(), units)))
	}
	return all
}

// mostHops is the most products with A in one layer: a mistaken number is an
// error before a graph of as many nodes is built.
const mostHops = 1000

func checkHops(option string, k, least int) error {
	if k > mostHops {
		return unwanted(option, k, fmt.Sprintf("at most %d", mostHops))
	}
	return atLeast(option, k, least)
}
