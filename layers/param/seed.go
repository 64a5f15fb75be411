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

// pathRand is the generator of one weight. Seed and path are mixed first, so
// that seeds that differ in a bit start from states that differ in many.
func pathRand(seed uint64, path string) *rand.Rand {
	return rand.New(rand.NewPCG(mix(seed+0x9e3779b97f4a7c15), mix(pathHash(path))))
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
