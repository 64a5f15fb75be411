package kernels

import (
	"math"
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
		})
	}
}

// TestPlanOfFalls plans ids of several blocks that fall once, inside a block
// and from one block to the next, or have a row that is dropped in between.
func TestPlanOfFalls(t *testing.T) {
	const rows, segs = 3 * planBlock, 7
	for _, at := range []int{planBlock / 2, planBlock - 1, planBlock, 2*planBlock - 1} {
		for _, id := range []int{segs - 1, -1, segs, math.MaxInt, math.MinInt} {
			ids := make([]int, rows)
			for i := range ids {
				ids[i] = i * (segs - 1) / rows
			}
			ids[at] = id
			p := newPlan(ids, rows, segs)
			var got []int
			for s := range segs {
				for e := p.ptr[s]; e < p.ptr[s+1]; e++ {
					require.Equal(t, s, ids[p.row(e)])
					got = append(got, p.row(e))
				}
			}
			p.release()
			want := rows - 1
			if id == segs-1 {
				want = rows
			}
			assert.Len(t, got, want, "%d at %d", id, at)
			count := make([]float32, segs)
			SegmentCount(count, ids, segs)
			assert.EqualValues(t, want, count[0]+count[1]+count[2]+count[3]+count[4]+count[5]+count[6])
		}
	}
}
