package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

// The same call twice is one node, which is computed once.
func TestIdenticalExpressionsAreOneNode(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		y, in := c.graph(t)
		again, err := c.build(in)
		require.NoError(t, err)
		assert.Same(t, y, again)
	})
}

// An attribute that differs makes another node.
func TestExpressionsThatDifferAreNotMerged(t *testing.T) {
	g := G.NewGraph()
	x, v, ids := float(g, 4, 4), float(g, 4), index(g, 0, 1, 1, 0)
	one := OneSegment()
	p := node(g, "p", looped())
	m := Sparse{Pattern: p, Weights: float(g, 6), Rows: 4, Cols: 4}
	like := m
	like.Symmetric = true
	sparse := func(s Sparse, err error) (*G.Node, error) { return s.Pattern, err }
	for _, c := range []struct {
		name string
		a, b func() (*G.Node, error)
	}{
		{"SoftMax temperatures", func() (*G.Node, error) { return SoftMax(x, 1) }, func() (*G.Node, error) { return SoftMax(x, 2) }},
		{"temperatures that print alike", func() (*G.Node, error) { return SoftMax(x, 0.1) }, func() (*G.Node, error) { return SoftMax(x, 0.1+1e-16) }},
		{"Affine factors", func() (*G.Node, error) { return Affine(x, 1, 2) }, func() (*G.Node, error) { return Affine(x, 2, 2) }},
		{"Affine constants", func() (*G.Node, error) { return Affine(x, 1, 2) }, func() (*G.Node, error) { return Affine(x, 1, 3) }},
		{"Affine factors and constants", func() (*G.Node, error) { return Affine(x, 1, 23) }, func() (*G.Node, error) { return Affine(x, 12, 3) }},
		{"Constant values", func() (*G.Node, error) { return Full(x, 1) }, func() (*G.Node, error) { return Full(x, 2) }},
		{"TopK ratios", func() (*G.Node, error) { return SegmentTopK(v, one, TopK{Ratio: 0.26}) }, func() (*G.Node, error) { return SegmentTopK(v, one, TopK{Ratio: 0.27}) }},
		{"TopK counts", func() (*G.Node, error) { return SegmentTopK(v, one, TopK{K: 1}) }, func() (*G.Node, error) { return SegmentTopK(v, one, TopK{Ratio: 0.1}) }},
		{"TopK orders", func() (*G.Node, error) { return SegmentTopK(v, one, TopK{K: 2}) }, func() (*G.Node, error) { return SegmentTopK(v, one, TopK{K: 2, Descending: true}) }},
		{"TopK ranks", func() (*G.Node, error) { return SegmentTopK(v, one, TopK{K: 2}) }, func() (*G.Node, error) { return SegmentTopK(v, one, TopK{K: 2, By: Tanh}) }},
		{"TopK layouts", func() (*G.Node, error) { return SegmentTopK(v, Segments{ids, 2}, TopK{K: 2}) }, func() (*G.Node, error) { return SegmentTopK(v, Segments{ids, 2}, TopK{K: 2, Slots: true}) }},
		{"bounds", func() (*G.Node, error) { return SegmentAbove(v, one, 0) }, func() (*G.Node, error) { return SegmentAbove(v, one, 1) }},
		{"Reshape shapes", func() (*G.Node, error) { return Reshape(x, 2, 8) }, func() (*G.Node, error) { return Reshape(x, 8, 2) }},
		{"Dropout probabilities", func() (*G.Node, error) { return Dropout(x, 0.1, 1) }, func() (*G.Node, error) { return Dropout(x, 0.2, 1) }},
		{"Dropout seeds", func() (*G.Node, error) { return Dropout(x, 0.1, 1) }, func() (*G.Node, error) { return Dropout(x, 0.1, 2) }},
		{"activations", func() (*G.Node, error) { return Activate(x, ReLU) }, func() (*G.Node, error) { return Activate(x, ELU) }},
		{"activations of Linear", func() (*G.Node, error) { return Linear(x, x, nil, ReLU) }, func() (*G.Node, error) { return Linear(x, x, nil, Identity) }},
		{"Linear and its bias", func() (*G.Node, error) { return Linear(x, x, nil, ReLU) }, func() (*G.Node, error) { return Linear(x, x, v, ReLU) }},
		{"axes of Norm", func() (*G.Node, error) { return Norm(x, 1) }, func() (*G.Node, error) { return Norm(x, 2) }},
		{"epsilons", func() (*G.Node, error) { return InvSqrt(x, 0) }, func() (*G.Node, error) { return InvSqrt(x, 1) }},
		{"epsilons of logarithms", func() (*G.Node, error) { return NegXLogX(x, 0) }, func() (*G.Node, error) { return NegXLogX(x, 1) }},
		{"diagonals", func() (*G.Node, error) { return AddDiagonal(x, 0) }, func() (*G.Node, error) { return AddDiagonal(x, 1) }},
		{"kinds of diagonals", func() (*G.Node, error) { return AddDiagonal(x, 0) }, func() (*G.Node, error) { return ZeroDiagonal(x) }},
		{"transpositions", func() (*G.Node, error) { return BatchMul(x, x, true, false) }, func() (*G.Node, error) { return BatchMul(x, x, false, true) }},
		{"ids and none", func() (*G.Node, error) { return SegmentSum(x, Segments{ids, 1}) }, func() (*G.Node, error) { return SegmentSum(x, one) }},
		{"numbers of segments", func() (*G.Node, error) { return SegmentSum(x, Segments{ids, 2}) }, func() (*G.Node, error) { return SegmentSum(x, Segments{ids, 3}) }},
		{"copies", func() (*G.Node, error) { return Tile(x, 1) }, func() (*G.Node, error) { return Tile(x, 2) }},
		{"rows and columns", func() (*G.Node, error) { return RowSums(m, nil) }, func() (*G.Node, error) { return colSums(m, nil) }},
		{"entries of rows and columns", func() (*G.Node, error) { return EdgeRows(m, v) }, func() (*G.Node, error) { return EdgeCols(m, v) }},
		{"symmetric or not", func() (*G.Node, error) { return SpMM(m, x) }, func() (*G.Node, error) { return SpMM(like, x) }},
		{"SpMM and SpMMT", func() (*G.Node, error) { return SpMM(m, x) }, func() (*G.Node, error) { return SpMMT(m, x) }},
		{"epsilons of degrees", func() (*G.Node, error) { return SymWeights(m, x, 0) }, func() (*G.Node, error) { return SymWeights(m, x, 1) }},
		{"indices", func() (*G.Node, error) { return sparse(Induce(m, ids)) }, func() (*G.Node, error) { return sparse(Induce(m, index(g, 0, 1, 2, 3))) }},
		{
			"names and bounds", func() (*G.Node, error) { return MapIDs(ids, "f1", 2, func(i int) int { return i }) },
			func() (*G.Node, error) { return MapIDs(ids, "f", 12, func(i int) int { return i }) },
		},
		{"dtypes", func() (*G.Node, error) { return IDMask(ids, x, 4) }, func() (*G.Node, error) { return IDMask(ids, single32(g, 1), 4) }},
	} {
		a, b := must[*G.Node](t)(c.a()), must[*G.Node](t)(c.b())
		assert.NotSame(t, a, b, c.name)
		assert.NotEqual(t, a.Hashcode(), b.Hashcode(), c.name)
	}
}
