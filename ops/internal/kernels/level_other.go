//go:build !amd64 || purego

package kernels

// level is the instruction set in use: none here, so that the branches to
// assembly vanish.
const level = plain
