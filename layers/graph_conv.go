package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GraphConv is a graph convolution with weights of their own for a node and
// for its neighbours:
//
//	x'_i = a(x_i·W_root + Σ_j a_ij x_j·W + b)
//
// or their mean; see Neighbours. W is the weight kernel, W_root root.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Sparse features are multiplied as they are.
// Gradient: to X, the weights, and the edge weights of A.
//
// As PyG's layer with ToColumns: there a_ij is an edge into j.
// Source: Morris et al., Weisfeiler and Leman Go Neural: Higher-order Graph
// Neural Networks, AAAI 2019, arXiv 1810.02244.
type GraphConv struct {
	Units      int            // the number of features it gives, at least 1
	Activation ops.Activation // a; default: none
	Neighbours
	Root      param.Spec // initialiser, regulariser and constraint of W_root; default as the kernel's
	NoRoot    bool       // without x_i·W_root
	Trainable            // Kernel is that of W
}

// NewGraphConv is a GraphConv of so many units that sums up.
func NewGraphConv(units int) *GraphConv {
	return &GraphConv{Units: units, Neighbours: Neighbours{Aggregation: Sum}}
}

// Apply implements Layer.
func (l *GraphConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("graphconv")
	y, err := l.apply(sc, in)
	if err == nil {
		err = l.regularize(sc, y)
	}
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *GraphConv) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	if err := in.CheckA(); err != nil {
		return nil, err
	}
	if err := atLeast("Units", l.Units, 1); err != nil {
		return nil, err
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	w, err := l.kernel(sc, "kernel", in.X.Width(), l.Units)
	if err != nil {
		return nil, err
	}
	y, err := in.X.Mul(w)
	if err != nil {
		return nil, err
	}
	if y, err = l.gather(in, y); err != nil {
		return nil, err
	}
	if y, err = l.addRoot(sc, in, y); err != nil {
		return nil, err
	}
	b, err := l.bias(sc, "bias", l.Units)
	if err != nil {
		return nil, err
	}
	return l.finish(y, b, l.Activation)
}

func (l *GraphConv) addRoot(sc *param.Scope, in modes.Graph, y *G.Node) (*G.Node, error) {
	if l.NoRoot {
		return y, nil
	}
	w, err := sc.Param("root", param.GlorotUniform{}, l.Root, in.X.Width(), l.Units)
	if err != nil {
		return nil, err
	}
	root, err := in.X.Mul(w)
	if err != nil {
		return nil, err
	}
	return G.Add(root, y)
}
