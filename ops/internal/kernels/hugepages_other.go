//go:build !linux || purego

package kernels

// HugePages asks for large pages where the system offers them: not here.
func HugePages[T Float](x []T) bool { return false }
