// Package kernels holds the numeric loops of graphpool on plain slices of
// float32 or float64. It knows nothing of expression graphs.
//
// Matrices are row-major and contiguous. Every kernel writes every element of
// its output, whatever it held before, and takes empty sizes. Arguments are
// trusted: shapes, patterns and indices are validated by the caller.
//
// Work is cut into blocks whose bounds depend on the sizes alone, and partial
// sums are added in a fixed order: a result has the same bits for every number
// of threads.
package kernels
