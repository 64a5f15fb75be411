package kernels

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// keyScratch holds the keys of one segment.
var keyScratch = sync.Pool{New: func() any { return new([]int64) }}

// keepMany writes the len(idx) best rows of segment s to idx. It returns the
// first row whose score is NaN, or −1.
func keepMany[T Float](idx []int, score []T, p *Plan, s int, descending bool, buf *[]int64) int {
	from, n := p.ptr[s], int(p.ptr[s+1]-p.ptr[s])
	keys, spare := (*grow(buf, 2*n))[:n], (*buf)[n:]
	if e := fillKeys(keys, score, p, from); e >= 0 {
		return p.row(from + int32(e))
	}
	if len(idx) == 0 {
		return -1
	}
	keepLargest(idx, keys, spare)
	for e, at := range idx {
		idx[e] = p.row(from + int32(at))
	}
	if descending {
		slices.SortStableFunc(idx, func(a, b int) int { return cmp.Compare(orderedKey(score[b]), orderedKey(score[a])) })
	}
	return -1
}

// fillKeys sets keys to those of the rows from place from on. It returns the
// first that is NaN, or −1.
func fillKeys[T Float](keys []int64, score []T, p *Plan, from int32) int {
	if p.order == nil {
		score = score[from:][:len(keys)]
	}
	for e := range keys {
		var v T
		if p.order == nil {
			v = score[e]
		} else {
			v = score[p.order[from+int32(e)]]
		}
		if v != v {
			return e
		}
		keys[e] = orderedKey(v)
	}
	return -1
}

// orderedKey maps numbers to integers of the same order; −0 equals 0.
func orderedKey[T Float](v T) int64 {
	if is32[T]() {
		b := int32(math.Float32bits(float32(v) + 0))
		return int64(b^(b>>31&math.MaxInt32)) << 32
	}
	b := int64(math.Float64bits(float64(v) + 0))
	return b ^ (b >> 63 & math.MaxInt64)
}

// keepLargest writes the places of the len(idx) largest keys, of equal ones the
// first, in their order.
func keepLargest(idx []int, keys, spare []int64) {
	least, equal := kthLargest(keys, spare, len(idx))
	at := 0
	for e, key := range keys {
		if key < least {
			continue
		}
		if key == least {
			if equal == 0 {
				continue
			}
			equal--
		}
		idx[at] = e
		at++
	}
}

// kthLargest returns the k-th largest key and how many keys equal to it are
// among the k largest. It narrows the keys down by eight bits at a time.
func kthLargest(keys, spare []int64, k int) (key int64, equal int) {
	for shift := 56; shift >= 0; shift -= 8 {
		var counts [256]int32
		for _, v := range keys {
			counts[digitOf(v, shift)]++
		}
		digit := 255
		for ; int(counts[digit]) < k; digit-- {
			k -= int(counts[digit])
		}
		if int(counts[digit]) == len(keys) {
			continue // all share this digit
		}
		n := 0
		for _, v := range keys {
			spare[n] = v
			if digitOf(v, shift) == byte(digit) {
				n++
			}
		}
		keys = spare[:n]
	}
	return keys[0], k
}

// digitOf returns eight bits of a key, in an order that puts negative ones
// first.
func digitOf(key int64, shift int) byte { return byte((uint64(key) ^ 1<<63) >> shift) }
