package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// eachType runs a test for both element types.
func eachType(t *testing.T, f32 func(*testing.T), f64 func(*testing.T)) {
	t.Run("float32", f32)
	t.Run("float64", f64)
}

// tolerance is the relative error allowed for sums of moderate length.
func tolerance[T Float]() float64 {
	if is32[T]() {
		return 2e-5
	}
	return 1e-12
}

// random returns n numbers drawn from N(0, 1) for a seed.
//
//go:norace
func random[T Float](n int, seed uint64) []T {
	r := rand.New(rand.NewPCG(seed, 7))
	x := make([]T, n)
	for i := range x {
		x[i] = T(r.NormFloat64())
	}
	return seen(x)
}

// randomInts returns n numbers of [lo, hi) for a seed.
func randomInts(n, lo, hi int, seed uint64) []int {
	r := rand.New(rand.NewPCG(seed, 11))
	x := make([]int, n)
	for i := range x {
		x[i] = lo + r.IntN(hi-lo)
	}
	return x
}

// nans returns n NaN, the content of every output before a kernel runs, with a
// guard behind it that the kernel must not touch. It begins at a line of the
// cache.
//
//go:norace
//go:nocheckptr
func nans[T Float](n int) []T {
	x := make([]T, n+8+16)
	skip := (-int(uintptr(unsafe.Pointer(&x[0]))) & 63) / sizeOf[T]()
	x = x[skip:][:n+8]
	for i := range x {
		x[i] = T(math.NaN())
	}
	return seen(x)
}

// withThreads runs f with GOMAXPROCS set to n.
func withThreads(n int, f func()) {
	old := runtime.GOMAXPROCS(n)
	defer runtime.GOMAXPROCS(old)
	f()
}

// check runs a kernel on an output of len(want) NaN on one and three
// threads: the results must be near want, the same bits each time, and nothing
// behind the output may change.
func check[T Float](t *testing.T, want []float64, f func(out []T)) {
	t.Helper()
	checkTol(t, want, tolerance[T](), f)
}

// checkTol is check with a tolerance relative to max(1, |want|).
func checkTol[T Float](t *testing.T, want []float64, tol float64, f func(out []T)) {
	t.Helper()
	eachLevel(func() { checkThreads(t, want, tol, f) })
}

// checkThreads is checkTol for the instructions in use.
func checkThreads[T Float](t *testing.T, want []float64, tol float64, f func(out []T)) {
	t.Helper()
	n := len(want)
	var first []T
	for _, c := range []struct{ threads, skip int }{{1, 0}, {3, 0}, {2, 1}} { // skip: not at a line of the cache
		threads := c.threads
		out := nans[T](n + c.skip)[c.skip:]
		withThreads(threads, func() { f(out[:n]) })
		for i, v := range out[n:] {
			require.True(t, v != v, "wrote %v behind the output, at %d+%d", v, n, i)
		}
		if first == nil {
			first = out
			near(t, want, out[:n], tol)
			continue
		}
		if i := otherBits(first, seen(out[:n])); i >= 0 {
			require.Fail(t, "threads change the result", "out[%d] = %v on 1 thread, %v on %d", i, first[i], out[i], threads)
		}
	}
}

// seen copies numbers onto themselves: the race detector sees this one read and
// write of all of them. The helpers that fill the arguments of kernels and compare
// the results element by element are not instrumented (go:norace), which would
// take much of the time of these tests.
func seen[T Float](out []T) []T {
	copy(out, out)
	return out
}

// otherBits is the first element of which a and b have other bits, −1 for none.
//
//go:norace
//go:nocheckptr
func otherBits[T Float](a, b []T) int {
	for i, v := range b {
		if math.Float64bits(float64(v)) != math.Float64bits(float64(a[i])) {
			return i
		}
	}
	return -1
}

// near requires got to equal want up to tol·max(1, |want|).
func near[T Float](t *testing.T, want []float64, got []T, tol float64) {
	t.Helper()
	require.Len(t, got, len(want))
	if i := farFrom(want, seen(got), tol); i >= 0 {
		require.Fail(t, "wrong value", "out[%d] = %v, want %v", i, got[i], want[i])
	}
}

// farFrom is the first element of got that is not near want, −1 for none.
//
//go:norace
//go:nocheckptr
func farFrom[T Float](want []float64, got []T, tol float64) int {
	for i, w := range want {
		v := float64(got[i])
		if math.IsNaN(w) && math.IsNaN(v) || w == v {
			continue
		}
		if !(math.Abs(v-w) <= tol*max(1, math.Abs(w))) {
			return i
		}
	}
	return -1
}

// sizes runs f as a subtest for each triple.
func sizes(t *testing.T, all [][3]int, f func(t *testing.T, a, b, c int)) {
	t.Helper()
	for _, s := range all {
		t.Run(fmt.Sprintf("%dx%dx%d", s[0], s[1], s[2]), func(t *testing.T) { f(t, s[0], s[1], s[2]) })
	}
}

// naiveMul returns a·b in float64 for any strides of a and b.
//
//go:norace
func naiveMul[T Float](a, b []T, m, k, n int, a0, a1, b0, b1 int) []float64 {
	out := make([]float64, m*n)
	for i := range m {
		for j := range n {
			for p := range k {
				out[i*n+j] += float64(a[i*a0+p*a1]) * float64(b[p*b0+j*b1])
			}
		}
	}
	return out
}

// randomCSR returns a pattern with about perRow entries a row, some rows empty,
// one long, columns in no order and repeated now and then.
func randomCSR(rows, cols, perRow int, seed uint64) *CSR {
	r := rand.New(rand.NewPCG(seed, 13))
	ptr, col := make([]int32, rows+1), []int32{}
	for i := range rows {
		d := 0
		if cols > 0 && perRow > 0 && i%5 != 3 {
			d = r.IntN(2*perRow + 1)
			if i == rows/2 {
				d = 20 * perRow
			}
		}
		for range d {
			col = append(col, int32(r.IntN(cols)))
		}
		ptr[i+1] = int32(len(col))
	}
	return NewCSR(rows, cols, ptr, col)
}

// dense returns the matrix of a pattern and its values in float64.
//
//go:norace
func dense[T Float](c *CSR, vals []T) []float64 {
	out := make([]float64, c.Rows*c.Cols)
	for r := range c.Rows {
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			v := 1.0
			if vals != nil {
				v = float64(vals[e])
			}
			out[r*c.Cols+int(c.Col[e])] += v
		}
	}
	return out
}

// widen converts to float64.
//
//go:norace
func widen[T Float](x []T) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// idCases returns ids by name: sorted with an empty segment, unsorted, with
// dropped rows at the end and in the middle, all in one segment.
func idCases(n, segs int) map[string][]int {
	sorted, tail, one := make([]int, n), make([]int, n), make([]int, n)
	for i := range sorted {
		sorted[i] = i * segs / max(n, 1)
		if segs > 2 && sorted[i] == 1 {
			sorted[i] = 2
		}
		tail[i] = sorted[i]
		if i >= n-n/4 || i < n/8 {
			tail[i] = -1
		}
		one[i] = segs - 1
	}
	return map[string][]int{
		"sorted": sorted, "padded": tail, "one": one,
		"unsorted": randomInts(n, 0, segs, 3), "dropped": randomInts(n, -1, segs+2, 4),
	}
}

// eachIDs runs f as a subtest over segment cases of several sizes.
func eachIDs(t *testing.T, f func(t *testing.T, ids []int, segs, n int)) {
	t.Helper()
	sizes(t, [][3]int{{0, 1, 3}, {0, 4, 1}, {1, 1, 1}, {7, 3, 5}, {40, 6, 0}, {500, 9, 3}, {999, 100, 17}, {1200, 40, 64}, {1500, 7, 16}, {7000, 2, 65}},
		func(t *testing.T, rows, segs, n int) {
			for name, ids := range idCases(rows, segs) {
				t.Run(name, func(t *testing.T) { f(t, ids, segs, n) })
			}
		})
}
