package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// members returns the rows of every segment.
func members(ids []int, segs int) [][]int {
	rows := make([][]int, segs)
	for i, s := range ids {
		if s >= 0 && s < segs {
			rows[s] = append(rows[s], i)
		}
	}
	return rows
}

func TestSegmentSum(t *testing.T) { eachType(t, testSegmentSum[float32], testSegmentSum[float64]) }

func testSegmentSum[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, ids []int, segs, n int) {
		x, g := random[T](len(ids)*n, 1), random[T](segs*n, 2)
		sum, mean := make([]float64, segs*n), make([]float64, segs*n)
		count, grad := make([]float64, segs), make([]float64, len(ids)*n)
		for s, rows := range members(ids, segs) {
			count[s] = float64(len(rows))
			for _, i := range rows {
				for c := range n {
					sum[s*n+c] += float64(x[i*n+c])
					grad[i*n+c] = float64(g[s*n+c]) / count[s]
				}
			}
			for c := range n {
				mean[s*n+c] = sum[s*n+c] / max(1, count[s])
			}
		}
		checkTol(t, sum, 10*tolerance[T](), func(out []T) { SegmentSum(out, x, NewPlan(ids, segs), n) })
		check(t, mean, func(out []T) { SegmentMean(out, x, NewPlan(ids, segs), n) })
		check(t, count, func(out []T) { SegmentCount(out, ids, segs) })
		check(t, grad, func(out []T) { SegmentMeanGrad(out, g, NewPlan(ids, segs), n) })
	})
}

func TestSegmentMax(t *testing.T) { eachType(t, testSegmentMax[float32], testSegmentMax[float64]) }

func testSegmentMax[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, ids []int, segs, n int) {
		x, g := random[T](len(ids)*n, 1), random[T](segs*n, 2)
		for i := range x {
			x[i] = T(math.Round(float64(x[i])*2)) - 4 // ties, and all below 0 at times
		}
		want, grad := make([]float64, segs*n), make([]float64, len(ids)*n)
		for s, rows := range members(ids, segs) {
			for c := range n {
				top, ties := math.Inf(-1), 0.0
				for _, i := range rows {
					top = max(top, float64(x[i*n+c]))
				}
				for _, i := range rows {
					if float64(x[i*n+c]) == top {
						ties++
					}
				}
				if len(rows) > 0 {
					want[s*n+c] = top
				}
				for _, i := range rows {
					if float64(x[i*n+c]) == top {
						grad[i*n+c] = float64(g[s*n+c]) / ties
					}
				}
			}
		}
		check(t, want, func(out []T) { SegmentMax(out, x, NewPlan(ids, segs), n) })
		y := make([]T, segs*n)
		SegmentMax(y, x, NewPlan(ids, segs), n)
		check(t, grad, func(out []T) { SegmentMaxGrad(out, x, y, g, NewPlan(ids, segs), n) })
	})
}

func TestSegmentMaxKeepsNaN(t *testing.T) {
	x := []float32{1, float32(math.NaN()), 3, 4}
	for _, ids := range [][]int{{0, 0, 0, 1}, {0, 0, 0, 0}} {
		out := nans[float32](2)[:2]
		SegmentMax(out, x, NewPlan(ids, 2), 1)
		assert.True(t, out[0] != out[0])
		assert.Equal(t, float32(4*ids[3]), out[1])
	}
}

func TestSegmentSoftmax(t *testing.T) {
	eachType(t, testSegmentSoftmax[float32], testSegmentSoftmax[float64])
}

func testSegmentSoftmax[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, ids []int, segs, n int) {
		x, g := random[T](len(ids)*n, 1), random[T](len(ids)*n, 2)
		for i := range x {
			x[i] = x[i]*5 + 200
		}
		want, grad := make([]float64, len(ids)*n), make([]float64, len(ids)*n)
		for _, rows := range members(ids, segs) {
			for c := range n {
				top, sum, inner := math.Inf(-1), 0.0, 0.0
				for _, i := range rows {
					top = max(top, float64(x[i*n+c]))
				}
				for _, i := range rows {
					want[i*n+c] = math.Exp(float64(x[i*n+c]) - top)
					sum += want[i*n+c]
				}
				for _, i := range rows {
					want[i*n+c] /= sum
					inner += want[i*n+c] * float64(g[i*n+c])
				}
				for _, i := range rows {
					grad[i*n+c] = want[i*n+c] * (float64(g[i*n+c]) - inner)
				}
			}
		}
		check(t, want, func(out []T) { SegmentSoftmax(out, x, NewPlan(ids, segs), n) })
		y := make([]T, len(ids)*n)
		SegmentSoftmax(y, x, NewPlan(ids, segs), n)
		check(t, grad, func(out []T) { SegmentSoftmaxGrad(out, y, g, NewPlan(ids, segs), n) })
	})
}

func TestSegmentColDot(t *testing.T) {
	eachType(t, testSegmentColDot[float32], testSegmentColDot[float64])
}

func testSegmentColDot[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, ids []int, segs, n int) {
		a, b := random[T](len(ids)*n, 1), random[T](len(ids)*n, 2)
		for _, some := range [][]int{ids, nil} {
			want := make([]float64, segs*n)
			for i := range ids {
				s := 0
				if some != nil {
					s = some[i]
				}
				for c := range n {
					if s >= 0 && s < segs {
						want[s*n+c] += float64(a[i*n+c]) * float64(b[i*n+c])
					}
				}
			}
			checkTol(t, want, 10*tolerance[T](), func(out []T) { SegmentColDot(out, a, b, some, segs, n) })
		}
	})
}

func TestSegmentCross(t *testing.T) {
	eachType(t, testSegmentCross[float32], testSegmentCross[float64])
}

func testSegmentCross[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, ids []int, segs, n int) {
		for _, k := range []int{0, 1, 5, 16} {
			if k > 5 && len(ids)*n > 50000 {
				continue // enough was tried
			}
			a, b := random[T](len(ids)*k, 1), random[T](len(ids)*n, 2)
			for _, some := range [][]int{ids, nil} {
				want := naiveSegmentCross(a, b, some, segs, len(ids), k, n)
				checkTol(t, want, 20*tolerance[T](), func(out []T) { SegmentCross(out, a, b, some, segs, len(ids), k, n) })
			}
		}
	})
}

// naiveSegmentCross returns Σ aᵢ⊗bᵢ of each segment; without ids there is one.
//
//go:norace
func naiveSegmentCross[T Float](a, b []T, ids []int, segs, rows, k, n int) []float64 {
	want := make([]float64, segs*k*n)
	for i := range rows {
		s := 0
		if ids != nil {
			s = ids[i]
		}
		for p := range k * n {
			if s >= 0 && s < segs {
				want[s*k*n+p] += float64(a[i*k+p/n]) * float64(b[i*n+p%n])
			}
		}
	}
	return want
}

func TestGather(t *testing.T) { eachType(t, testGather[float32], testGather[float64]) }

func testGather[T Float](t *testing.T) {
	eachIDs(t, func(t *testing.T, idx []int, rows, n int) {
		x := random[T](rows*n, 1)
		want := make([]float64, len(idx)*n)
		for i, r := range idx {
			for c := range n {
				if r >= 0 && r < rows {
					want[i*n+c] = float64(x[r*n+c])
				}
			}
		}
		check(t, want, func(out []T) { Gather(out, x, idx, rows, n) })
	})
}
