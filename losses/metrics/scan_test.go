package metrics

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// scanned gives the rows of g to a Scan, some at a time.
func scanned(t *testing.T, g Graph, clusters []int, step int) *Scan {
	t.Helper()
	s, err := NewScan(clusters)
	require.NoError(t, err)
	for lo := 0; lo < g.Nodes(); lo += step {
		hi := min(lo+step, g.Nodes())
		var ptr []int64
		for i := lo; i <= hi; i++ {
			ptr = append(ptr, int64(g.RowPtr[i]-g.RowPtr[lo]))
		}
		from, to := g.RowPtr[lo], g.RowPtr[hi]
		var w []float32
		if g.Weights != nil {
			w = []float32{}
			for _, v := range g.Weights[from:to] {
				w = append(w, float32(v))
			}
		}
		require.NoError(t, s.Rows(ptr, g.Col[from:to], w))
	}
	return s
}

// A scan has the bits of the functions of the whole graph.
func TestScanIsTheWholeGraph(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		n := 5 + r.IntN(60)
		a := make([][]float64, n)
		for i := range a {
			a[i] = make([]float64, n)
		}
		for range 2 * n {
			i, j := r.IntN(n), r.IntN(n)
			a[i][j] = float64(1 + r.IntN(4))
			a[j][i] = a[i][j]
		}
		g := Graph{RowPtr: []int32{0}}
		clusters, labels, loops := make([]int, n), make([]int, n), 0
		for i, row := range a {
			for j, w := range row {
				if w != 0 {
					g.Col, g.Weights = append(g.Col, int32(j)), append(g.Weights, w)
				}
			}
			if row[i] != 0 {
				loops++
			}
			g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
			clusters[i], labels[i] = r.IntN(4)-1, r.IntN(3)
		}
		if round%2 == 0 {
			g.Weights = nil
		}
		s := scanned(t, g, clusters, 7)
		want, err := Evaluate(g, clusters, labels)
		require.NoError(t, err)
		have, err := s.Report(labels)
		require.NoError(t, err)
		assert.Equal(t, want, have)
		parts, err := Parts(g, clusters)
		require.NoError(t, err)
		assert.Equal(t, len(parts), len(s.Parts()))
		for i, p := range s.Parts() {
			if p.Conductance == p.Conductance {
				assert.Equal(t, parts[i], p)
			}
			assert.Equal(t, parts[i].Components, p.Components)
		}
		coverage, err := Coverage(g, clusters)
		require.NoError(t, err)
		assert.Equal(t, coverage, s.Coverage())
		assert.Equal(t, int64(loops), s.Loops())
	}
}

func TestScanRefuses(t *testing.T) {
	_, err := NewScan([]int{0, -2})
	assert.ErrorContains(t, err, "clusters[1] = -2")
	s, err := NewScan([]int{0, 0, 1})
	require.NoError(t, err)
	assert.ErrorContains(t, s.Rows([]int64{0, 1}, []int32{3}, nil), "a column of row 0 is 3, want 0 to 2")
	assert.ErrorContains(t, s.Rows([]int64{0, 1}, []int32{1}, []float32{-1}), "a weight of row 0 is -1")
	assert.ErrorContains(t, s.Rows([]int64{0, 2}, []int32{1}, nil), "do not fit")
	assert.ErrorContains(t, s.Rows([]int64{0, 2, 1, 2}, []int32{1, 1}, nil), "row pointer")
	_, err = s.Report(nil)
	assert.ErrorContains(t, err, "0 rows, want 3")
}
