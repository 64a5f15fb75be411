package kernels

// Sums over many rows are added up in float64, whatever the type: the error of
// a sum of n numbers of float32 grows with n, and training makes it larger from
// step to step. Registers hold float32 for some rows, which costs no time.

// narrowRows is how many rows of float32 are summed in float32.
const narrowRows = 512

// sumOverRows sets out to a sum over rows. part writes the sum of the rows
// lo..hi-1 to sum; its bounds depend on the sizes alone, and parts are added up
// in order.
func sumOverRows[T Float](out []T, rows, cost int, part func(sum []T, lo, hi int)) {
	if !is32[T]() || rows <= narrowRows {
		reduceRows(out, rows, cost, part, addTo)
		return
	}
	all := scratch[float64](len(out))
	reduceRows(*all, rows, cost, func(sum []float64, lo, hi int) {
		some := scratch[T](len(out))
		clear(sum)
		for ; lo < hi; lo += narrowRows {
			part(*some, lo, min(hi, lo+narrowRows))
			widenTo(sum, *some)
		}
		release(some)
	}, addTo)
	for j, v := range *all {
		out[j] = T(v)
	}
	release(all)
}

// widenTo sets y += x.
func widenTo[T Float](y []float64, x []T) {
	whole := 0
	if level > plain {
		whole = len(y) / widened() * widened()
	}
	if whole > 0 {
		asmVecWiden(&y[0], &x[0], whole)
	}
	ColSums(y[whole:], x[whole:], 0, 1)
}

// widened is how many elements asmVecWiden takes at a time.
func widened() int { return 4 * lanes[float64]() }
