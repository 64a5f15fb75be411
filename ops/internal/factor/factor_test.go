package factor

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sparse is a dense matrix as a sparse one.
func sparse(a [][]float64) Matrix {
	m := Matrix{Ptr: []int32{0}}
	for _, row := range a {
		for j, v := range row {
			if v > 0 {
				m.Col, m.Weight = append(m.Col, int32(j)), append(m.Weight, v)
			}
		}
		m.Ptr = append(m.Ptr, int32(len(m.Col)))
	}
	return m
}

// residual is ‖A − WH‖², element by element.
func residual(a [][]float64, w, h []float64, k int) (sum float64) {
	for i, row := range a {
		for j, v := range row {
			for c := range k {
				v -= w[i*k+c] * h[j*k+c]
			}
			sum += v * v
		}
	}
	return sum
}

// random is a matrix that is not symmetric, with a row and a column of zeros.
func random(rng *rand.Rand, n int) [][]float64 {
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n)
		for j := range a {
			if i != 1 && j != 2 && rng.Float64() < 0.4 {
				a[i][j] = 3 * rng.Float64()
			}
		}
	}
	return a
}

func TestResidualNeverRises(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		n, k := 4+rng.IntN(12), 1+rng.IntN(4)
		a := random(rng, n)
		before := math.Inf(1)
		for updates := range 60 {
			w, h := Factors(sparse(a), k, updates, 5)
			r := residual(a, w, h, k)
			require.LessOrEqual(t, r, before*(1+1e-12))
			before = r
		}
	}
}

// After many updates the factors are where no small change of an element helps:
// the gradient is 0 where an element is above 0, and not below 0 elsewhere.
func TestFactorsAreStationary(t *testing.T) {
	const k = 2
	a := random(rand.New(rand.NewPCG(5, 6)), 8)
	w, h := Factors(sparse(a), k, 20000, 1)
	for _, x := range [][]float64{w, h} {
		for i, v := range x {
			const step = 1e-6
			x[i] = v + step
			up := residual(a, w, h, k)
			x[i] = v - step
			slope := (up - residual(a, w, h, k)) / (2 * step)
			x[i] = v
			assert.GreaterOrEqual(t, slope, -1e-3)
			if v > 1e-3 {
				assert.InDelta(t, 0, slope, 1e-3)
			}
		}
	}
}

// Each of two blocks of ones is a column times a row.
func TestBlocksAreRecovered(t *testing.T) {
	const n, k = 12, 2
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n)
		for j := range a {
			if i%2 == j%2 {
				a[i][j] = 1
			}
		}
	}
	for seed := range uint64(10) {
		w, h := Factors(sparse(a), k, 300, seed)
		assert.InDelta(t, 0, residual(a, w, h, k), 1e-6)
		for i := range n {
			own := 0
			if h[1] > h[0] != (i%2 == 1) {
				own = 1
			}
			assert.InDelta(t, 1, h[i*k+own], 1e-3)
			assert.InDelta(t, 0, h[i*k+1-own], 1e-3)
		}
	}
}

func TestMatrixOfZeros(t *testing.T) {
	w, h := Factors(Matrix{Ptr: []int32{0, 0, 0}}, 2, 3, 1)
	assert.Equal(t, make([]float64, 4), w)
	assert.Equal(t, make([]float64, 4), h)
}
