package kernels

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestFirstOutside(t *testing.T) {
	assert.Equal(t, -1, FirstOutside(nil, 0))
	assert.Equal(t, -1, FirstOutside([]int{-1, 0, 4}, 5))
	for _, bad := range []int{5, 6, -2, math.MaxInt, math.MinInt} {
		assert.Equal(t, 1, FirstOutside([]int{0, bad, 9}, 5), "%d", bad)
		long := make([]int, 3*planBlock)
		long[2*planBlock], long[planBlock+1] = bad, bad
		withThreads(3, func() { assert.Equal(t, planBlock+1, FirstOutside(long, 5), "%d", bad) })
	}
	assert.Equal(t, 0, FirstOutside([]int{0}, 0))
	assert.Equal(t, -1, FirstOutside([]int{-1}, 0))
}

func TestFirstColumnOutsideIsThatOfALoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cols := rapid.OneOf(rapid.IntRange(1, 9), rapid.IntRange(1, math.MaxInt32)).Draw(t, "cols")
		col := rapid.SliceOfN(rapid.Int32Range(0, int32(cols-1)), 0, 1100).Draw(t, "col")
		bad := rapid.OneOf(rapid.Int32Range(math.MinInt32, -1), rapid.Just(int32(-1)), rapid.Just(int32(min(cols, math.MaxInt32))), rapid.Just(int32(math.MaxInt32)))
		for range rapid.IntRange(0, min(2, len(col))).Draw(t, "bad ones") {
			col[rapid.IntRange(0, len(col)-1).Draw(t, "at")] = bad.Draw(t, "value")
		}
		want := slices.IndexFunc(col, func(c int32) bool { return c < 0 || int(c) >= cols })
		eachLevel(func() { assert.Equal(t, want, FirstColumnOutside(col, cols)) })
		if len(col) > 1 { // of another length
			want = slices.IndexFunc(col[1:], func(c int32) bool { return c < 0 || int(c) >= cols })
			eachLevel(func() { assert.Equal(t, want, FirstColumnOutside(col[1:], cols)) })
		}
	})
}
