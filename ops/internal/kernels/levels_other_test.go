//go:build !amd64 || purego

package kernels

// eachLevel runs f with the one level there is.
func eachLevel(f func()) { f() }
