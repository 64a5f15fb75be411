package spectral

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

func TestOrientation(t *testing.T) {
	for _, c := range []struct {
		v    []float64
		want float64
	}{
		{[]float64{0.5, -0.5}, 1},
		{[]float64{-0.5, 0.5}, -1},
		{[]float64{2e-16, 0.5, -0.5}, 1},
		{[]float64{-2e-16, 0.5, -0.5}, 1}, // rounding decides nothing
		{[]float64{2e-16, -0.5, 0.5}, -1},
		{[]float64{-1e-6, 1}, -1}, // small, but no rounding
		{[]float64{0}, 1},
	} {
		assert.Equal(t, c.want, orientation(len(c.v), func(i int) float64 { return c.v[i] }), "%v", c.v)
	}
}

// The lowest row of these clusters is on an axis of symmetry: 0 is the middle of
// the path n−1 … 3 1 0 2 4 … n. Every second eigenvector is 0 there, and row 1
// decides.
func TestEigenvectorsOfSymmetricClusters(t *testing.T) {
	for n := 3; n <= 31; n += 2 {
		for _, w := range []float64{1, 0.1, 1.0 / 3, 7.3} {
			for _, normalized := range []bool{true, false} {
				m, weights := centred(n, w)
				v := make([]float64, n*n)
				l := Laplacians{Matrix: m, Weights: weights, To: make([]int32, n), Clusters: 1, Normalized: normalized}
				require.NoError(t, l.Eigenvectors(n, func(row, h int, x float64) { v[row*n+h] = x }))
				for h := 1; h < n; h += 2 {
					assert.InDelta(t, 0, v[h], 1e-12)
					assert.Greater(t, v[n+h], 0., "%d rows, weights %v, eigenvector %d", n, w, h)
				}
			}
		}
	}
}

// centred is the path … 3 1 0 2 4 … of n rows.
func centred(n int, w float64) (*kernels.CSR, []float64) {
	m := &kernels.CSR{Rows: n, Cols: n, Ptr: make([]int32, 1, n+1)}
	var weights []float64
	for i := range n {
		near := []int{i - 2, i + 2}
		switch i {
		case 0:
			near = []int{1, 2}
		case 1, 2:
			near = []int{0, i + 2}
		}
		for _, j := range near {
			if j >= 0 && j < n {
				m.Col, weights = append(m.Col, int32(j)), append(weights, w)
			}
		}
		m.Ptr = append(m.Ptr, int32(len(m.Col)))
	}
	return m, weights
}
