//go:build !amd64 || purego

package kernels

// level is the instruction set in use: none here, so that the branches to
// assembly vanish.
const level = plain

// bestLevel is the best instruction set there is.
func bestLevel() isa { return plain }

// A value of the environment that asks for more is told here, too.
var _ = lowered(bestLevel())
