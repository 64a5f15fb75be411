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
// are any, weigh the rows of a sum. xRows is the number of rows of x.
func reduceRowPanels[T Float](how reduction, out []T, ptr, col []int32, vals, x []T, n, xRows int) {
	last := -1
	if xRows*n*sizeOf[T]() > secondCache {
		last = len(col) - 1
	}
	rows, mean := len(ptr)-1, int(how&meanRows)
	panels[T](n, rowWidths, func(c panel) {
		o, from, p, i := at(out, c.from), at(x, c.from), at(ptr, 0), at(col, 0)
		switch {
		case vals != nil:
			asmSpmm(o, n, p, i, last, at(vals, 0), from, n, rows, c.tail, c.vecs)
		case how == maxRows && col == nil:
			asmSequentialMax(o, n, p, from, n, rows, c.tail, c.vecs)
		case how == maxRows:
			asmGatherMax(o, n, p, i, last, from, n, rows, c.tail, c.vecs)
		case col == nil:
			asmSequentialSum(o, n, p, mean, from, n, rows, c.tail, c.vecs)
		default:
			asmGatherSum(o, n, p, i, last, mean, from, n, rows, c.tail, c.vecs)
		}
	})
}
