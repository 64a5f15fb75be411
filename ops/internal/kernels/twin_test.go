package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTwinsSameBits compares, bit by bit, the instruction sets of kernels whose
// order of operations is the same in all of them.
func TestTwinsSameBits(t *testing.T) { eachType(t, testTwins[float32], testTwins[float64]) }

func testTwins[T Float](t *testing.T) {
	const rows, cols, segs = 900, 130, 40
	c := randomCSR(rows, cols, 7, 5)
	vals, w := random[T](c.NNZ(), 6), random[T](rows, 9)
	for _, n := range columns {
		x, g := random[T](cols*n, 7), random[T](rows*n, 8)
		same(t, "SpMM", rows*n, func(out []T) { SpMM(out, c, vals, x, n) })
		same(t, "SpMM of ones", rows*n, func(out []T) { SpMM(out, c, nil, x, n) })
		same(t, "SpMMT", cols*n, func(out []T) { SpMMT(out, c, vals, g, n) })
		same(t, "RowScale", rows*n, func(out []T) { RowScale(out, g, w, rows, n) })
		same(t, "ReLU", rows*n, func(out []T) { Activate(out, g, ReLU) })
		for name, ids := range idCases(rows, segs) {
			same(t, name+" sum", segs*n, func(out []T) { SegmentSum(out, g, NewPlan(ids, segs), n) })
			same(t, name+" mean", segs*n, func(out []T) { SegmentMean(out, g, NewPlan(ids, segs), n) })
			same(t, name+" max", segs*n, func(out []T) { SegmentMax(out, g, NewPlan(ids, segs), n) })
			same(t, name+" gather", rows*n, func(out []T) { Gather(out, x, ids, cols, n) })
			y := make([]T, segs*n)
			SegmentMax(y, g, NewPlan(ids, segs), n)
			same(t, name+" max gradient", rows*n, func(out []T) { SegmentMaxGrad(out, g, y, y, NewPlan(ids, segs), n) })
		}
	}
}

// same runs f with every instruction set and compares the bits.
func same[T Float](t *testing.T, name string, n int, f func(out []T)) {
	t.Helper()
	var first []T
	eachLevel(func() {
		out := nans[T](n)[:n]
		f(out)
		out = seen(out)
		if first == nil {
			first = out
		}
		if i := otherBits(first, out); i >= 0 {
			require.Fail(t, "not the bits of plain Go", "%s, %d elements, level %d: out[%d] = %v, want %v", name, n, level, i, out[i], first[i])
		}
	})
}

// TestExponentials bounds the relative error of everything made of eˣ: 3 units
// in the last place, for the sigmoid and tanh 4.
func TestExponentials(t *testing.T) {
	eachType(t, testExponentials[float32], testExponentials[float64])
}

func testExponentials[T Float](t *testing.T) {
	unit := math.Ldexp(1, -52)
	if is32[T]() {
		unit = math.Ldexp(1, -23)
	}
	var x []T
	for v := -39.9; v < 30; v += 0.00713 {
		x = append(x, T(v), T(v*1e-3), T(v*1e-6))
	}
	negative := make([]T, len(x))
	for i, v := range x {
		negative[i] = -max(v, -v)
	}
	bounded(t, "eˣ", negative, 3*unit, math.Exp, func(out, x []T) { expFlush(out, x) })
	bounded(t, "ELU", negative, 3*unit, math.Expm1, func(out, x []T) { Activate(out, x, ELU) })
	bounded(t, "tanh", x, 4*unit, math.Tanh, func(out, x []T) { Activate(out, x, Tanh) })
	bounded(t, "sigmoid", x, 4*unit, func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }, func(out, x []T) { Activate(out, x, Sigmoid) })
}

// bounded requires f to be within a relative error of want.
func bounded[T Float](t *testing.T, name string, x []T, tol float64, want func(float64) float64, f func(out, x []T)) {
	t.Helper()
	eachLevel(func() {
		out := make([]T, len(x))
		f(out, x)
		for i, v := range out {
			if w := want(float64(x[i])); math.Abs(float64(v)-w) > tol*math.Abs(w) {
				require.Fail(t, "not accurate", "level %d: %s of %v = %v, want %v", level, name, x[i], v, w)
			}
		}
	})
}
