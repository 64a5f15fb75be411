package kernels

import (
	"slices"
	"testing"
)

// mulSizes are m, k, n: empty, single, odd, each tile edge, and blocks enough
// for several threads.
var mulSizes = [][3]int{
	{0, 3, 4},
	{3, 0, 4},
	{3, 4, 0},
	{1, 1, 1},
	{2, 3, 5},
	{7, 9, 11},
	{13, 5, 16},
	{14, 33, 32},
	{29, 64, 64},
	{6, 7, 65},
	{100, 19, 40},
	{515, 70, 96},
	{700, 31, 33},
	{600, 128, 64},
	{1500, 64, 16},
	{97, 300, 130},
	{5, 1500, 8},
}

func TestMatMul(t *testing.T) { eachType(t, testMatMul[float32], testMatMul[float64]) }

func testMatMul[T Float](t *testing.T) {
	sizes(t, mulSizes, func(t *testing.T, m, k, n int) {
		a, b := random[T](m*k, 1), random[T](k*n, 2)
		checkTol(t, naiveMul(a, b, m, k, n, k, 1, n, 1), 20*tolerance[T](), func(out []T) { MatMul(out, a, b, m, k, n) })
		at := random[T](m*k, 3)
		checkTol(t, naiveMul(at, b, m, k, n, 1, m, n, 1), 20*tolerance[T](), func(out []T) { MatMulTN(out, at, b, k, m, n) })
		bt := random[T](k*n, 4)
		checkTol(t, naiveMul(a, bt, m, k, n, k, 1, 1, k), 20*tolerance[T](), func(out []T) { MatMulNT(out, a, bt, m, k, n) })
	})
}

func TestMatMulTNTall(t *testing.T) {
	eachType(t, testMatMulTNTall[float32], testMatMulTNTall[float64])
}

func testMatMulTNTall[T Float](t *testing.T) {
	sizes(t, [][3]int{{20000, 3, 5}, {2001, 16, 16}, {1001, 40, 40}, {1501, 64, 16}, {1201, 16, 64}, {700, 70, 64}, {1301, 7, 300}, {900, 300, 7}},
		func(t *testing.T, m, k, n int) {
			a, b := random[T](m*k, 1), random[T](m*n, 2)
			checkTol(t, naiveMul(a, b, k, m, n, 1, k, n, 1), 100*tolerance[T](), func(out []T) { MatMulTN(out, a, b, m, k, n) })
		})
}

func TestLinear(t *testing.T) { eachType(t, testLinear[float32], testLinear[float64]) }

func testLinear[T Float](t *testing.T) {
	sizes(t, mulSizes, func(t *testing.T, m, k, n int) {
		x, w, bias := random[T](m*k, 1), random[T](k*n, 2), random[T](n, 3)
		plain := naiveMul(x, w, m, k, n, k, 1, n, 1)
		for a, f := range acts {
			want, none := make([]float64, m*n), make([]float64, m*n)
			for i, v := range plain {
				want[i], none[i] = f[0](v+float64(bias[i%n])), f[0](v)
			}
			checkTol(t, want, 20*tolerance[T](), func(out []T) { Linear(out, x, w, bias, a, m, k, n) })
			checkTol(t, none, 20*tolerance[T](), func(out []T) { Linear(out, x, w, nil, a, m, k, n) })
		}
	})
}

func TestLinearSoftmax(t *testing.T) {
	eachType(t, testLinearSoftmax[float32], testLinearSoftmax[float64])
}

func testLinearSoftmax[T Float](t *testing.T) {
	sizes(t, mulSizes, func(t *testing.T, m, k, n int) {
		x, w, bias := random[T](m*k, 1), random[T](k*n, 2), random[T](n, 3)
		want := naiveMul(x, w, m, k, n, k, 1, n, 1)
		for i := range m {
			row := want[i*n : i*n+n]
			for j := range row {
				row[j] += float64(bias[j])
			}
			naiveSoftmax(row, make([]float64, n), slices.Clone(row), make([]float64, n), .5)
		}
		checkTol(t, want, 20*tolerance[T](), func(out []T) { LinearSoftmax(out, x, w, bias, m, k, n, .5) })
	})
}

func TestLinearSum(t *testing.T) { eachType(t, testLinearSum[float32], testLinearSum[float64]) }

func testLinearSum[T Float](t *testing.T) {
	sizes(t, mulSizes, func(t *testing.T, m, k, n int) {
		const k2 = 5
		x, w, x2, w2, bias := random[T](m*k, 1), random[T](k*n, 2), random[T](m*k2, 4), random[T](k2*n, 5), random[T](n, 3)
		first, second := naiveMul(x, w, m, k, n, k, 1, n, 1), naiveMul(x2, w2, m, k2, n, k2, 1, n, 1)
		for a, f := range acts {
			want := make([]float64, m*n)
			for i := range want {
				want[i] = f[0](first[i] + second[i] + float64(bias[i%n]))
			}
			checkTol(t, want, 20*tolerance[T](), func(out []T) { LinearSum(out, x, w, x2, w2, bias, a, m, k, k2, n) })
		}
	})
}

func TestColSum(t *testing.T) { eachType(t, testColSum[float32], testColSum[float64]) }

func testColSum[T Float](t *testing.T) {
	sizes(t, [][3]int{{0, 3}, {1, 1}, {4, 0}, {9, 7}, {40000, 3}, {3001, 64}}, func(t *testing.T, m, n, _ int) {
		a := random[T](m*n, 1)
		want := make([]float64, n)
		for i, v := range a {
			want[i%n] += float64(v)
		}
		checkTol(t, want, 20*tolerance[T](), func(out []T) { ColSum(out, a, m, n) })
	})
}
