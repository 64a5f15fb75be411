package param

import (
	"hash/fnv"
	"math/rand/v2"
)

// pathHash is FNV-1a over 64 bits: a fixed function, so that weights drawn by
// one version of Go are drawn by every other.
func pathHash(path string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(path)) // never fails
	return h.Sum64()
}

// pathRand is the generator of one weight.
func pathRand(seed uint64, path string) *rand.Rand {
	return rand.New(rand.NewPCG(seed, pathHash(path)))
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", 2014): every bit of x moves every bit of
// the result.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
