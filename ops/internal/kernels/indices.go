package kernels

import (
	"sync/atomic"
	"unsafe"
)

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
	const some = 512
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

// inside tells whether all of x are from 0 to last: then neither v nor last − v
// has its sign bit. Two at a time are a word; a difference borrows from the upper
// half only where the lower one tells already.
func inside(x []int32, last int32) bool {
	words := unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(x))), len(x)/2)
	lasts := uint64(last)<<32 | uint64(last)
	var signs, more uint64
	for ; len(words) >= 4; words = words[4:] {
		signs |= words[0] | (lasts - words[0]) | words[1] | (lasts - words[1])
		more |= words[2] | (lasts - words[2]) | words[3] | (lasts - words[3])
	}
	for _, w := range words {
		signs |= w | (lasts - w)
	}
	if len(x)%2 == 1 {
		v := x[len(x)-1]
		signs |= uint64(uint32(v | (last - v)))
	}
	return (signs|more)&(1<<63|1<<31) == 0
}
