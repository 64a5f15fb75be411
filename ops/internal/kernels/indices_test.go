package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
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
