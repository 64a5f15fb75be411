package kernels

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// positive returns n numbers of [0, 1), whose sums show every error.
func positive(n int, seed uint64) []float32 {
	r := rand.New(rand.NewPCG(seed, 13))
	x := make([]float32, n)
	for i := range x {
		x[i] = r.Float32()
	}
	return x
}

// summing is sums of float32 over rows, three ways: over all of them, over a few
// segments, sorted or not. ids nil: one segment.
var summing = map[string]struct {
	size int // of the sum of a segment, of rows of n columns
	f32  func(out, a, b []float32, ids []int, segs, rows, n int)
	term func(a, b []float32, j, n int) float64 // of element j of the sum, for one row
}{
	"ColSum": {
		1, func(out, a, _ []float32, ids []int, segs, rows, n int) {
			if ids == nil {
				ColSum(out, a, rows, n)
				return
			}
			SegmentSum(out, a, NewPlan(ids, segs), n)
		},
		func(a, _ []float32, j, _ int) float64 { return float64(a[j]) },
	},
	"ColDot": {
		1, func(out, a, b []float32, ids []int, segs, _, n int) { SegmentColDot(out, a, b, ids, segs, n) },
		func(a, b []float32, j, _ int) float64 { return float64(a[j]) * float64(b[j]) },
	},
	"Cross": {
		0, func(out, a, b []float32, ids []int, segs, rows, n int) {
			SegmentCross(out, a, b, ids, segs, rows, n, n)
		},
		func(a, b []float32, j, n int) float64 { return float64(a[j/n]) * float64(b[j%n]) },
	},
}

// TestWideSums compares sums of float32 over many rows with float64: their error
// is that of rounding the result, whatever the number of rows.
func TestWideSums(t *testing.T) {
	for name, row := range summing {
		for _, n := range []int{1, 5, 16, 40} {
			const rows, segs = 30_011, 3
			a, b := positive(rows*n, 1), positive(rows*n, 2)
			size := n
			if row.size == 0 {
				size = n * n
			}
			sorted, mixed := make([]int, rows), make([]int, rows)
			for i := range rows {
				sorted[i], mixed[i] = i*segs/rows, i%segs
			}
			for kind, ids := range map[string][]int{"all": nil, "sorted": sorted, "mixed": mixed} {
				count := segs
				if ids == nil {
					count = 1
				}
				want := make([]float64, count*size)
				for i := range rows {
					s := 0
					if ids != nil {
						s = ids[i]
					}
					for j := range size {
						want[s*size+j] += row.term(a[i*n:(i+1)*n], b[i*n:(i+1)*n], j, n)
					}
				}
				eachLevel(func() {
					out := make([]float32, count*size)
					row.f32(out, a, b, ids, count, rows, n)
					for j, v := range want {
						assert.InEpsilon(t, v, float64(out[j]), 4e-7, "%s of %d columns, %s, element %d, level %d", name, n, kind, j, level)
					}
				})
			}
		}
	}
}

// TestLinearGradIsWide is the same for a linear layer's gradients.
func TestLinearGradIsWide(t *testing.T) {
	const m, k, n = 30_011, 7, 16
	x, y, g := positive(m*k, 1), positive(m*n, 2), positive(m*n, 3)
	dw, db := make([]float64, k*n), make([]float64, n)
	for i := range m {
		for j, v := range g[i*n : (i+1)*n] {
			db[j] += float64(v)
			for p, u := range x[i*k : (i+1)*k] {
				dw[p*n+j] += float64(u) * float64(v)
			}
		}
	}
	eachLevel(func() {
		all := make([]float32, k*n+n)
		LinearGrad[float32]{X: []Left[float32]{{x, k}}, Y: y, G: g, Act: Identity, M: m, N: n}.Set(all)
		w, b := all[:k*n], all[k*n:]
		for j, v := range dw {
			assert.InEpsilon(t, v, float64(w[j]), 4e-7, "dw[%d], level %d", j, level)
		}
		for j, v := range db {
			assert.InEpsilon(t, v, float64(b[j]), 4e-7, "db[%d], level %d", j, level)
		}
	})
}

// TestWidenTo has lengths on both sides of what assembly takes.
func TestWidenTo(t *testing.T) {
	for _, n := range []int{0, 1, 7, 16, 31, 32, 33, 100, 257} {
		x := random[float32](n, 4)
		eachLevel(func() {
			y, want := random[float64](n+1, 5), random[float64](n+1, 5)
			for j, v := range x {
				want[j] += float64(v)
			}
			widenTo(y[:n], x)
			assert.Equal(t, want, y, "%d elements, level %d", n, level)
		})
	}
}

// TestWideSumsAlone: a sum has the same bits where no other thread helps, and where
// the threads are taken.
func TestWideSumsAlone(t *testing.T) {
	for _, rows := range []int{700, 4096, 5000, 40_000} {
		const k, n = 9, 33
		a, b := positive(rows*k, 1), positive(rows*n, 2)
		want, one, inside := make([]float32, k*n), make([]float32, k*n), make([]float32, k*n)
		withThreads(4, func() { MatMulTN(want, a, b, rows, k, n) })
		withThreads(1, func() { MatMulTN(one, a, b, rows, k, n) })
		Blocks(2, func(i int) {
			if i == 0 {
				MatMulTN(inside, a, b, rows, k, n)
			}
		})
		assert.Equal(t, want, one, rows)
		assert.Equal(t, want, inside, rows)
	}
}
