//go:build linux && !purego

package kernels

import (
	"syscall"
	"unsafe"
)

const (
	hugePage   = 1 << 21
	adviseHuge = 14 // MADV_HUGEPAGE
)

// HugePages asks the system to back a large buffer, 4 MB or more, by pages of
// 2 MB, and reports whether it was willing. Reads at random places of a large
// matrix, as of SpMM, miss the table of pages less often then. It is for a new
// buffer: what has been written before stays on the pages it is on.
func HugePages[T Float](x []T) bool {
	size := uintptr(cap(x)) * uintptr(sizeOf[T]())
	if size < 2*hugePage {
		return false
	}
	start := uintptr(unsafe.Pointer(unsafe.SliceData(x)))
	from := (start+hugePage-1)&^(hugePage-1) - start
	length := (size - from) &^ (hugePage - 1)
	all := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), size)[from : from+length]
	return syscall.Madvise(all, adviseHuge) == nil
}
