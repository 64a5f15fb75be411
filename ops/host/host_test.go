package host_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// random is a sparse matrix of about a third of all entries, and the same dense.
func random(t *testing.T, rows, cols int, r *rand.Rand) (host.Sparse[float64], *mat.Dense) {
	var row, col []int
	var values []float64
	d := mat.NewDense(rows, cols, nil)
	for i := range rows {
		for j := range cols {
			if r.IntN(3) == 0 {
				v := r.NormFloat64()
				row, col, values = append(row, i), append(col, j), append(values, v)
				d.Set(i, j, v)
			}
		}
	}
	p, _, err := ops.PatternFromCOO(rows, cols, row, col)
	require.NoError(t, err)
	return host.NewSparse(p, values), d
}

func draw(n int, r *rand.Rand) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

func TestRoom(t *testing.T) {
	for _, n := range []int{0, 1, 3 << 20} {
		x := host.Room[float32](n)
		assert.Len(t, x, n)
		assert.Zero(t, slices.IndexFunc(append(x, 1), func(v float32) bool { return v != 0 })-n, "zeros")
	}
}

func TestProducts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	for _, size := range [][3]int{{1, 1, 1}, {7, 5, 3}, {40, 60, 17}} {
		m, k, n := size[0], size[1], size[2]
		s, d := random(t, m, k, r)
		x, y := draw(k*n, r), draw(m*n, r)
		var want mat.Dense
		out := make([]float64, m*n)

		want.Mul(d, mat.NewDense(k, n, x))
		s.Mul(out, x, n)
		assert.InDeltaSlice(t, want.RawMatrix().Data, out, 1e-12, "sparse")
		host.Mul(out, d.RawMatrix().Data, x, m, k, n)
		assert.InDeltaSlice(t, want.RawMatrix().Data, out, 1e-12, "dense")

		want.Reset()
		want.Mul(d.T(), mat.NewDense(m, n, y))
		out = make([]float64, k*n)
		s.Transpose().Mul(out, y, n)
		assert.InDeltaSlice(t, want.RawMatrix().Data, out, 1e-12, "transposed sparse")
		host.TransMul(out, d.RawMatrix().Data, y, m, k, n)
		assert.InDeltaSlice(t, want.RawMatrix().Data, out, 1e-12, "transposed dense")
	}
}

func TestPatternWithoutValues(t *testing.T) {
	p, err := ops.NewPattern(2, 3, []int32{0, 2, 2}, []int32{0, 2})
	require.NoError(t, err)
	m := host.NewSparse[float32](p, nil)
	out := make([]float32, 2)
	m.Mul(out, []float32{1, 2, 4}, 1)
	assert.Equal(t, []float32{5, 0}, out)
	tr := m.Transpose()
	assert.Equal(t, []int{3, 2}, []int{tr.Rows(), tr.Cols()})
}

func TestEmptyProducts(t *testing.T) {
	out := []float64{1, 1}
	host.Mul(out, nil, nil, 2, 0, 1)
	assert.Equal(t, []float64{0, 0}, out)
	host.TransMul([]float64{}, nil, []float64{1}, 1, 0, 1)
}

func TestRowsCoverEachRowOnce(t *testing.T) {
	for _, n := range []int{0, 1, host.BlockRows, 3*host.BlockRows + 1} {
		seen := make([]int, n)
		host.Rows(n, func(b, lo, hi int) {
			for i := lo; i < hi; i++ {
				seen[i] += b*host.BlockRows - lo + 1
			}
		})
		for _, v := range seen {
			require.Equal(t, 1, v)
		}
	}
}

func TestSameBitsAtAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	r := rand.New(rand.NewPCG(2, 0))
	a, b := draw(3000*20, r), draw(3000*9, r)
	var first []float64
	for _, threads := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(threads)
		out := make([]float64, 20*9)
		host.TransMul(out, a, b, 3000, 20, 9)
		if first == nil {
			first = out
		}
		assert.Equal(t, first, out)
	}
}

func TestWrongLengthPanics(t *testing.T) {
	assert.PanicsWithValue(t, "host: out has 1 values, want 2", func() {
		host.Mul([]float64{0}, []float64{1, 1}, []float64{1}, 2, 1, 1)
	})
}

func Example() {
	p, _ := ops.NewPattern(2, 2, []int32{0, 1, 2}, []int32{1, 0})
	swap := host.NewSparse[float64](p, nil)
	out := make([]float64, 4)
	swap.Mul(out, []float64{1, 2, 3, 4}, 2)
	fmt.Println(out)
	// Output: [3 4 1 2]
}
