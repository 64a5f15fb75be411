//go:build amd64 && !purego

package kernels

import "unsafe"

// reduceRowPanels reduces the rows ptr[r]..ptr[r+1]-1 of x, or those that col
// names at these places, to row r of out, each of n columns. vals, where there
// are any, weigh the rows of a sum. xRows is the number of rows of x.
func reduceRowPanels[T Float](how reduction, out []T, ptr, col []int32, vals, x []T, n, xRows int) {
	var z T
	last := -1
	if xRows*n*int(unsafe.Sizeof(z)) > secondCache {
		last = len(col) - 1
	}
	for c, ok := (panel{}).next(n, lanes[T](), rowWidths); ok; c, ok = c.next(n, lanes[T](), rowWidths) {
		if is32[T]() {
			reduce32(how, at[float32](out, c.from), ptr, col, at[float32](vals, 0), at[float32](x, c.from), n, last, c)
		} else {
			reduce64(how, at[float64](out, c.from), ptr, col, at[float64](vals, 0), at[float64](x, c.from), n, last, c)
		}
	}
}

// reduce32 reduces one panel of float32.
func reduce32(how reduction, out *float32, ptr, col []int32, vals, x *float32, n, last int, c panel) {
	p, i, rows, mean := unsafe.SliceData(ptr), unsafe.SliceData(col), len(ptr)-1, int(how&meanRows)
	wide := level == avx512
	switch {
	case wide && vals != nil:
		spmmAVX512F32(out, n, p, i, last, vals, x, n, rows, c.tail, c.vecs)
	case wide && how == maxRows && col == nil:
		sequentialMaxAVX512F32(out, n, p, x, n, rows, c.tail, c.vecs)
	case wide && how == maxRows:
		gatherMaxAVX512F32(out, n, p, i, last, x, n, rows, c.tail, c.vecs)
	case wide && col == nil:
		sequentialSumAVX512F32(out, n, p, mean, x, n, rows, c.tail, c.vecs)
	case wide:
		gatherSumAVX512F32(out, n, p, i, last, mean, x, n, rows, c.tail, c.vecs)
	case vals != nil:
		spmmAVX2F32(out, n, p, i, last, vals, x, n, rows, c.tail, c.vecs)
	case how == maxRows && col == nil:
		sequentialMaxAVX2F32(out, n, p, x, n, rows, c.tail, c.vecs)
	case how == maxRows:
		gatherMaxAVX2F32(out, n, p, i, last, x, n, rows, c.tail, c.vecs)
	case col == nil:
		sequentialSumAVX2F32(out, n, p, mean, x, n, rows, c.tail, c.vecs)
	default:
		gatherSumAVX2F32(out, n, p, i, last, mean, x, n, rows, c.tail, c.vecs)
	}
}

// reduce64 reduces one panel of float64.
func reduce64(how reduction, out *float64, ptr, col []int32, vals, x *float64, n, last int, c panel) {
	p, i, rows, mean := unsafe.SliceData(ptr), unsafe.SliceData(col), len(ptr)-1, int(how&meanRows)
	wide := level == avx512
	switch {
	case wide && vals != nil:
		spmmAVX512F64(out, n, p, i, last, vals, x, n, rows, c.tail, c.vecs)
	case wide && how == maxRows && col == nil:
		sequentialMaxAVX512F64(out, n, p, x, n, rows, c.tail, c.vecs)
	case wide && how == maxRows:
		gatherMaxAVX512F64(out, n, p, i, last, x, n, rows, c.tail, c.vecs)
	case wide && col == nil:
		sequentialSumAVX512F64(out, n, p, mean, x, n, rows, c.tail, c.vecs)
	case wide:
		gatherSumAVX512F64(out, n, p, i, last, mean, x, n, rows, c.tail, c.vecs)
	case vals != nil:
		spmmAVX2F64(out, n, p, i, last, vals, x, n, rows, c.tail, c.vecs)
	case how == maxRows && col == nil:
		sequentialMaxAVX2F64(out, n, p, x, n, rows, c.tail, c.vecs)
	case how == maxRows:
		gatherMaxAVX2F64(out, n, p, i, last, x, n, rows, c.tail, c.vecs)
	case col == nil:
		sequentialSumAVX2F64(out, n, p, mean, x, n, rows, c.tail, c.vecs)
	default:
		gatherSumAVX2F64(out, n, p, i, last, mean, x, n, rows, c.tail, c.vecs)
	}
}
