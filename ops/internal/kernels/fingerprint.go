package kernels

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// fingerprintBlock is how many bytes of a slice make one block of its
// fingerprint.
const fingerprintBlock = 1 << 18

// Fingerprint is 64 bits that tell one content of a slice from another: equal
// bits give equal fingerprints, and others differ but for one pair in 2⁶⁴ that
// is not made for it. It does not depend on the number of threads.
func Fingerprint[T Float | int](x []T) uint64 {
	data := bytesOf(x)
	n := (len(data) + fingerprintBlock - 1) / fingerprintBlock
	if n <= 1 {
		return fingerprint(data)
	}
	parts := make([]uint64, n)
	Blocks(n, func(b int) {
		parts[b] = fingerprint(data[b*fingerprintBlock : min(len(data), (b+1)*fingerprintBlock)])
	})
	return fingerprint(bytesOf(parts))
}

// bytesOf is the memory of x.
func bytesOf[T Float | int | uint64](x []T) []byte {
	var one T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), len(x)*int(unsafe.Sizeof(one)))
}

// mix is an odd number near 2⁶⁴ over the golden ratio.
const mix = 0x9e3779b97f4a7c15

func mixed(h, word uint64) uint64 { return bits.RotateLeft64((h^word)*mix, 29) }

// word is the first eight bytes of data.
func word(data []byte) uint64 { return binary.LittleEndian.Uint64(data) }

// fingerprint mixes eight lanes of words, so that a multiplication does not wait
// for the one before it. data is a whole number of four bytes. The race detector
// is told of all of it at once: byte by byte it takes most of a training.
//
//go:norace
func fingerprint(data []byte) uint64 {
	reads(data)
	length := uint64(len(data))
	var s, t, u, v, w, x, y, z uint64 = 1, 2, 3, 4, 5, 6, 7, 8
	for ; len(data) >= 64; data = data[64:] {
		d := (*[64]byte)(data)
		s, t, u, v = mixed(s, word(d[:])), mixed(t, word(d[8:])), mixed(u, word(d[16:])), mixed(v, word(d[24:]))
		w, x, y, z = mixed(w, word(d[32:])), mixed(x, word(d[40:])), mixed(y, word(d[48:])), mixed(z, word(d[56:]))
	}
	h := length
	for _, lane := range [8]uint64{s, t, u, v, w, x, y, z} {
		h = mixed(h, lane)
	}
	for ; len(data) >= 8; data = data[8:] {
		h = mixed(h, word(data))
	}
	if len(data) > 0 {
		h = mixed(h, uint64(binary.LittleEndian.Uint32(data)))
	}
	return h ^ h>>32
}
