package kernels

// reduction is how reduceRowPanels makes one row of several.
type reduction uint8

const (
	sumRows reduction = iota
	meanRows
	maxRows
)

// secondCache is the size in bytes of a matrix whose rows need no prefetching.
const secondCache = 1 << 19

// reduceRowPanels reduces the rows ptr[r]..ptr[r+1]-1 of x, or those that col
// names at these places, to row r of out, each of n columns. vals, where there
// are any, weigh the rows of a sum. xRows is the number of rows of x; stream is of streams.
func reduceRowPanels[T Float](how reduction, out []T, ptr, col []int32, vals, x []T, n, xRows, stream int) {
	last := -1
	if xRows*n*sizeOf[T]() > secondCache {
		last = len(col) - 1
	}
	rows, mean := len(ptr)-1, int(how&meanRows)
	panels[T](n, rowWidths, func(c panel) {
		o, from, p, i := at(out, c.from), at(x, c.from), at(ptr, 0), at(col, 0)
		switch {
		case vals != nil:
			asmSpmm(o, n, p, i, last, at(vals, 0), from, n, rows, stream, c.tail, c.vecs)
		case how == maxRows && col == nil:
			asmSequentialMax(o, n, p, ahead[T](n), from, n, rows, stream, c.tail, c.vecs)
		case how == maxRows:
			asmGatherMax(o, n, p, i, last, from, n, rows, stream, c.tail, c.vecs)
		case col == nil:
			asmSequentialSum(o, n, p, ahead[T](n), mean, from, n, rows, stream, c.tail, c.vecs)
		default:
			asmGatherSum(o, n, p, i, last, mean, from, n, rows, stream, c.tail, c.vecs)
		}
	})
}

// reduceSpan reduces the rows at the places from..to-1 of a plan to one row.
func reduceSpan[T Float](how reduction, from, to int, out, x []T, n int, p *segPlan) {
	if level > plain {
		span := [2]int32{int32(from), int32(to)}
		reduceRowPanels(how, out, span[:], p.order, nil, x, n, 0, 0)
		return
	}
	clear(out)
	for e := from; e < to; e++ {
		switch row := x[p.row(int32(e))*n:]; {
		case how != maxRows:
			addTo(out, row)
		case e == from:
			copy(out, row)
		default:
			maxTo(out, row)
		}
	}
	if how == meanRows && to > from+1 {
		scale(out, out, 1/T(to-from))
	}
}
