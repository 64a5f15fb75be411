package kernels

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

// One changed bit, two elements in another order, or another length change it.
func TestFingerprint(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 3, 15, 16, 17, 31, 1000, fingerprintBlock/4 + 1, fingerprintBlock} {
		x := make([]float32, n)
		for i := range x {
			x[i] = r.Float32()
		}
		was := Fingerprint(x)
		assert.Equal(t, was, Fingerprint(append([]float32{}, x...)), n)
		assert.NotEqual(t, was, Fingerprint(append(x[:n:n], 0)), n)
		for range min(n, 50) {
			i, j := r.IntN(n), r.IntN(n)
			x[i] = -x[i]
			assert.NotEqual(t, was, Fingerprint(x), "the sign of %d of %d", i, n)
			x[i] = -x[i]
			if x[i] != x[j] {
				x[i], x[j] = x[j], x[i]
				assert.NotEqual(t, was, Fingerprint(x), "%d for %d of %d", i, j, n)
				x[i], x[j] = x[j], x[i]
			}
		}
	}
}

func TestFingerprintThreads(t *testing.T) {
	x := make([]float64, 300000)
	for i := range x {
		x[i] = float64(i)
	}
	was := Fingerprint(x)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	assert.Equal(t, was, Fingerprint(x))
}

func BenchmarkFingerprint(b *testing.B) {
	ids := randomInts(1_000_000, 0, 100_000, 1)
	bench(b, 8*len(ids), func() { Fingerprint(ids) })
}
