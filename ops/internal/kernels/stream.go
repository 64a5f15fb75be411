package kernels

import "unsafe"

// A result of at least this many bytes does not stay in the caches until it is
// read, so it is written past them: that spares reading what it overwrites.
// Tests change it.
var streamFrom = 1 << 24

// streams is 1 where rows of n elements of out are to be written past the
// caches, and each begins a line; 0 elsewhere.
func streams[T Float](out []T, n int) int { return streamsIn(out, n, 64) }

// streamsWhole is streams for rows that are written one after the other, which
// need be whole vectors only: the next row fills the line.
func streamsWhole[T Float](out []T, n int) int { return streamsIn(out, n, lanes[T]()*sizeOf[T]()) }

// streamsIn is 1 where out is large, and its rows are whole pieces of so many bytes.
func streamsIn[T Float](out []T, n, bytes int) int {
	if len(out) == 0 || len(out)*sizeOf[T]() < streamFrom || n*sizeOf[T]()%bytes != 0 || uintptr(unsafe.Pointer(&out[0]))%uintptr(bytes) != 0 {
		return 0
	}
	return 1
}

// streamsFrom is streams for blocks of numbers of out made from those of x; 0
// where both are the same memory, which has been read by then.
func streamsFrom[T Float](x, out []T) int {
	if len(out) == 0 || &out[0] == &x[0] {
		return 0
	}
	return streams(out, blockNumbers)
}

// ahead is how many elements ahead a kernel asks for rows of n that it reads
// one after the other: whole rows, about 4 KB or one.
func ahead[T Float](n int) int { return max(1, 4096/(n*sizeOf[T]())) * n }
