package kernels

import (
	"math/bits"
	"runtime"
	"sort"
)

// grain is the least work, counted in elements touched, of one block. A call of
// fewer elements than this runs on the calling goroutine.
const grain = 1 << 14

// Threads returns the number of goroutines that kernels run on: GOMAXPROCS.
func Threads() int { return runtime.GOMAXPROCS(0) }

// Blocks calls f(b) once for every b in 0..n-1, on up to [Threads] goroutines
// of which the calling one is one, and returns when all calls have. The order
// of the calls is undefined: a result that depends on nothing but b is the same
// for every number of threads. A panic in f is raised again on the calling
// goroutine. Blocks may be called from within f and by several goroutines; all
// but one of them then work alone.
func Blocks(n int, f func(b int)) { blocks(n, Threads(), f) }

// blocksInTurn is Blocks with all goroutines at work on neighbouring blocks, for
// kernels that read at places which neighbours have in common: they find them
// in the cache that they share.
func blocksInTurn(n int, f func(b int)) { blocks(n, 1, f) }

// alone tells whether Blocks would call f on the calling goroutine alone, as far
// as can be known.
func alone() bool { return Threads() == 1 || crew.busy.Load() }

// blocks is Blocks in so many lanes.
func blocks(n, lanes int, f func(b int)) {
	if w := min(Threads(), n); w > 1 && crew.run(w-1, n, min(lanes, w), f) {
		return
	}
	for b := range n {
		f(b)
	}
}

// ForRows calls f on consecutive ranges [lo, hi) that cover 0..rows-1: the
// ranges depend on rows and cost, the work of a row, alone.
func ForRows(rows, cost int, f func(lo, hi int)) { forBlocks(rows, perBlock(rows, cost), f) }

// blockNumbers divides the length of all blocks of numbers but the last, so that
// each begins at a line of the cache if the first does.
const blockNumbers = 64

// perBlock is how many of n pieces of work of a cost make a block: about a
// grain, and up to eight where there would be very many blocks. Where there
// are many in a block, their number is a multiple of blockNumbers.
func perBlock(n, cost int) int {
	const many = 1024
	cost = max(cost, 1)
	per := max(1, min(max(grain, n/many*cost), 8*grain)/cost)
	if per > blockNumbers {
		per -= per % blockNumbers
	}
	return per
}

// forBlocks calls f on consecutive ranges [lo, hi) of per rows that cover
// 0..rows-1, the last perhaps shorter.
func forBlocks(rows, per int, f func(lo, hi int)) {
	if rows <= 0 {
		return
	}
	if rows <= per {
		f(0, rows)
		return
	}
	Blocks((rows+per-1)/per, func(b int) { f(b*per, min(rows, (b+1)*per)) })
}

// forSpans calls f on consecutive ranges of the spans ptr[s]..ptr[s+1] that
// cover all of them; each range has about the same number of entries and
// spans, whatever the length of each span. cost is the work of one entry.
func forSpans(ptr []int32, cost int, f func(lo, hi int)) {
	spans := len(ptr) - 1
	if spans <= 0 {
		return
	}
	weight := spanWeight(ptr, spans)
	per := perBlock(weight, cost)
	n := (weight + per - 1) / per
	if n <= 1 {
		f(0, spans)
		return
	}
	n = 1 << bits.Len(uint(n-1)) // so that two, four or eight goroutines get the same share
	per = (weight + n - 1) / n
	Blocks(n, func(b int) {
		lo, hi := spanCut(ptr, b*per), spanCut(ptr, (b+1)*per)
		if lo < hi {
			f(lo, hi)
		}
	})
}

// spanWeight is the number of entries and spans before span s.
func spanWeight(ptr []int32, s int) int { return int(ptr[s]-ptr[0]) + s }

// spanCut returns the first span with at least w entries and spans before it.
func spanCut(ptr []int32, w int) int {
	return sort.Search(len(ptr)-1, func(s int) bool { return spanWeight(ptr, s) >= w })
}
