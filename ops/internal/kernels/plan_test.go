package kernels

import (
	"errors"
	"math"
	"slices"
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

// TestPlanUpdate changes ids in every way between two updates of one plan: it is
// made again, and checked again, then and only then, and is that of a new one.
func TestPlanUpdate(t *testing.T) {
	const rows, segs = 2*planBlock + 9, 40
	refused := errors.New("refused")
	for name, first := range idCases(rows, segs) {
		t.Run(name, func(t *testing.T) {
			p, ids, count := new(Plan), first, segs
			update := func(change string, made bool) {
				t.Helper()
				checks := 0
				require.NoError(t, p.Update(ids, count, func() error { checks++; return nil }))
				assert.Equal(t, made, checks == 1, change)
				fresh := NewPlan(ids, count)
				require.Equal(t, fresh.ptr, p.ptr, change)
				require.Equal(t, fresh.order, p.order, change)
				require.Equal(t, ids, p.IDs(), change)
			}
			update("at first", true)
			update("the same", false)
			ids = slices.Clone(ids)
			update("a copy", false)
			ids[rows/2] = (max(ids[rows/2], 0) + 1) % segs
			update("one in place", true)
			i := slices.IndexFunc(ids, func(s int) bool { return s != ids[0] })
			ids[0], ids[i] = ids[i], ids[0]
			update("two exchanged", true)
			ids[rows-1] = -7
			update("the last dropped", true)
			ids = ids[:rows-1]
			update("a row less", true)
			count++
			update("a segment more", true)
			other := slices.Repeat([]int{1}, rows-1)
			require.ErrorIs(t, p.Update(other, count, func() error { return refused }), refused)
			update("after others that were refused", false)
			ids = nil
			update("no rows", true)
			count = 0
			update("no segments", true)
			ids, count = first, segs
			update("the first again", true)
		})
	}
}

// TestPlanThreads plans on one goroutine and on several.
func TestPlanThreads(t *testing.T) {
	ids := randomInts(300_000, -1, 1000, 5)
	var one *Plan
	withThreads(1, func() { one = NewPlan(ids, 1000) })
	for _, threads := range []int{2, 5} {
		withThreads(threads, func() {
			p := NewPlan(ids, 1000)
			require.Equal(t, one.order, p.order)
			require.Equal(t, one.ptr, p.ptr)
			require.Equal(t, one.print, p.print)
		})
	}
}
