package ops

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"
)

// The functions below draw sizes and values.

func drawn(t *rapid.T, name string, shape ...int) *tensor.Dense {
	n := tensor.Shape(shape).TotalSize()
	return arr(shape, rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, name)...)
}

// drawnIDs is n of −1 to bound − 1.
func drawnIDs(t *rapid.T, name string, n, bound int) []int {
	return rapid.SliceOfN(rapid.IntRange(-1, bound-1), n, n).Draw(t, name)
}

func drawnPattern(t *rapid.T, rows, cols int) *Pattern {
	n := rapid.IntRange(0, 20).Draw(t, "entries")
	r := rapid.SliceOfN(rapid.IntRange(0, rows-1), n, n).Draw(t, "row")
	c := rapid.SliceOfN(rapid.IntRange(0, cols-1), n, n).Draw(t, "col")
	p, _, err := PatternFromCOO(rows, cols, r, c)
	require.NoError(t, err)
	return p
}

func size(t *rapid.T, name string) int { return rapid.IntRange(1, 7).Draw(t, name) }

// of evaluates an expression of values.
func of(t *rapid.T, build func(in G.Nodes) (*G.Node, error), vals ...G.Value) G.Value {
	g := G.NewGraph()
	var in G.Nodes
	for _, v := range vals {
		in = append(in, node(g, name(g), v))
	}
	return eval(t, must[*G.Node](t)(build(in)))[0]
}

func inner(a, b G.Value) float64 {
	var sum float64
	for i, v := range nums(a) {
		sum += v * nums(b)[i]
	}
	return sum
}

// ⟨Gather x, y⟩ = ⟨x, ScatterAdd y⟩
func TestGatherAndScatterAddAreAdjoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, m, n := size(t, "rows"), size(t, "m"), size(t, "n")
		x, y, at := drawn(t, "x", rows, n), drawn(t, "y", m, n), idx(drawnIDs(t, "idx", m, rows)...)
		scatter := func(in G.Nodes) (*G.Node, error) { return ScatterAdd(in[0], in[1], rows) }
		assert.InDelta(t, inner(of(t, twoNodes(Gather), x, at), y), inner(x, of(t, scatter, y, at)), 1e-9)
	})
}

// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩, and A x is that of the dense matrix.
func TestSpMMIsTheDenseProduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols, n := size(t, "rows"), size(t, "cols"), size(t, "n")
		p := drawnPattern(t, rows, cols)
		w := drawn(t, "w", max(1, p.NNZ()+size(t, "room")-1))
		x, y := drawn(t, "x", cols, n), drawn(t, "y", rows, n)
		by := func(f product) func(in G.Nodes) (*G.Node, error) {
			return func(in G.Nodes) (*G.Node, error) {
				return f(Sparse{Pattern: in[0], Weights: in[1], Rows: rows, Cols: cols}, in[2])
			}
		}
		ax, aty := of(t, by(SpMM), p, w, x), of(t, by(SpMMT), p, w, y)
		assert.InDeltaSlice(t, times(dense(p, nums(w)), nums(x), n), nums(ax), 1e-9)
		assert.InDelta(t, inner(ax, y), inner(x, aty), 1e-8)
	})
}

// A product that may take the matrix for symmetric gives what one that may not
// gives, whether the pattern is symmetric or not.
func TestSymmetricProducts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := size(t, "n")
		a := dense(drawnPattern(t, n, n), nil)
		mirror := rapid.Bool().Draw(t, "symmetric")
		var entries [][2]int
		var w []float64
		for i := range a {
			for j := range a {
				if a[i][j] > 0 || mirror && a[j][i] > 0 {
					entries, w = append(entries, [2]int{i, j}), append(w, float64(1+i*j+max(i, j)))
				}
			}
		}
		by := func(symmetric bool) func(in G.Nodes) (*G.Node, error) {
			return func(in G.Nodes) (*G.Node, error) {
				return SpMMT(Sparse{Pattern: in[0], Weights: in[1], Rows: n, Cols: n, Symmetric: symmetric}, in[2])
			}
		}
		vals := values(coo(n, n, entries...), vec(append(w, 0)...), drawn(t, "x", n, 2))
		assert.InDeltaSlice(t, nums(of(t, by(false), vals...)), nums(of(t, by(true), vals...)), 1e-9)
	})
}

// Sums, and products of transposes, are those of plain loops; they do not
// depend on the order of the rows, and renamed segments rename the result.
func TestSegmentsArePermutedFreely(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, k, n, count := size(t, "rows"), size(t, "k"), size(t, "n"), size(t, "segments")
		a, b, ids := drawn(t, "a", rows, k), drawn(t, "b", rows, n), drawnIDs(t, "ids", rows, count)
		order := rapid.Permutation(upTo(rows)).Draw(t, "order")
		names := rapid.Permutation(upTo(count)).Draw(t, "names")
		moved := make([]int, rows)
		for i, from := range order {
			moved[i] = -1
			if s := ids[from]; s >= 0 {
				moved[i] = names[s]
			}
		}
		sum := func(in G.Nodes) (*G.Node, error) { return SegmentSum(in[0], Segments{in[1], count}) }
		cross := func(in G.Nodes) (*G.Node, error) { return TransMul(in[0], in[1], Segments{in[2], count}) }
		taken := func(x G.Value) G.Value { return of(t, twoNodes(Gather), x, idx(order...)) }
		want, got := of(t, sum, a, idx(ids...)), of(t, sum, taken(a), idx(moved...))
		assert.InDeltaSlice(t, sumRows(nums(a), k, members(values(a, idx(ids...)), 1, count)), nums(want), 1e-9)
		assert.InDeltaSlice(t, nums(want), renamed(nums(got), k, names), 1e-9)
		want, got = of(t, cross, a, b, idx(ids...)), of(t, cross, taken(a), taken(b), idx(moved...))
		assert.InDeltaSlice(t, crossReference(a, b, members(values(a, b, idx(ids...)), 2, count)), nums(want), 1e-9)
		assert.InDeltaSlice(t, nums(want), renamed(nums(got), k*n, names), 1e-9)
	})
}

func upTo(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}

// renamed takes block names[s] of x as block s.
func renamed(x []float64, n int, names []int) []float64 {
	var out []float64
	for _, s := range names {
		out = append(out, x[s*n:(s+1)*n]...)
	}
	return out
}

// Shares of a segment add up to 1.
func TestSegmentSoftmaxSumsToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, n, count := size(t, "rows"), size(t, "n"), size(t, "segments")
		x, ids := drawn(t, "x", rows, n), drawnIDs(t, "ids", rows, count)
		y := of(t, func(in G.Nodes) (*G.Node, error) { return SegmentSoftmax(in[0], Segments{in[1], count}) }, x, idx(ids...))
		segments := members(values(x, idx(ids...)), 1, count)
		for i, v := range sumRows(nums(y), n, segments) {
			assert.InDelta(t, min(1, len(segments[i/n])), v, 1e-12)
		}
	})
}

// The kept rows are the first of a stable sort by falling score.
func TestSegmentTopKIsAStableSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, count := size(t, "rows"), size(t, "segments")
		few := rapid.SliceOfN(rapid.IntRange(0, 3), rows, rows).Draw(t, "score") // with ties
		ids := drawnIDs(t, "ids", rows, count)
		k := TopK{K: size(t, "k")}
		if rapid.Bool().Draw(t, "by ratio") {
			k = TopK{Ratio: float64(rapid.IntRange(1, 10).Draw(t, "tenths")) / 10}
		}
		k.Descending = rapid.Bool().Draw(t, "descending")
		score := vec(toFloat64(few)...)
		got := of(t, func(in G.Nodes) (*G.Node, error) { return SegmentTopK(in[0], Segments{in[1], count}, k) }, score, idx(ids...))
		var want []int
		for _, segment := range members(values(score, idx(ids...)), 1, count) {
			slices.SortStableFunc(segment, func(a, b int) int { return cmp.Compare(few[b], few[a]) })
			kept := segment[:k.Count(len(segment))]
			if !k.Descending {
				slices.Sort(kept)
			}
			want = append(want, kept...)
		}
		for len(want) < len(whole(got)) {
			want = append(want, -1)
		}
		assert.Equal(t, want, whole(got))
	})
}

// A[idx, idx] is that of the dense matrix, whatever rows are taken.
func TestInduceIsTheDenseSubmatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := size(t, "n")
		p := drawnPattern(t, n, n)
		at := rapid.Permutation(upTo(n)).Draw(t, "idx")[:size(t, "kept")%n+1]
		if rapid.Bool().Draw(t, "padding") {
			at[0] = -1
		}
		w := drawn(t, "w", max(1, p.NNZ()))
		y := of(t, func(in G.Nodes) (*G.Node, error) {
			sub, err := Induce(Sparse{Pattern: in[0], Weights: in[1], Rows: n, Cols: n}, in[2])
			if err != nil {
				return nil, err
			}
			return Densify(sub)
		}, p, w, idx(at...))
		assert.InDeltaSlice(t, slices.Concat(submatrix(dense(p, nums(w)), at)...), nums(y), 1e-9)
	})
}
