package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// PANConv is the path integral graph convolution: each node gets messages from
// all nodes that walks of up to L steps reach, with a trained weight for each
// length,
//
//	X' = a(M·X·W + b),  M = Z^-½ (Σ_{n=0..L} w_0 w_1 … w_n Tⁿ) Z^-½
//
// and passes M on as the adjacency, which PAN's pooling layer reads. T is 1 at
// each edge of A, whose weights are not read. Z_i is the number of nodes that
// node i gets messages from, including itself; the paper uses the sum of the
// row instead. The w are the weight "weight".
//
// Modes: all. Shapes: X' has X's rows and Units columns; A' = M is sparse, over
// all rows, in every mode. M is never made dense: it has room for Capacity
// entries, which a graph that fills it is an error of the run. Padding hears
// itself.
// Gradient: to X and the weights.
//
// As PyG's layer with ToColumns, whose gradient of w is another than that of
// its output. Source: Ma, Xuan, Wang, Li, Liò, Path Integral Based Convolution
// and Pooling for Graph Neural Networks, NeurIPS 2020, arXiv 2006.16811.
type PANConv struct {
	Units      int            // the number of features it gives, at least 1
	L          int            // the longest walk, at least 0
	Activation ops.Activation // a; default: none
	Capacity   int            // the most entries of M; 0: 32 for each row and edge that there is room for, or all pairs of a graph
	ToColumns  bool           // a_ij is an edge into j, as in PyG: Aᵀ in place of A, and A' = Mᵀ
	Walks      param.Spec     // initialiser, regulariser and constraint of w; starts at 0.5
	Trainable
	made
}

// NewPANConv is a PANConv of so many units with walks of up to l steps.
func NewPANConv(units, l int) *PANConv { return &PANConv{Units: units, L: l, made: byNew()} }

// Class implements Classed.
func (*PANConv) Class() string { return "panconv" }

// Apply implements Layer.
func (l *PANConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(l, sc, in, func(sc *param.Scope) Output {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		ensure(checkHops("L", l.L, 0))
		ensure(atLeast("Capacity", l.Capacity, 0))
		x := asRows(must(in.X.Mul(l.kernel(sc, "kernel", in.X.Width(), l.Units))))
		m := l.operator(sc, in)
		y := l.finish(must(ops.SpMM(m, x)), l.bias(sc, "bias", l.Units), l.Activation)
		out := in.WithX(l.regularized(sc, byGraph(in, y)))
		if l.ToColumns {
			m = must(ops.Transposed(m))
		}
		out.A, out.E = modes.SparseAdj{Sparse: m}, nil
		return Output{Graph: out}
	})
}

// operator is M, whose row i is what node i hears.
func (l *PANConv) operator(sc *param.Scope, in modes.Graph) ops.Sparse {
	t := must(in.Edges())
	t.Capacity = max(t.Capacity, 1)
	if t.Weights != nil {
		t.Capacity, t.Weights = t.Weights.Shape()[0], nil
	}
	if l.ToColumns {
		t = must(ops.Transposed(t))
	}
	w := must(sc.Param("weight", param.Constant{Value: 0.5}, l.Walks, l.L+1))
	m := l.powers(in, t, w)
	ones := m
	ones.Weights = nil
	inv := must(ops.InvSqrt(must(ops.RowSums(ones, w)), 0))
	m.Weights = must(ops.Hadamard(m.Weights, must(ops.EdgeRows(m, inv))))
	m.Weights = must(ops.Hadamard(m.Weights, must(ops.EdgeCols(m, inv))))
	return scaled(m, w, 0)
}

// powers is I + w_1 T(I + w_2 T(I + …)), with one entry a place.
func (l *PANConv) powers(in modes.Graph, t ops.Sparse, w *G.Node) ops.Sparse {
	none := ops.Sparse{Pattern: must(emptyPattern(w.Graph(), t.Rows)), Rows: t.Rows, Cols: t.Rows, Capacity: 1}
	none.Weights = must(ops.Full(w, 1, 1))
	m := must(ops.SelfLoops(none))
	for k := l.L; k >= 1; k-- {
		m = scaled(must(ops.SpSpMM(t, m, productCapacity(in, t, l.Capacity), w)), w, k)
		m = must(ops.Merged(must(ops.SelfLoops(m)), false))
	}
	return m
}

// productCapacity is the most entries of a product with t, where an option says
// no other.
func productCapacity(in modes.Graph, t ops.Sparse, option int) int {
	if option > 0 {
		return option
	}
	return max(1, min(in.Rows()*in.RowsPerGraph(), 32*(t.Capacity+t.Rows)))
}

// scaled is m times element k of w.
func scaled(m ops.Sparse, w *G.Node, k int) ops.Sparse {
	factor := must(ops.Column(must(ops.Reshape(w, 1, w.Shape()[0])), k))
	factor = must(ops.Spread(factor, ops.OneSegment(), m.Weights.Shape()[0]))
	m.Weights = must(ops.Hadamard(m.Weights, factor))
	return m
}

// emptyPattern is the pattern of a matrix n×n without entries. One name is for
// one content.
func emptyPattern(g *G.ExprGraph, n int) (*G.Node, error) {
	p, _, err := ops.PatternFromCOO(n, n, nil, nil)
	if err != nil {
		return nil, err
	}
	return ops.NewPatternNode(g, fmt.Sprintf("layers/empty/%d", n), p)
}
