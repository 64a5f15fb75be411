package ops

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// tenths is n times 0.1: added one after the other in float32, 100,000 of them
// are wrong by a thousandth and a million by a hundredth.
func tenths(shape ...int) G.Value {
	n := 1
	for _, d := range shape {
		n *= d
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(float32(.1))
	}
	return arr(shape, x...)
}

// longSums is every operation of this package that adds up as many numbers as
// there are rows, entries of a row, members of a segment or copies, with few
// results: of its value, or of a gradient. Those in kernels have tests there.
func longSums(t *testing.T) []opCase {
	const n = 100_000
	pattern := func(rows, cols int, at func(e int) (i, j int)) *Pattern {
		row, col := make([]int, n), make([]int, n)
		for e := range n {
			row[e], col[e] = at(e)
		}
		p, _, err := PatternFromCOO(rows, cols, row, col)
		require.NoError(t, err)
		return p
	}
	across := pattern(1, n, func(e int) (int, int) { return 0, e }) // one row
	down := pattern(n, 1, func(e int) (int, int) { return e, 0 })   // one column
	loops := pattern(1, 1, func(int) (int, int) { return 0, 0 })    // one place
	one, _, err := PatternFromCOO(1, 1, []int{0}, []int{0})
	require.NoError(t, err)
	// fan is an edge between two nodes that have all others as neighbours.
	row, col := []int{0, 1}, []int{1, 0}
	for j := range n {
		row, col = append(row, 0, 1, j+2, j+2), append(col, j+2, j+2, 0, 1)
	}
	fan, _, err := PatternFromCOO(n+2, n+2, row, col)
	require.NoError(t, err)
	fanned := tenths(fan.NNZ())
	star := pattern(n+1, n+1, func(e int) (int, int) { return n, e }) // one row, that of a hub
	to := pattern(n+1, n+1, func(e int) (int, int) { return e, n })   // one column
	hub := tenths(n+1, 1)
	hub.Data().([]float64)[n] = 3
	with := func(p, w *G.Node, rows, cols int) Sparse {
		return Sparse{Pattern: p, Weights: w, Rows: rows, Cols: cols}
	}
	named := func(name string, build func(in G.Nodes) (*G.Node, error), in ...G.Value) opCase {
		return plainCase(name, build, nil, in)
	}
	product := func(in G.Nodes) (*G.Node, error) {
		m, err := SpSpMM(with(in[0], in[1], 1, n), with(in[2], in[3], n, 1), 1, nil)
		return m.Weights, err
	}
	wideProduct := func(in G.Nodes) (*G.Node, error) {
		m, err := SpSpMM(with(in[0], in[1], 1, 1), with(in[2], in[3], 1, n), n, nil)
		return m.Weights, err
	}
	triangles := func(in G.Nodes) (*G.Node, error) {
		m, err := Triangles(with(in[0], in[1], n+2, n+2), nil)
		return m.Weights, err
	}
	return []opCase{
		named("MeanWhere", func(in G.Nodes) (*G.Node, error) { return MeanWhere(in[0], in[0]) }, tenths(n)),
		named("Sum", oneNode(Sum), tenths(n)),
		named("Norm", func(in G.Nodes) (*G.Node, error) { return Norm(in[0], 0) }, tenths(n)),
		named("SegmentSum", func(in G.Nodes) (*G.Node, error) { return SegmentSum(in[0], OneSegment()) }, tenths(n, 2)),
		named("SegmentMean", func(in G.Nodes) (*G.Node, error) { return SegmentMean(in[0], OneSegment()) }, tenths(n, 2)),
		named("Tile", func(in G.Nodes) (*G.Node, error) { return Tile(in[0], n) }, vec(1, 2)),
		named("SquaredDistances", twoNodes(SquaredDistances), tenths(n, 1), mat(2, 1, 0, 1)),
		named("BatchMul", func(in G.Nodes) (*G.Node, error) { return BatchMul(in[0], in[1], false, false) }, tenths(n, 1, 1), mat(1, 1, 1)),
		named("EdgeDot", func(in G.Nodes) (*G.Node, error) {
			return EdgeDot(Sparse{Pattern: in[0], Rows: 1, Cols: 1, Capacity: 1}, in[1], in[2])
		}, one, tenths(n, 1, 1), tenths(n, 1, 1)),
		named("RowSquareSums", func(in G.Nodes) (*G.Node, error) { return RowSquareSums(with(in[0], in[1], 1, n), nil) }, across, tenths(n)),
		named("RowSquareSums of one place", func(in G.Nodes) (*G.Node, error) { return RowSquareSums(with(in[0], in[1], 1, 1), nil) }, loops, tenths(n)),
		named("Merged", func(in G.Nodes) (*G.Node, error) {
			m, err := Merged(with(in[0], in[1], 1, 1), false)
			return m.Weights, err
		}, loops, tenths(n)),
		named("Densify", func(in G.Nodes) (*G.Node, error) { return Densify(with(in[0], in[1], 1, 1)) }, loops, tenths(n)),
		named("SpSpMM", product, across, tenths(n), down, tenths(n)),
		named("SpSpMM's gradient to a", wideProduct, one, vec(2), across, tenths(n)),
		named("Triangles", triangles, fan, fanned),
		named("Attention", func(in G.Nodes) (*G.Node, error) {
			return Attention(in[0], in[1], in[2], OneSegment(), OneSegment(), 1)
		}, mat(1, 1, 1), tenths(n, 1), tenths(n, 1)),
		named("Attention's gradients", func(in G.Nodes) (*G.Node, error) {
			return Attention(in[0], in[1], in[2], OneSegment(), OneSegment(), 1)
		}, tenths(n, 1), mat(2, 1, 1, 2), mat(2, 1, 1, 2)),
		{name: "PairSoftplus", in: []gradcheck.Input{input("u", mat(1, 1, 1)), constantInput("v", mat(1, 1, .1))}, build: func(in G.Nodes) (*G.Node, error) {
			return PairSoftplus(in[0], in[1], OneSegment(), n, 1)
		}},
		named("EdgeDifferences", func(in G.Nodes) (*G.Node, error) {
			return EdgeDifferences(with(in[0], in[1], n+1, n+1), in[2])
		}, star, tenths(n), hub),
		named("EdgeDifferences of columns", func(in G.Nodes) (*G.Node, error) {
			return EdgeDifferences(with(in[0], in[1], n+1, n+1), in[2])
		}, to, tenths(n), hub),
		named("EdgeL1", func(in G.Nodes) (*G.Node, error) {
			y, err := EdgeL1(with(in[0], in[1], n+1, n+1), in[2])
			if err != nil {
				return nil, err
			}
			return Hadamard(y, in[1])
		}, star, tenths(n), hub),
	}
}

// Long sums of float32 lose no more digits than float32 has: they are added up
// in float64, or in parts.
func TestLongSumsOfFloat32(t *testing.T) {
	for _, c := range longSums(t) {
		t.Run(c.name, func(t *testing.T) {
			want, got := valueAndSlopes(t, c, false), valueAndSlopes(t, c, true)
			for i := range want {
				assert.InDelta(t, 0, gap(want[i], got[i]), 1e-5, "result %d", i)
			}
		})
	}
}

// gap is the largest relative distance of two lists.
func gap(want, got []float64) (most float64) {
	for i, v := range want {
		most = max(most, math.Abs(got[i]-v)/math.Max(1e-30, math.Abs(v)))
	}
	return most
}

// valueAndSlopes is the value of c and the gradient of its sum to each input.
func valueAndSlopes(t *testing.T, c opCase, narrow bool) [][]float64 {
	g := G.NewGraph()
	var in, wrt G.Nodes
	for i, x := range c.in {
		v := x.Value
		if narrow {
			v = single(v)
		}
		n := node(g, fmt.Sprint("in", i), v)
		if in = append(in, n); v.Dtype() != tensor.Int && !x.Fixed {
			wrt = append(wrt, n)
		}
	}
	y, err := c.build(in)
	require.NoError(t, err)
	total, err := Sum(y)
	require.NoError(t, err)
	slopes, err := G.Grad(total, wrt...)
	require.NoError(t, err)
	var out [][]float64
	for _, v := range eval(t, append(G.Nodes{y}, slopes...)...) {
		out = append(out, nums(v))
	}
	return out
}
