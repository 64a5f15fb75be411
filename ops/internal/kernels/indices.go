package kernels

import "sync/atomic"

// FirstOutside returns the first place at which idx holds neither −1 nor an
// index of [0, bound); −1 where there is none.
func FirstOutside(idx []int, bound int) int {
	var found atomic.Int64 // 1 + the first place found
	forBlocks(len(idx), planBlock, func(lo, hi int) {
		for i, v := range idx[lo:hi] {
			if uint(v+1) > uint(bound) {
				lowest(&found, int64(lo+i)+1)
				return
			}
		}
	})
	return int(found.Load()) - 1
}
