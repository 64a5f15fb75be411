package ops

import "github.com/graphpool/graphpool/ops/internal/kernels"

// fill sets every element of x to v.
func fill[T any](x []T, v T) {
	done := min(len(x), 64)
	for i := range x[:done] {
		x[i] = v
	}
	for done < len(x) {
		done += copy(x[done:], x[:done])
	}
}

// sum adds up x in an order that its length alone decides.
func sum[T Float](x []T) (total T) {
	const lanes = 64
	if len(x) >= 4*lanes {
		whole := len(x) / lanes * lanes
		cols := make([]T, lanes)
		kernels.ColSum(cols, x[:whole], whole/lanes, lanes)
		total, x = sumShort(cols), x[whole:]
	}
	return total + sumShort(x)
}

// sumShort is sum with four sums side by side.
func sumShort[T Float](x []T) T {
	var s [4]T
	for ; len(x) >= 4; x = x[4:] {
		s[0] += x[0]
		s[1] += x[1]
		s[2] += x[2]
		s[3] += x[3]
	}
	for _, v := range x {
		s[0] += v
	}
	return (s[0] + s[1]) + (s[2] + s[3])
}

// eachRun calls f on the ranges of consecutive ids that are equal, several at
// a time where there are many. An id costs as much as so many elements.
func eachRun(ids []int, cost int, f func(lo, hi int)) {
	var ends []int32
	for i := range ids {
		if i+1 == len(ids) || ids[i+1] != ids[i] {
			ends = append(ends, int32(i+1))
		}
	}
	run := func(r int) {
		lo := 0
		if r > 0 {
			lo = int(ends[r-1])
		}
		f(lo, int(ends[r]))
	}
	if len(ends) < 2*kernels.Threads() { // f itself uses all goroutines
		for r := range ends {
			run(r)
		}
		return
	}
	kernels.ForRows(len(ends), cost*len(ids)/len(ends), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			run(r)
		}
	})
}
