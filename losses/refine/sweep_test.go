package refine_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
)

// swept is the clusters after all sweeps over a graph in blocks of so many rows;
// after is told of each block.
func swept(t *testing.T, g metrics.Graph, start []int, k, rows int, after func(s *refine.Sweep)) []int {
	s, err := refine.NewSweep(start, k)
	require.NoError(t, err)
	n := g.Nodes()
	degrees := make([]float64, n)
	for i := range degrees {
		for _, w := range g.Weights[g.RowPtr[i]:g.RowPtr[i+1]] {
			degrees[i] += float64(float32(w))
		}
	}
	require.NoError(t, s.Degrees(degrees[:n/3]))
	require.NoError(t, s.Degrees(degrees[n/3:]))
	sweeps := 0
	for s.Next() {
		sweeps++
		for lo := 0; lo < n; lo += rows {
			hi := min(lo+rows, n)
			if !s.Wants(lo, hi) {
				continue
			}
			first, ptr, weights := g.RowPtr[lo], []int64{}, []float32{}
			for _, p := range g.RowPtr[lo : hi+1] {
				ptr = append(ptr, int64(p-first))
			}
			for _, w := range g.Weights[first:g.RowPtr[hi]] {
				weights = append(weights, float32(w))
			}
			require.NoError(t, s.Rows(lo, ptr, g.Col[first:g.RowPtr[hi]], weights))
			after(s)
		}
	}
	assert.Less(t, sweeps, 50)
	return s.Clusters()
}

// TestSweep asks for what TestMoves asks for, that no block lowers modularity, and
// that the blocks change nothing.
func TestSweep(t *testing.T) {
	for seed := range uint64(6) {
		g := random(60, 5, 200, seed%2 == 0, seed)
		start := drawn(60, 7, seed)
		q := modularity(t, g, start)
		got := swept(t, g, start, 7, 7, func(s *refine.Sweep) {
			now := modularity(t, g, s.Clusters())
			require.GreaterOrEqual(t, now, q-1e-9)
			q = now
		})
		assert.Greater(t, q, modularity(t, g, start))
		assert.Equal(t, drawn(60, 7, seed), start, "not changed")
		assert.Equal(t, got, swept(t, g, start, 7, 60, func(*refine.Sweep) {}))
		assert.Equal(t, got, swept(t, g, start, 7, 1, func(*refine.Sweep) {}))
		settled(t, g, got, 1e-6)
	}
}

func TestSweepWithoutEdgesOrNodes(t *testing.T) {
	assert.Empty(t, swept(t, metrics.Graph{RowPtr: []int32{0}, Weights: []float64{}}, nil, 3, 4, func(*refine.Sweep) {}))
	assert.Equal(t, []int{1, 0, 1}, swept(t, of(3, nil, one), []int{1, 0, 1}, 2, 2, func(*refine.Sweep) {}))
}

func TestSweepRefuses(t *testing.T) {
	_, err := refine.NewSweep([]int{0, 2}, 2)
	assert.EqualError(t, err, "refine: clusters[1] = 2, want 0 to 1")
	_, err = refine.NewSweep([]int{-1}, 2)
	assert.EqualError(t, err, "refine: clusters[0] = -1, want 0 to 1")
	_, err = refine.NewSweep([]int{0}, -1)
	assert.EqualError(t, err, "refine: k = -1, want at least 0")

	s, err := refine.NewSweep([]int{0, 1, 1}, 2)
	require.NoError(t, err)
	require.NoError(t, s.Degrees([]float64{1, 1}))
	assert.EqualError(t, s.Rows(0, []int64{0}, nil, nil), "refine: the degrees of 2 nodes are known, want all 3")
	assert.EqualError(t, s.Degrees([]float64{math.NaN()}), "refine: the degree of node 2 is NaN, want a finite one of at least 0")
	assert.EqualError(t, s.Degrees([]float64{0, 1}), "refine: degrees of the nodes 2 to 3, want them of 3 nodes")
	require.NoError(t, s.Degrees([]float64{0}))
	for want, err := range map[string]error{
		"refine: 1 rows from 3 on of 3 with 0 columns and 0 weights do not fit":  s.Rows(3, []int64{0, 0}, nil, nil),
		"refine: 2 rows from 0 on of 3 with 2 columns and 1 weights do not fit":  s.Rows(0, []int64{0, 1, 2}, []int32{1, 0}, []float32{1}),
		"refine: row 0 has the entries 0 to 3 of 2":                              s.Rows(0, []int64{0, 3, 2}, []int32{1, 0}, nil),
		"refine: a column of row 0 is 3, want 0 to 2":                            s.Rows(0, []int64{0, 1}, []int32{3}, nil),
		"refine: a weight of row 1 is -1, want a finite one of at least 0":       s.Rows(1, []int64{0, 1}, []int32{0}, []float32{-1}),
		"refine: a weight of row 2 is NaN, want a finite one of at least 0":      s.Rows(2, []int64{0, 2}, []int32{0, 1}, []float32{1, float32(math.NaN())}),
		"refine: -1 rows from 0 on of 3 with 0 columns and 0 weights do not fit": s.Rows(0, nil, nil, nil),
	} {
		assert.EqualError(t, err, want)
	}
}
