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

// fingerprint mixes four lanes of words, so that a multiplication does not wait
// for the one before it. data is a whole number of four bytes.
func fingerprint(data []byte) uint64 {
	length := uint64(len(data))
	word := binary.LittleEndian.Uint64
	var a, b, c, d uint64 = 1, 2, 3, 4
	for ; len(data) >= 32; data = data[32:] {
		w := data[:32]
		a, b, c, d = mixed(a, word(w)), mixed(b, word(w[8:])), mixed(c, word(w[16:])), mixed(d, word(w[24:]))
	}
	h := mixed(mixed(mixed(mixed(length, a), b), c), d)
	for ; len(data) >= 8; data = data[8:] {
		h = mixed(h, word(data))
	}
	if len(data) > 0 {
		h = mixed(h, uint64(binary.LittleEndian.Uint32(data)))
	}
	return h ^ h>>32
}
