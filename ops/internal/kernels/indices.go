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

// FirstColumnOutside returns the first place of col that is no index of
// [0, cols), 1 ≤ cols < 2³¹; −1 where there is none.
func FirstColumnOutside(col []int32, cols int) int {
	const some = 1024
	last := int32(cols - 1)
	for lo := 0; lo < len(col); lo += some {
		part := col[lo:min(lo+some, len(col))]
		if inside(part, last) {
			continue
		}
		for i, c := range part {
			if uint32(c) > uint32(last) {
				return lo + i
			}
		}
	}
	return -1
}

// inside tells whether all of x are from 0 to last.
func inside(x []int32, last int32) bool {
	if whole := len(x) &^ 31; level > plain && whole > 0 {
		if highestAVX2(&x[0], whole) > uint32(last) { // what is below 0 is above 2³¹
			return false
		}
		x = x[whole:]
	}
	var signs, more int32 // neither v nor last − v is below 0
	for ; len(x) >= 4; x = x[4:] {
		signs |= x[0] | (last - x[0]) | x[1] | (last - x[1])
		more |= x[2] | (last - x[2]) | x[3] | (last - x[3])
	}
	for _, v := range x {
		signs |= v | (last - v)
	}
	return signs|more >= 0
}
