package graphfile

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// rankWindow is how many numbers are ranked at a time: 48 MB of memory.
const rankWindow = 1 << 28

// ranked replaces each number in the blocks by its place among those that
// occur, and returns these, ascending. most is the largest of them. Time is
// linear; memory is at most in proportion to the edges.
func ranked(blocks []*listBlock, most uint32, edges, workers int) []uint32 {
	if size := int(most) + 1; size > 64*edges+1<<16 && edges < 1<<19 {
		return rankedBySorting(blocks)
	}
	var ids []uint32
	set := newRankSet(min(int(most)+1, rankWindow))
	// A place is never larger than its number, so numbers of later windows are
	// still told from places.
	for from := 0; from <= int(most); from += rankWindow {
		set.from = uint32(from)
		eachBlock(blocks, workers, func(b *listBlock) { set.mark(b.src); set.mark(b.dst) })
		ids = set.count(ids)
		eachBlock(blocks, workers, func(b *listBlock) { set.replace(b.src); set.replace(b.dst) })
		clear(set.bits)
	}
	return ids
}

// rankedBySorting is ranked for few edges of large numbers.
func rankedBySorting(blocks []*listBlock) []uint32 {
	var ids []uint32
	for _, b := range blocks {
		ids = append(append(ids, b.src...), b.dst...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, b := range blocks {
		replace(b, func(v uint32) uint32 {
			p, _ := slices.BinarySearch(ids, v)
			return uint32(p)
		})
	}
	return ids
}

// rankSet is a set of numbers from from on, and how many of them, and of those
// before, are less than each 64th.
type rankSet struct {
	from  uint32
	bits  []uint64
	below []uint32
}

func newRankSet(size int) *rankSet {
	return &rankSet{bits: make([]uint64, (size+63)/64), below: make([]uint32, (size+63)/64)}
}

func (s *rankSet) mark(ids []uint32) {
	for _, v := range ids {
		at := v - s.from
		if v < s.from || int(at>>6) >= len(s.bits) {
			continue
		}
		word, bit := &s.bits[at>>6], uint64(1)<<(at&63)
		if atomic.LoadUint64(word)&bit == 0 {
			atomic.OrUint64(word, bit)
		}
	}
}

// count appends the numbers in the set to ids.
func (s *rankSet) count(ids []uint32) []uint32 {
	there := 0
	for _, w := range s.bits {
		there += bits.OnesCount64(w)
	}
	ids = slices.Grow(ids, there)
	for i, w := range s.bits {
		s.below[i] = uint32(len(ids))
		for ; w != 0; w &= w - 1 {
			ids = append(ids, s.from+uint32(64*i+bits.TrailingZeros64(w)))
		}
	}
	return ids
}

func (s *rankSet) replace(ids []uint32) {
	for i, v := range ids {
		at := v - s.from
		if v < s.from || int(at>>6) >= len(s.bits) {
			continue
		}
		word, bit := s.bits[at>>6], uint64(1)<<(at&63)
		ids[i] = s.below[at>>6] + uint32(bits.OnesCount64(word&(bit-1)))
	}
}

// eachBlock calls f for every block, by several workers.
func eachBlock(blocks []*listBlock, workers int, f func(*listBlock)) {
	parts(len(blocks), workers, func(i int) { f(blocks[i]) })
}

// parts calls f with 0 to n−1, by several workers.
func parts(n, workers int, f func(i int)) {
	if workers == 1 || n < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
