//go:build race

package kernels

// columns are some of the widths that tests without the race detector have: how
// threads share the work is the same at all others, and the detector does not see
// into assembly.
var columns = []int{0, 1, 7, 16, 40, 65, 130}
