package kernels

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBlocksCallsEachOnce(t *testing.T) {
	for _, threads := range []int{1, 2, 5} {
		withThreads(threads, func() {
			assert.Equal(t, threads, Threads())
			for _, n := range []int{0, 1, 2, 7, 1000} {
				calls := make([]int32, n)
				Blocks(n, func(b int) { atomic.AddInt32(&calls[b], 1) })
				for b, c := range calls {
					require.EqualValues(t, 1, c, "block %d of %d", b, n)
				}
			}
		})
	}
}

func TestBlocksNested(t *testing.T) {
	withThreads(4, func() {
		var sum atomic.Int64
		Blocks(20, func(a int) {
			Blocks(20, func(b int) { sum.Add(int64(a*20 + b)) })
		})
		assert.EqualValues(t, 400*399/2, sum.Load())
	})
}

func TestBlocksConcurrent(t *testing.T) {
	withThreads(3, func() {
		var sum atomic.Int64
		done := make(chan bool)
		for range 4 {
			go func() {
				for range 50 {
					Blocks(10, func(b int) { sum.Add(int64(b)) })
				}
				done <- true
			}()
		}
		for range 4 {
			<-done
		}
		assert.EqualValues(t, 4*50*45, sum.Load())
	})
}

func TestBlocksPanics(t *testing.T) {
	for _, threads := range []int{1, 2, 4} {
		withThreads(threads, func() {
			assert.PanicsWithValue(t, "boom", func() {
				Blocks(100, func(b int) {
					if b == 57 {
						panic("boom")
					}
				})
			})
			var n atomic.Int32
			Blocks(9, func(int) { n.Add(1) })
			assert.EqualValues(t, 9, n.Load(), "blocks after a panic")
		})
	}
}

func TestForSpansCovers(t *testing.T) {
	for _, ptr := range [][]int32{{0}, {0, 0}, {3, 3, 70, 70, 70, 90000, 90001}, {0, 90000, 90000, 180000}} {
		seen := make([]int32, len(ptr)-1)
		forSpans(ptr, 8, func(lo, hi int) {
			for s := lo; s < hi; s++ {
				atomic.AddInt32(&seen[s], 1)
			}
		})
		for s, c := range seen {
			require.EqualValues(t, 1, c, "span %d of %v", s, ptr)
		}
	}
}
