package kernels

// Gather sets out[i,:] = x[idx[i],:], with x rows×n and out len(idx)×n. An
// index outside [0, rows), such as the padding −1, gives a row of zeros.
func Gather[T Float](out, x []T, idx []int, rows, n int) {
	gather(out, x, idx, nil, rows, n)
}

// gather is Gather with row j of x times w[j], where w is given.
func gather[T Float](out, x []T, idx []int, w []T, rows, n int) {
	stream := streams(out, n)
	ForRows(len(idx), n, func(lo, hi int) {
		if level > plain {
			panels[T](n, rowWidths, func(c panel) {
				asmGather(at(out, lo*n+c.from), at(x, c.from), n, &idx[lo], at(w, 0), rows, hi-lo, stream, c.tail, c.vecs)
			})
			return
		}
		for i := lo; i < hi; i++ {
			row := out[i*n : i*n+n]
			switch j := idx[i]; {
			case uint(j) >= uint(rows):
				clear(row)
			case w != nil:
				scale(row, x[j*n:], w[j])
			default:
				copy(row, x[j*n:j*n+n])
			}
		}
	})
}
