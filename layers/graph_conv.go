package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GraphConv is a graph convolution with one matrix for the node itself and
// another one for its neighbours:
//
//	x'_i = a(x_i·W_root + Σ_j a_ij x_j·W + b)
//
// or with a mean, a maximum and so on in place of the sum; see Neighbours. W is the weight kernel,
// and W_root the weight root.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Sparse features are multiplied as they are, and made
// dense for a maximum, a minimum or a deviation, which take a row an edge.
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
	made
}

// NewGraphConv is a GraphConv of so many units that sums up.
func NewGraphConv(units int) *GraphConv {
	return &GraphConv{Units: units, Neighbours: Neighbours{Aggregation: Sum}, made: byNew()}
}

// Class implements Classed.
func (*GraphConv) Class() string { return "graphconv" }

// Apply implements Layer.
func (l *GraphConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkOptions(in)
		return l.regularized(sc, l.features(sc, in, in.X))
	})
}

func (l *GraphConv) checkOptions(in modes.Graph) {
	ensure(in.CheckA())
	ensure(atLeast("Units", l.Units, 1))
	ensure(l.check())
}

// features is the layer's output, with nodes that send the features sent.
func (l *GraphConv) features(sc *param.Scope, in modes.Graph, sent modes.Features) *G.Node {
	w := l.kernel(sc, "kernel", sent.Width(), l.Units)
	var y *G.Node
	if l.Aggregation.linear() {
		y = l.gather(in, must(sent.Mul(w)))
	} else {
		y = must(ops.Linear(l.gather(in, must(sent.ToDense())), w, nil, ops.Identity))
	}
	if !l.NoRoot {
		root := must(sc.Param("root", param.GlorotUniform{}, l.Root, in.X.Width(), l.Units))
		y = must(G.Add(must(in.X.Mul(root)), y))
	}
	return l.finish(y, l.bias(sc, "bias", l.Units), l.Activation)
}

// SAGEConv is a graph convolution on the mean of a node's neighbours:
//
//	x'_i = a(x_i·W_root + (Σ_j a_ij x_j / Σ_j a_ij)·W + b)
//
// It is GraphConv with another aggregation: without weights the mean over the
// neighbours, and with them, as behind a soft pooler, whose A' has an edge
// between any two clusters, the mean by weight. Other aggregations, and a mean
// that ignores weights, are those of Neighbours. With Project the neighbours
// send relu(x_j·P + p) in place of x_j, weights proj_kernel and proj_bias: with
// the aggregation max this is the paper's pooling aggregator. With Normalize
// each row of the result is divided by its Euclidean norm. The paper multiplies
// the concatenation [x_i ‖ mean_j x_j] by one matrix, which is the same.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. A node without neighbours, or with weights that add up to 0, has a mean
// of 0. Normalize leaves a row of zeros as it is.
// Gradient: to X, the weights, and unless Unweighted is set to the edge
// weights of A.
//
// As PyG's layer with ToColumns, Unweighted and the aggregation mean; behind a
// soft pooler that gives the same output for any A'. Spektral's sets Normalize.
// Source: Hamilton, Ying, Leskovec, Inductive Representation Learning on Large
// Graphs, NeurIPS 2017, arXiv 1706.02216.
type SAGEConv struct {
	GraphConv
	Project   bool // relu(x_j·P + p) in place of x_j
	Normalize bool // rows of Euclidean norm 1
	made
}

// NewSAGEConv is a SAGEConv of so many units on the mean by edge weight.
func NewSAGEConv(units int) *SAGEConv {
	l := &SAGEConv{GraphConv: *NewGraphConv(units), made: byNew()}
	l.Neighbours = Neighbours{Aggregation: WeightedMean}
	return l
}

// Class implements Classed.
func (*SAGEConv) Class() string { return "sageconv" }

// Apply implements Layer.
func (l *SAGEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkOptions(in)
		y := l.features(sc, in, l.sent(sc, in))
		if l.Normalize {
			y = must(ops.Divide(y, must(ops.Norm(y, y.Dims()-1))))
		}
		return l.regularized(sc, y)
	})
}

// sent is what the neighbours send.
func (l *SAGEConv) sent(sc *param.Scope, in modes.Graph) modes.Features {
	if !l.Project {
		return in.X
	}
	f := in.X.Width()
	w := l.kernel(sc, "proj_kernel", f, f)
	return modes.Features{Dense: must(in.X.Linear(w, l.bias(sc, "proj_bias", f), ops.ReLU))}
}

// LEConv is the local extremum convolution, which compares a node with its
// neighbours:
//
//	x'_i = a(Σ_j a_ij (x_j·W₁ + b₁ − x_i·W₂) + x_i·W₃ + b₃)
//
// The weights are kernel1, bias1, kernel2, kernel3 and bias3.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Sparse features are multiplied as they are.
// Gradient: to X, the weights, and the edge weights of A.
//
// As PyG's layer with ToColumns. Source: Ranjan, Sanyal, Talukdar, ASAP:
// Adaptive Structure Aware Pooling for Learning Hierarchical Graph
// Representations, AAAI 2020, arXiv 1911.07979.
type LEConv struct {
	Units      int            // the number of features it gives, at least 1
	Activation ops.Activation // a; default: none
	ToColumns  bool           // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Trainable
	made
}

// NewLEConv is a LEConv of so many units.
func NewLEConv(units int) *LEConv { return &LEConv{Units: units, made: byNew()} }

// Class implements Classed.
func (*LEConv) Class() string { return "leconv" }

// Apply implements Layer.
func (l *LEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		heard := must(in.X.Linear(l.named(sc, in, "kernel1"), l.bias(sc, "bias1", l.Units), ops.Identity))
		own := must(in.X.Mul(l.named(sc, in, "kernel2")))
		rest := must(in.X.Mul(l.named(sc, in, "kernel3")))
		a := Neighbours{ToColumns: l.ToColumns}.edges(in.A)
		y := must(G.Sub(must(a.Mul(heard)), must(ops.RowScale(own, must(a.Degree(own))))))
		y = l.finish(must(G.Add(y, rest)), l.bias(sc, "bias3", l.Units), l.Activation)
		return l.regularized(sc, y)
	})
}

func (l *LEConv) named(sc *param.Scope, in modes.Graph, name string) *G.Node {
	return l.kernel(sc, name, in.X.Width(), l.Units)
}
