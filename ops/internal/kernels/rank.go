package kernels

// rankAtMost is the length up to which rows are ranked by comparing all pairs.
const rankAtMost = 128

// ranking ranks the rows of short segments. A rank is the number of rows that
// come before a row: those of a higher score, and of the same but a lower
// index. Assembly reads and writes whole vectors.
type ranking[T Float] struct {
	score [rankAtMost + 16]T
	rank  [rankAtMost + 16]int32
	place [256]int // so that no number of 8 bits lies outside
}

// keep writes the len(idx) best rows of segment s to idx. It returns the first
// row whose score is NaN, or −1.
func (r *ranking[T]) keep(idx []int, score []T, p *Plan, s int, descending bool) int {
	from, n := p.ptr[s], int(p.ptr[s+1]-p.ptr[s])
	if n == 0 {
		return -1
	}
	x := r.score[:n]
	if p.order == nil {
		copy(x, score[from:])
	} else {
		for e, i := range p.order[from:][:n] {
			x[e] = score[i]
		}
	}
	r.fill(n)
	if r.sort(int(from), n, len(idx), descending) {
		for e, v := range x {
			if v != v {
				return p.row(from + int32(e))
			}
		}
	}
	copy(idx, r.place[:])
	if p.order != nil {
		for e, at := range idx {
			idx[e] = int(p.order[at])
		}
	}
	return -1
}

// fill ranks n scores; a NaN gets n.
func (r *ranking[T]) fill(n int) {
	if level > plain {
		asmRanks(&r.rank[0], &r.score[0], n)
		return
	}
	x := r.score[:n]
	for i, v := range x {
		before := 0
		for _, u := range x[:i] {
			if !(u < v) {
				before++
			}
		}
		for _, u := range x[i:] {
			if !(u <= v) {
				before++
			}
		}
		r.rank[i] = int32(before)
	}
}

// sort sets place to the places of the k best of n rows, the first of which is
// at place first, in their order or by rank, and reports whether one is NaN. It
// has no branches that scores decide.
func (r *ranking[T]) sort(first, n, k int, descending bool) (nan bool) {
	if descending || k == 0 {
		var worst int32
		for e, rank := range r.rank[:n] {
			worst = max(worst, rank)
			r.place[uint8(rank)] = first + e
		}
		return int(worst) == n
	}
	var at uint8
	for e, rank := range r.rank[:n] {
		r.place[at] = first + e
		at += uint8(uint32(rank-int32(k)) >> 31) // one more where rank < k
	}
	return int(at) != k // a NaN comes before all others, and is not counted itself
}
