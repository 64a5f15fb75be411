package kernels

import "testing"

// csrSizes are rows, cols, entries a row.
var csrSizes = [][3]int{{0, 0, 0}, {0, 4, 0}, {5, 4, 0}, {1, 1, 1}, {40, 30, 3}, {3000, 200, 9}}

// columns are the widths a sparse product is tested at.
var columns = []int{0, 1, 2, 3, 7, 8, 15, 16, 17, 24, 28, 31, 32, 40, 48, 53, 56, 63, 64, 65, 80, 96, 112, 128, 130}

func TestSpMM(t *testing.T) { eachType(t, testSpMM[float32], testSpMM[float64]) }

func testSpMM[T Float](t *testing.T) {
	sizes(t, csrSizes, func(t *testing.T, rows, cols, per int) {
		c := randomCSR(rows, cols, per, 5)
		for _, vals := range [][]T{nil, random[T](c.NNZ(), 6)} {
			for _, n := range columns {
				x, g := random[T](cols*n, 7), random[T](rows*n, 8)
				mul, turned := naiveSparse(c, vals, x, g, n)
				checkTol(t, mul, 10*tolerance[T](), func(out []T) { SpMM(out, c, vals, x, n) })
				b := random[T](n, 9)
				for i := range mul {
					mul[i] += float64(b[i%n])
				}
				checkTol(t, mul, 10*tolerance[T](), func(out []T) { SpMMActivate(out, c, vals, x, b, Identity, n) })
				for i := range mul {
					mul[i] = max(0, mul[i])
				}
				checkTol(t, mul, 10*tolerance[T](), func(out []T) { SpMMActivate(out, c, vals, x, b, ReLU, n) })
				checkTol(t, turned, 30*tolerance[T](), func(out []T) { SpMMT(out, c, vals, g, n) })
			}
		}
	})
}

// naiveSparse returns M·x and Mᵀ·g.
//
//go:norace
func naiveSparse[T Float](c *CSR, vals, x, g []T, n int) (mul, turned []float64) {
	mul, turned = make([]float64, c.Rows*n), make([]float64, c.Cols*n)
	for r := range c.Rows {
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			v := 1.0
			if vals != nil {
				v = float64(vals[e])
			}
			for j := range n {
				mul[r*n+j] += v * float64(x[int(c.Col[e])*n+j])
				turned[int(c.Col[e])*n+j] += v * float64(g[r*n+j])
			}
		}
	}
	return mul, turned
}

func TestEdgeDot(t *testing.T) { eachType(t, testEdgeDot[float32], testEdgeDot[float64]) }

func testEdgeDot[T Float](t *testing.T) {
	sizes(t, csrSizes, func(t *testing.T, rows, cols, per int) {
		c := randomCSR(rows, cols, per, 5)
		for _, n := range columns {
			a, b := random[T](rows*n, 7), random[T](cols*n, 8)
			want := make([]float64, c.NNZ())
			for r := range rows {
				for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
					for j := range n {
						want[e] += float64(a[r*n+j]) * float64(b[int(c.Col[e])*n+j])
					}
				}
			}
			check(t, want, func(out []T) { EdgeDot(out, c, a, b, n) })
		}
	})
}

func TestRowSum(t *testing.T) { eachType(t, testRowSum[float32], testRowSum[float64]) }

func testRowSum[T Float](t *testing.T) {
	sizes(t, csrSizes, func(t *testing.T, rows, cols, per int) {
		c := randomCSR(rows, cols, per, 5)
		for _, vals := range [][]T{nil, random[T](c.NNZ(), 6)} {
			want := make([]float64, rows)
			for i, v := range dense(c, vals) {
				want[i/cols] += v
			}
			check(t, want, func(out []T) { RowSum(out, c, vals) })
		}
	})
}

func TestGatherVals(t *testing.T) { eachType(t, testGatherVals[float32], testGatherVals[float64]) }

func testGatherVals[T Float](t *testing.T) {
	c := randomCSR(3000, 70, 9, 5)
	_, perm := c.Transpose()
	vals := random[T](c.NNZ(), 6)
	want := make([]float64, len(perm))
	for e, p := range perm {
		want[e] = float64(vals[p])
	}
	check(t, want, func(out []T) { GatherVals(out, vals, perm) })
	check(t, nil, func(out []T) { GatherVals(out, vals, nil) })
}
