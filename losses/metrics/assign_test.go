package metrics

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestAssignByHand(t *testing.T) {
	assert.Nil(t, assign(nil))
	assert.Equal(t, []int{1, 0}, assign([][]int64{{9, 8}, {7, 0}}), "the largest entry is not always taken")
	assert.Equal(t, []int{2, 0}, assign([][]int64{{1, 2, 5}, {4, 0, 6}}), "more columns than rows")
}

func TestAssignIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.IntRange(1, 5).Draw(t, "r")
		s := rapid.IntRange(r, 6).Draw(t, "s")
		gain := make([][]int64, r)
		for i := range gain {
			gain[i] = rapid.SliceOfN(rapid.Int64Range(-3, 20), s, s).Draw(t, "row")
		}
		used := make(map[int]bool)
		var got int64
		for i, j := range assign(gain) {
			assert.False(t, used[j], "column %d is matched twice", j)
			used[j] = true
			got += gain[i][j]
		}
		assert.Equal(t, bestByTrying(gain, 0, make([]bool, s)), got)
	})
}

func bestByTrying(gain [][]int64, i int, used []bool) int64 {
	if i == len(gain) {
		return 0
	}
	best := int64(-1 << 60)
	for j := range used {
		if !used[j] {
			used[j] = true
			best = max(best, gain[i][j]+bestByTrying(gain, i+1, used))
			used[j] = false
		}
	}
	return best
}
