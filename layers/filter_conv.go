package layers

import (
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
