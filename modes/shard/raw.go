package shard

import (
	"encoding/binary"
	"fmt"
	"slices"
	"unsafe"

	"github.com/graphpool/graphpool/modes/wholefile"
)

// number is what files hold.
type number interface {
	uint8 | uint16 | int32 | uint32 | int64 | float32 | float64
}

// raw is the memory of s.
func raw[T number](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*sizeOf[T]())
}

// sizeOf is the size of a T in bytes.
func sizeOf[T number]() int {
	var v T
	return int(unsafe.Sizeof(v))
}

// stored is s as a file has it: its own memory on a little-endian machine.
func stored[T number](s []T) []byte {
	if !bigEndian() {
		return raw(s)
	}
	b := slices.Clone(raw(s))
	swap(b, sizeOf[T]())
	return b
}

// loaded turns s, whose memory was filled from a file, into numbers.
func loaded[T number](s []T) {
	if bigEndian() {
		swap(raw(s), sizeOf[T]())
	}
}

func bigEndian() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) != 1 }

// swap turns the bytes of each number around.
func swap(b []byte, size int) {
	for ; len(b) >= size; b = b[size:] {
		slices.Reverse(b[:size])
	}
}

// grown is s with n elements, in the same memory where that is enough.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// pathError says "path: reason" for an error of package os.
func pathError(path string, err error) error {
	return fmt.Errorf("%s: %w", path, wholefile.Reason(err))
}
