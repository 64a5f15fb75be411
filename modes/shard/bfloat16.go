package shard

import "math"

// toBFloat16 rounds x to nearest even; what is beyond the largest becomes
// infinite.
func toBFloat16(x []float32, to []uint16) []uint16 {
	to = grown(to, len(x))
	for i, v := range x {
		b := math.Float32bits(v)
		to[i] = uint16((b + 0x7fff + b>>16&1) >> 16)
	}
	return to
}

// fromBFloat16 widens x, which is exact.
func fromBFloat16(x []uint16, to []float32) {
	for i, v := range x {
		to[i] = math.Float32frombits(uint32(v) << 16)
	}
}
