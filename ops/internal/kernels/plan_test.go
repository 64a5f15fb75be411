package kernels

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPlanOfManyBlocks plans sorted ids of several blocks, with segments that
// end at, before and behind a block's bound, long ones, empty ones and rows
// that are dropped at both ends.
func TestPlanOfManyBlocks(t *testing.T) {
	for name, length := range map[string][]int{
		"one a row":     nil,
		"at the bound":  {planBlock, planBlock, 1, planBlock - 1},
		"across bounds": {3, 2*planBlock + 5, 0, 0, planBlock - 9, 1, 0, 7},
	} {
		t.Run(name, func(t *testing.T) {
			if length == nil {
				length = make([]int, 2*planBlock+3)
				for s := range length {
					length[s] = s % 2
				}
			}
			ids := []int{-1, -1}
			want := []int32{2}
			for s, l := range length {
				for range l {
					ids = append(ids, s)
				}
				want = append(want, int32(len(ids)))
			}
			ids = append(ids, len(length), -1)
			p := newPlan(ids, len(ids), len(length))
			defer p.release()
			assert.Nil(t, p.order, "sorted")
			require.Equal(t, want, p.ptr)

			ids[2+planBlock/2] = len(length) - 1 // falls after that
			q := newPlan(ids, len(ids), len(length))
			defer q.release()
			require.Len(t, q.order, len(ids)-4)
		})
	}
}
