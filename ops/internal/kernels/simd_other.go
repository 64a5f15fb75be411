//go:build !amd64 || purego

package kernels

// level is the instruction set in use: none here, so that the branches to
// assembly vanish.
const level = plain

// The functions below stand in for those of the files for amd64.

func gemmPanels[T Float](product[T])                                                {}
func reduceRowPanels[T Float](_ reduction, _ []T, _, _ []int32, _, _ []T, _, _ int) {}
