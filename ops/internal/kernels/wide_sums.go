package kernels

// Sums over many rows are added up in float64, whatever the type: the error of
// a sum of n numbers of float32 grows with n, and a training makes it larger
// from epoch to epoch. Registers hold float32 for some rows, which costs no
// time.

// narrowRows is how many rows of float32 are summed in float32.
const narrowRows = 512

// long reports whether a sum over so many rows is added up in float64.
func long[T Float](rows int) bool { return is32[T]() && rows > narrowRows }

// sumOverRows sets out to a sum over rows. part writes the sum of the rows
// lo..hi-1 to sum. The bounds of the parts depend on the sizes alone, and the
// parts are added up in order.
func sumOverRows[T Float](out []T, rows, cost int, part func(sum []T, lo, hi int)) {
	if !long[T](rows) {
		reduceRows(out, rows, cost, part, addTo)
		return
	}
	wide := scratch[float64](len(out))
	if per := partRows(len(out), rows, cost); per <= narrowRows && alone() {
		sumWide(*wide, 0, rows, per, part) // the same additions, without memory for each part
	} else {
		reduceRows(*wide, rows, cost, func(sum []float64, lo, hi int) { sumWide(sum, lo, hi, narrowRows, part) }, addTo)
	}
	narrow(out, *wide)
	release(wide)
}

// sumInTurn is the sum of the rows lo..hi-1 on the calling goroutine alone.
func sumInTurn[T Float](out []T, lo, hi int, part func(sum []T, lo, hi int)) {
	if !long[T](hi - lo) {
		part(out, lo, hi)
		return
	}
	wide := scratch[float64](len(out))
	sumWide(*wide, lo, hi, narrowRows, part)
	narrow(out, *wide)
	release(wide)
}

// sumWide sets sum to that of the rows lo..hi-1, of which part sums so many at a
// time.
func sumWide[T Float](sum []float64, lo, hi, rows int, part func(sum []T, lo, hi int)) {
	some := scratch[T](len(sum))
	clear(sum)
	for ; lo < hi; lo += rows {
		part(*some, lo, min(hi, lo+rows))
		widenTo(sum, *some)
	}
	release(some)
}

// widenTo sets y += x.
func widenTo[T Float](y []float64, x []T) {
	whole := 0
	if level > plain {
		whole = len(y) - len(y)%(4*lanes[float64]())
	}
	if whole > 0 {
		asmVecWiden(&y[0], &x[0], whole)
	}
	ColSums(y[whole:], x[whole:], 0, 1)
}

// narrow sets out to x.
func narrow[T Float](out []T, x []float64) {
	out = out[:len(x)]
	for j, v := range x {
		out[j] = T(v)
	}
}
