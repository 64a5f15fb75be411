package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// ChebConv filters by Chebyshev polynomials of the graph's Laplacian:
//
//	X' = a(Σ_{k<K} T_k(L̂)·X·W_k + b),  L̂ = 2L/λ − I
//	T_0 = I, T_1 = L̂, T_k = 2L̂·T_{k−1} − T_{k−2}
//
// L is that of A without self loops, d_i the sum of row i: I − D^-½AD^-½
// (Symmetric), I − D^-1·A (RandomWalk), or D − A (Unnormalized). λ is Lambda, or
// else 2, and for D − A twice the largest d_i of the graph, which bounds its
// eigenvalues. The weights are kernel0, kernel1, … and bias. The sum is
// computed by Clenshaw's scheme, with products of Units columns, so that sparse
// features need no dense form.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. A graph without edges has L̂ = −I for D − A, and 2/λ − 1 on the diagonal
// otherwise. Gradient: to X, the weights, and the edge weights of A, through λ
// as well where it is the largest degree.
//
// As PyG's layer with ToColumns, whose λ of D − A is that of the whole batch,
// so that a graph's output depends on the others. Source: Defferrard, Bresson,
// Vandergheynst, Convolutional Neural Networks on Graphs with Fast Localized
// Spectral Filtering, NeurIPS 2016, arXiv 1606.09375.
type ChebConv struct {
	Units      int            // the number of features it gives, at least 1
	K          int            // the number of polynomials, at least 1
	Activation ops.Activation // a; default: none
	Laplacian  modes.Kind     // which L; default: symmetric
	Lambda     float64        // λ, at least 0; 0: as above
	ToColumns  bool           // a_ij is an edge into j, as in PyG: L̂ᵀ in place of L̂
	Trainable
	made
}

// NewChebConv is a ChebConv of so many units and polynomials on I − D^-½AD^-½.
func NewChebConv(units, k int) *ChebConv { return &ChebConv{Units: units, K: k, made: byNew()} }

// Class implements Classed.
func (*ChebConv) Class() string { return "chebconv" }

// Apply implements Layer.
func (l *ChebConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		ensure(checkHops("K", l.K, 1))
		ensure(notNegative("Lambda", l.Lambda))
		if l.Laplacian < modes.Symmetric || l.Laplacian > modes.Unnormalized {
			ensure(unwanted("Laplacian", l.Laplacian, "Symmetric, RandomWalk or Unnormalized"))
		}
		y := clenshaw(l.terms(sc, in, l.K, l.Units), l.laplacian(in))
		return l.regularized(sc, l.finish(y, l.bias(sc, "bias", l.Units), l.Activation))
	})
}

// clenshaw is Σ_k T_k(L̂)·c_k: b_k = c_k + 2L̂·b_{k+1} − b_{k+2}, and in the end
// c_0 + L̂·b_1 − b_2.
func clenshaw(c []*G.Node, apply func(x *G.Node) *G.Node) *G.Node {
	var next, after *G.Node // b_{k+1} and b_{k+2}
	for k := len(c) - 1; k >= 0; k-- {
		b := c[k]
		if next != nil {
			step := apply(next)
			if k > 0 {
				step = must(ops.Affine(step, 2, 0))
			}
			b = must(G.Add(b, step))
		}
		if after != nil {
			b = must(G.Sub(b, after))
		}
		next, after = b, next
	}
	return next
}

// laplacian is the product with L̂.
func (l *ChebConv) laplacian(in modes.Graph) func(x *G.Node) *G.Node {
	a := must(in.A.WithoutLoops())
	var d, scale *G.Node // of D − A: the degrees, and 2/λ by row
	if l.Laplacian == modes.Unnormalized {
		d = must(a.Degree(in.X.Like()))
		if l.Lambda == 0 {
			most := must(ops.SegmentMax(d, in.Segments()))
			one := must(ops.Divide(must(ops.Full(most, 1, in.Graphs)), most))
			scale = must(ops.Spread(one, in.Segments(), in.Rows()))
		}
	}
	a = must(a.Normalize(in.X.Like(), modes.Normalization{Kind: l.Laplacian}))
	a = Neighbours{ToColumns: l.ToColumns}.edges(a)
	lambda := l.Lambda
	if lambda == 0 {
		lambda = 2
	}
	return func(x *G.Node) *G.Node {
		diagonal := x
		if d != nil {
			diagonal = must(ops.RowScale(x, d))
		}
		lx := must(G.Sub(diagonal, must(a.Mul(x))))
		if scale != nil {
			lx = must(ops.RowScale(lx, scale))
		} else {
			lx = must(ops.Affine(lx, 2/lambda, 0))
		}
		return must(G.Sub(lx, x))
	}
}

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

// ARMAConv is a filter by auto-regressive moving averages, approximated by the
// mean of several stacks of layers, each of which sees X again:
//
//	X_0 = X,  X_{t+1} = a(Â·X_t·W_t + X·V_t + b_t),  X' = the mean of X_T over the stacks
//
// Â = D^-½AD^-½ with self loops as A has them, and T is Layers. Stack k has the
// weights init_kernel_k (W_0), kernel_t_k (W_t), root_kernel_t_k (V_t) and
// bias_t_k. With Shared the layers of a stack have one W after the first, one V
// and one b, those of t = 0.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. Sparse features are multiplied as they are. Gradient: to X, the
// weights, and the edge weights of A through Â.
//
// As PyG's layer with ToColumns, without its dropout. Source: Bianchi,
// Grattarola, Livi, Alippi, Graph Neural Networks with Convolutional ARMA
// Filters, TPAMI 2021, arXiv 1901.01343.
type ARMAConv struct {
	Units      int            // the number of features it gives, at least 1
	Stacks     int            // at least 1; NewARMAConv sets 1
	Layers     int            // T, at least 1; NewARMAConv sets 1
	Shared     bool           // one W, V and b for all layers of a stack
	Activation ops.Activation // a; NewARMAConv sets relu
	ToColumns  bool           // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Trainable
	made
}

// NewARMAConv is an ARMAConv of so many units with one stack of one layer, and
// relu.
func NewARMAConv(units int) *ARMAConv {
	return &ARMAConv{Units: units, Stacks: 1, Layers: 1, Activation: ops.ReLU, made: byNew()}
}

// Class implements Classed.
func (*ARMAConv) Class() string { return "armaconv" }

// Apply implements Layer.
func (l *ARMAConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		ensure(checkHops("Stacks", l.Stacks, 1))
		ensure(checkHops("Layers", l.Layers, 1))
		a := must(Neighbours{ToColumns: l.ToColumns}.edges(in.A).Normalize(in.X.Like(), modes.Normalization{}))
		var sum *G.Node
		for k := range l.Stacks {
			y := l.stack(sc, in, a, k)
			if sum != nil {
				y = must(G.Add(sum, y))
			}
			sum = y
		}
		return l.regularized(sc, must(ops.Affine(sum, 1/float64(l.Stacks), 0)))
	})
}

// stack is X_T of stack k.
func (l *ARMAConv) stack(sc *param.Scope, in modes.Graph, a modes.Adj, k int) (y *G.Node) {
	for t := range l.Layers {
		if t == 0 {
			y = must(in.X.Mul(l.kernel(sc, fmt.Sprint("init_kernel_", k), in.X.Width(), l.Units)))
		} else {
			y = must(ops.Linear(y, l.kernel(sc, l.name("kernel", t-1, k), l.Units, l.Units), nil, ops.Identity))
		}
		root := must(in.X.Mul(l.kernel(sc, l.name("root_kernel", t, k), in.X.Width(), l.Units)))
		y = l.finish(must(G.Add(must(a.Mul(y)), root)), l.bias(sc, l.name("bias", t, k), l.Units), l.Activation)
	}
	return y
}

// name is that of a weight of layer t of stack k.
func (l *ARMAConv) name(weight string, t, k int) string {
	if l.Shared {
		t = 0
	}
	return fmt.Sprintf("%s_%d_%d", weight, t, k)
}
