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

// Segment 0 has rows 0, 2 and 4, segment 1 rows 1 and 3, and row 5 is padding.
var (
	topkScores = []float64{0.3, 0.9, 0.1, 0.5, 0.7, 0.2}
	topkIDs    = []int{0, 1, 0, 1, 0, -1}
)

func topkRows() []opRow {
	ratio := func(k TopK) func(*G.Node, Segments) (*G.Node, error) {
		return func(score *G.Node, s Segments) (*G.Node, error) { return SegmentTopK(score, s, k) }
	}
	above := func(bound float64) func(*G.Node, Segments) (*G.Node, error) {
		return func(score *G.Node, s Segments) (*G.Node, error) { return SegmentAbove(score, s, bound) }
	}
	return []opRow{{
		op: "SegmentTopK",
		cases: []opCase{
			selectCase("ratio", ratio(TopK{Ratio: 0.5}), 2, 10, 50, 20, 0, 0),
			selectCase("descending", ratio(TopK{Ratio: 0.5, Descending: true}), 2, 50, 10, 20, 0, 0),
			selectCase("count and an empty segment", ratio(TopK{K: 2}), 3, 10, 50, 20, 40, 0, 0),
			selectCase("slots", ratio(TopK{Ratio: 0.5, Slots: true}), 2, 10, 50, 20, 0),
			selectCase("slots of a count, descending", ratio(TopK{K: 2, Slots: true, Descending: true}), 2, 50, 10, 20, 40),
			selectCase("one segment, no ids", ratio(TopK{K: 2}), 0, 20, 50),
			selectCase("by a function of the score", ratio(TopK{K: 1, By: Sigmoid}), 2, 50, 20),
		},
		bad: append(badSegments(ratio(TopK{K: 1})), []badCase{
			{"no ratio", badTopK(TopK{}), "Ratio = 0, want (0, 1]"},
			{"ratio above 1", badTopK(TopK{Ratio: 1.5}), "Ratio = 1.5, want (0, 1]"},
			{"negative ratio", badTopK(TopK{Ratio: -0.5}), "Ratio = -0.5"},
			{"NaN ratio", badTopK(TopK{Ratio: math.NaN()}), "Ratio = NaN"},
			{"negative count", badTopK(TopK{K: -1}), "K = -1, want at least 1"},
			{"unknown activation", badTopK(TopK{K: 1, By: "softplus"}), "softplus"},
			{"both", badTopK(TopK{K: 1, Ratio: 0.5}), "only one of them"},
			{"matrix", func(g *G.ExprGraph) error { return second(SegmentTopK(float(g, 3, 2), OneSegment(), TopK{K: 1})) }, "one value a row"},
		}...),
	}, {
		op: "SegmentAbove",
		cases: []opCase{
			selectCase("some", above(0.4), 2, 20, 40, 50, 0, 0, 0),
			selectCase("the best row is kept", above(0.95), 2, 20, 50, 0, 0, 0, 0),
			selectCase("all", above(-1), 3, 10, 20, 30, 40, 50, 0),
			selectCase("one segment, no ids", above(0.4), 0, 20, 40, 50, 0, 0, 0),
		},
		bad: append(badSegments(above(0)), badCase{"NaN bound", func(g *G.ExprGraph) error {
			return second(SegmentAbove(float(g, 3), OneSegment(), math.NaN()))
		}, "bound = NaN"}),
	}}
}

func badTopK(k TopK) func(*G.ExprGraph) error {
	return func(g *G.ExprGraph) error { return second(SegmentTopK(float(g, 3), OneSegment(), k)) }
}

// selectCase gathers 10, 20, … 60 by the selected indices. The scores have a
// gradient of zero: the selection is a constant. count 0 is one segment
// without ids.
func selectCase(name string, f func(*G.Node, Segments) (*G.Node, error), count int, want ...float64) opCase {
	c := opCase{
		name: name, want: want,
		in: []gradcheck.Input{input("x", vec(10, 20, 30, 40, 50, 60)), input("score", vec(topkScores...))},
		build: func(in G.Nodes) (*G.Node, error) {
			s := OneSegment()
			if count > 0 {
				s = Segments{IDs: in[2], Count: max(count, 2)}
			}
			at, err := f(in[1], s)
			if err != nil {
				return nil, err
			}
			return Gather(in[0], at)
		},
	}
	if count > 0 {
		c.in = append(c.in, input("ids", idx(topkIDs...)))
	}
	return c
}

func TestKeep(t *testing.T) {
	for _, c := range []struct {
		k       TopK
		n, want int
	}{
		{TopK{Ratio: 0.07}, 100, 7}, // 0.07·100 is 7.000000000000001 in floating point
		{TopK{Ratio: 0.1}, 10, 1},
		{TopK{Ratio: 0.3}, 10, 3},
		{TopK{Ratio: 0.55}, 100, 55},
		{TopK{Ratio: 0.29}, 100, 29},
		{TopK{Ratio: 1}, 7, 7},
		{TopK{Ratio: 0.5}, 1, 1},
		{TopK{Ratio: 0.5}, 3, 2},
		{TopK{Ratio: 0.5}, 0, 0},
		{TopK{Ratio: 1e-9}, 5, 1},
		{TopK{Ratio: 5e-324}, 5, 1},
		{TopK{Ratio: 0.07}, 1_000_000_000, 70_000_000},
		{TopK{K: 3}, 5, 3},
		{TopK{K: 3}, 2, 2},
		{TopK{K: 3}, 0, 0},
		{TopK{K: math.MaxInt}, 4, 4},
	} {
		assert.Equal(t, c.want, c.k.Count(c.n), "%+v of %d", c.k, c.n)
	}
}

// Every ratio of two decimals keeps its share of 100 rows, as many as floating
// point would, or fewer.
func TestKeepOfEveryPercentage(t *testing.T) {
	for p := 1; p <= 100; p++ {
		var r float64
		_, err := fmt.Sscan(fmt.Sprintf("%d.%02d", p/100, p%100), &r)
		require.NoError(t, err)
		assert.Equal(t, p, TopK{Ratio: r}.Count(100), "%v", r)
	}
}

func TestSegmentTopKKeepsTheExactNumber(t *testing.T) {
	for ratio, want := range map[float64]int{0.07: 7, 0.1: 10, 0.3: 30, 1: 100} {
		g := G.NewGraph()
		y := must[*G.Node](t)(SegmentTopK(node(g, "s", apart(1, 100)), OneSegment(), TopK{Ratio: ratio}))
		assert.Equal(t, []int{want}, []int(y.Shape()))
		assert.NotContains(t, whole(eval(t, y)[0]), -1)
	}
}

func selected(t *testing.T, score G.Value, s Segments, k TopK, ids ...int) []int {
	g := G.NewGraph()
	if len(ids) > 0 {
		s.IDs = index(g, ids...)
	}
	return whole(eval(t, must[*G.Node](t)(SegmentTopK(node(g, "score", score), s, k)))[0])
}

func TestTiesGoToTheLowerIndex(t *testing.T) {
	same := vec(1, 1, 1, 1, 0)
	assert.Equal(t, []int{0, 1}, selected(t, same, OneSegment(), TopK{K: 2}))
	assert.Equal(t, []int{0, 1}, selected(t, same, OneSegment(), TopK{K: 2, Descending: true}))
	assert.Equal(t, []int{1, 2, 0, 3}, selected(t, same, Segments{Count: 2}, TopK{K: 2}, 1, 0, 0, 1, 0))
	assert.Equal(t, []int{0, 1}, selected(t, single(same), OneSegment(), TopK{K: 2}))
}

func TestSegmentTopKOfInfiniteScores(t *testing.T) {
	score := vec(math.Inf(-1), 2, math.Inf(1), math.Inf(-1))
	assert.Equal(t, []int{2, 1, 0}, selected(t, score, OneSegment(), TopK{K: 3, Descending: true}))
}

func TestSegmentTopKOfAHugeCount(t *testing.T) {
	for _, slots := range []bool{false, true} {
		got := selected(t, vec(1, 3, 2, 4), Segments{Count: 2}, TopK{K: math.MaxInt, Slots: slots}, 0, 1, 0, 1)
		assert.Equal(t, []int{0, 2, 1, 3}, got)
	}
}

// A segment of more rows than its places keeps the best of them.
func TestSlotsKeepTheBestRows(t *testing.T) {
	got := selected(t, vec(1, 4, 2, 3), Segments{Count: 2}, TopK{Ratio: 1, Slots: true}, 0, 0, 0, 0)
	assert.Equal(t, []int{1, 3, -1, -1}, got)
}

func TestSegmentTopKOfRankThree(t *testing.T) {
	got := selected(t, arr([]int{2, 3, 1}, 1, 3, 2, 6, 5, 4), Segments{Count: 2}, TopK{K: 1, Slots: true}, 0, 0, 0, 1, 1, 1)
	assert.Equal(t, []int{1, 3}, got)
}

func TestSegmentAboveTies(t *testing.T) {
	g := G.NewGraph()
	y := must[*G.Node](t)(SegmentAbove(node(g, "s", single(vec(2, 1, 2))), OneSegment(), 5))
	assert.Equal(t, []int{0, 2, -1}, whole(eval(t, y)[0]), "all that tie for the best are kept")
}

// Of scores so large that 1e-7 less is the same number, and of infinite ones, the
// best are kept too.
func TestSegmentAboveOfLargeScores(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		score []float64
		bound float64
		want  []int
	}{
		{[]float64{1e10, 1, -1e10}, 2e10, []int{0, -1, -1}},
		{[]float64{-1e30, -2e30}, 0, []int{0, -1}},
		{[]float64{-inf, -inf}, 0, []int{0, 1}},
		{[]float64{-inf, 1}, -inf, []int{1, -1}},
		{[]float64{inf, 3}, inf, []int{0, -1}},
		{[]float64{math.MaxFloat64, inf}, 1, []int{0, 1}},
	} {
		for _, v := range []G.Value{vec(c.score...), single(vec(c.score...))} {
			y := must[*G.Node](t)(SegmentAbove(node(G.NewGraph(), "s", v), OneSegment(), c.bound))
			assert.Equal(t, c.want, whole(eval(t, y)[0]), "%v of %v above %v", v.Dtype(), c.score, c.bound)
		}
	}
}

// A score of padding counts for nothing, NaN or not.
func TestNaNScores(t *testing.T) {
	for _, name := range []string{"SegmentTopK", "SegmentAbove"} {
		for _, ids := range [][]int{{0, 0, 0}, {0, -1, 0}} {
			g := G.NewGraph()
			score, s := node(g, "s", vec(1, math.NaN(), 2)), Segments{IDs: index(g, ids...), Count: 1}
			choose := func() (*G.Node, error) { return SegmentAbove(score, s, 0) }
			if name == "SegmentTopK" {
				choose = func() (*G.Node, error) { return SegmentTopK(score, s, TopK{K: 3}) }
			}
			y := must[*G.Node](t)(choose())
			vm := G.NewTapeMachine(g)
			err := vm.RunAll()
			if ids[1] < 0 {
				assert.NoError(t, err)
				assert.Equal(t, []int{0, 2, -1}, whole(y.Value()))
			} else if assert.Error(t, err) {
				assert.Contains(t, err.Error(), "ops: "+name+": score[1] is NaN")
			}
			vm.Close()
		}
	}
}

// In float32 the tanh of 10 and of 12 is 1; of 20 and 21 it is in float64 too.
func TestTopKByAFunctionIsTakenInFloat64(t *testing.T) {
	for want, scores := range map[int][]float32{1: {10, 12, 9}, 0: {20, 21, 9}} {
		g := G.NewGraph()
		score := node(g, "score", tensor.New(tensor.WithShape(3), tensor.WithBacking(scores)))
		var got G.Value
		y := must[*G.Node](t)(SegmentTopK(score, OneSegment(), TopK{K: 1, By: Tanh}))
		vm := G.NewTapeMachine(g.SubgraphRoots(G.Read(y, &got)))
		require.NoError(t, vm.RunAll())
		require.NoError(t, vm.Close())
		assert.Equal(t, []int{want}, got.Data(), "%v", scores)
	}
}

func TestKeeperIsKeep(t *testing.T) {
	for _, k := range []TopK{{Ratio: 0.07}, {Ratio: 0.5}, {K: 3}} {
		keep := k.keeper()
		for _, n := range []int{0, 10, 10, 100, 10, 1, 100, 0} {
			assert.Equal(t, k.Count(n), keep(n), "%v of %d", k, n)
		}
	}
}
