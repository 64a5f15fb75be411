package kernels

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func half(n int) int { return (n + 1) / 2 }

func TestSegmentTopK(t *testing.T) { eachType(t, testSegmentTopK[float32], testSegmentTopK[float64]) }

func testSegmentTopK[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, ids []int, segs, _ int) {
		score := random[T](len(ids), 1)
		for i := range score {
			if i%2 == 0 {
				score[i] = T(math.Round(float64(score[i])))
			}
		}
		eachLevel(func() { checkTopK(t, score, ids, segs) })
	})
}

// TestSegmentTopKOfOne takes one segment of every length at which the way to
// rank changes.
func TestSegmentTopKOfOne(t *testing.T) {
	eachType(t, testSegmentTopKOfOne[float32], testSegmentTopKOfOne[float64])
}

func testSegmentTopKOfOne[T Float](t *testing.T) {
	for _, n := range []int{1, 2, 15, 16, 17, 31, 32, 33, 48, 49, 63, 64, 65, 127, 128, 129, 300} {
		score := random[T](n, uint64(n))
		for i := range score {
			if i%3 > 0 {
				score[i] = T(math.Round(float64(score[i]))) // ties
			}
		}
		eachLevel(func() {
			checkTopK(t, score, make([]int, n), 1)
			for _, at := range []int{0, n / 2, n - 1} {
				with := slices.Clone(score)
				with[n-1], with[at] = T(math.NaN()), T(math.NaN())
				for _, k := range []int{0, 1, n} {
					_, err := SegmentTopK(make([]int, n), with, nil, 1, func(int) int { return k }, TopKOptions{})
					require.ErrorContains(t, err, fmt.Sprintf("score[%d] is NaN", at), "n = %d, k = %d", n, k)
				}
			}
		})
	}
}

// checkTopK compares with sorting every segment.
func checkTopK[T Float](t *testing.T, score []T, ids []int, segs int) {
	t.Helper()
	for _, o := range []TopKOptions{{}, {Descending: true}, {Slots: 70}, {Slots: 3, Descending: true}} {
		want := naiveTopK(score, ids, segs, o)
		for _, threads := range []int{1, 2} {
			idx := make([]int, max(len(want), len(ids)+3))
			withThreads(threads, func() {
				kept, err := SegmentTopK(idx, score, ids, segs, half, o)
				require.NoError(t, err)
				n := 0
				for _, i := range want {
					if i >= 0 {
						n++
					}
				}
				require.Equal(t, n, kept)
			})
			if !slices.Equal(want, idx[:len(want)]) { // Equal is slow, and called for thousands
				require.Equal(t, want, idx[:len(want)])
			}
			behind := slices.IndexFunc(idx[len(want):], func(i int) bool { return i != -1 })
			require.Equal(t, -1, behind, "the first place behind the result that is not -1")
		}
	}
}

// naiveTopK sorts every segment.
func naiveTopK[T Float](score []T, ids []int, segs int, o TopKOptions) []int {
	out := []int{}
	for _, rows := range members(ids, segs) {
		k := half(len(rows))
		if o.Slots > 0 {
			k = min(k, o.Slots)
		}
		slices.SortStableFunc(rows, func(a, b int) int {
			if score[a] > score[b] {
				return -1
			} else if score[a] < score[b] {
				return 1
			}
			return 0
		})
		rows = rows[:k]
		if !o.Descending {
			slices.Sort(rows)
		}
		for o.Slots > 0 && len(rows) < o.Slots {
			rows = append(rows, -1)
		}
		out = append(out, rows...)
	}
	return out
}

func TestSegmentTopKErrors(t *testing.T) {
	idx := make([]int, 4)
	nan := float32(math.NaN())
	_, err := SegmentTopK(idx, []float32{1, 2, nan}, []int{0, 0, 0}, 1, half, TopKOptions{})
	require.ErrorContains(t, err, "score[2] is NaN")
	_, err = SegmentTopK(idx, []float32{1, 2, nan}, []int{0, 0, -1}, 1, half, TopKOptions{})
	require.NoError(t, err, "a dropped row may be NaN")
	_, err = SegmentTopK(idx, []float32{1, 2, 3}, nil, 1, half, TopKOptions{Slots: 5})
	require.ErrorContains(t, err, "needs 5 places, the result has 4")
	_, err = SegmentTopK(idx[:1], []float32{1, 2, 3}, nil, 1, half, TopKOptions{})
	require.ErrorContains(t, err, "needs 2 places")
}

func TestSegmentTopKEdges(t *testing.T) {
	idx := make([]int, 3)
	inf := math.Inf(1)
	kept, err := SegmentTopK(idx, []float64{-inf, inf, math.Copysign(0, -1), 0}, nil, 1, func(int) int { return 3 }, TopKOptions{Descending: true})
	require.NoError(t, err)
	assert.Equal(t, 3, kept)
	assert.Equal(t, []int{1, 2, 3}, idx, "−0 equals 0")
	kept, err = SegmentTopK(idx, []float64{1}, nil, 1, func(int) int { return -4 }, TopKOptions{})
	require.NoError(t, err)
	assert.Zero(t, kept)
	kept, err = SegmentTopK[float32](idx, nil, nil, 0, half, TopKOptions{})
	require.NoError(t, err)
	assert.Zero(t, kept)
}
