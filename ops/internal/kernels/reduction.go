package kernels

// reduction is how reduceRowPanels makes one row of several.
type reduction uint8

const (
	sumRows reduction = iota
	meanRows
	maxRows
)

// How early the rows of a matrix are asked for that an index names, by the bytes
// of the matrix. Up to secondCache it is near enough: they are not. Up to farBytes
// they are 16 entries ahead. Above, as many as fill aheadBytes: of rows of 64 bytes
// that gave 1.7 times the speed of 64 entries ahead (AMD Zen 5, 64 MB of rows).
//
// Above thirdCache, and above farBytes if a row has longRow bytes or more, they go
// to the second cache first, which seems to wait for more lines at a time than the
// first. Sums of rows of 256 bytes took half the time then (AMD Zen 4, 256 MB of
// rows), and at 5 MB nine tenths; shorter rows took longer up to thirdCache.
const (
	secondCache = 1 << 19
	farBytes    = 1 << 22
	thirdCache  = 1 << 24
	aheadBytes  = 1 << 14
	longRow     = 256
)

// entriesAhead is how many entries ahead the rows of a matrix of so many bytes are
// asked for, where a row has so many bytes and so many of these are asked for; 0
// where they are not. deep is 1 where they go to the second cache first.
func entriesAhead(matrix, row, asked int) (entries, deep int) {
	switch {
	case matrix <= secondCache:
		return 0, 0
	case matrix <= farBytes:
		return 16, 0
	case matrix > thirdCache || row >= longRow:
		deep = 1
	}
	return min(max(aheadBytes/asked, 32), 256), deep
}

// reduceRowPanels reduces the rows ptr[r]..ptr[r+1]-1 of x, or those that col
// names at these places, to row r of out, each of n columns. vals, where there
// are any, weigh the rows of a sum by index, to which bias is added. xRows is
// the number of rows of x; stream is that of streams for the whole result.
func reduceRowPanels[T Float](how reduction, out []T, ptr, col []int32, vals, x, bias []T, n, xRows, stream int) {
	bytes, last := xRows*n*sizeOf[T](), -1
	if bytes > secondCache {
		last = len(col) - 1
	}
	rows, mean := len(ptr)-1, int(how&meanRows)
	panels[T](n, rowWidths, func(c panel) {
		far, deep := entriesAhead(bytes, n*sizeOf[T](), c.vecs*lanes[T]()*sizeOf[T]())
		o, from, p, i := at(out, c.from), at(x, c.from), at(ptr, 0), at(col, 0)
		switch {
		case vals != nil:
			asmSpmm(o, n, p, i, last, deep, far, at(vals, 0), at(bias, c.from), from, n, rows, stream, c.tail, c.vecs)
		case how == maxRows && col == nil:
			asmSequentialMax(o, n, p, ahead[T](n), from, n, rows, stream, c.tail, c.vecs)
		case how == maxRows:
			asmGatherMax(o, n, p, i, last, deep, far, from, n, rows, stream, c.tail, c.vecs)
		case col == nil:
			asmSequentialSum(o, n, p, ahead[T](n), mean, from, n, rows, stream, c.tail, c.vecs)
		default:
			asmGatherSum(o, n, p, i, last, deep, far, mean, at(bias, c.from), from, n, rows, stream, c.tail, c.vecs)
		}
	})
}

// reduceSpan reduces the rows at the places from..to-1 of a plan to one row.
func reduceSpan[T Float](how reduction, from, to int, out, x []T, n int, p *Plan) {
	if level > plain {
		span := [2]int32{int32(from), int32(to)}
		reduceRowPanels(how, out, span[:], p.order, nil, x, nil, n, 0, 0)
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
