package metrics

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCoarseByHand(t *testing.T) {
	g, c := twoTriangles()
	got, err := Coarse(g, c, 3)
	require.NoError(t, err)
	assert.Equal(t, Graph{RowPtr: []int32{0, 2, 4, 4}, Col: []int32{0, 1, 0, 1}, Weights: []float64{6, 1, 1, 6}}, got)
	got, err = Coarse(build(2, true, edge{0, 0, 3}, edge{0, 1, .5}), []int{1, 0}, 2)
	require.NoError(t, err)
	assert.Equal(t, Graph{RowPtr: []int32{0, 1, 3}, Col: []int32{1, 0, 1}, Weights: []float64{.5, .5, 3}}, got)
	got, err = Coarse(Graph{}, nil, 0)
	require.NoError(t, err)
	assert.Zero(t, got.Nodes())
	_, err = Coarse(g, []int{0, 0, 0, 1, 1, 2}, 2)
	assert.EqualError(t, err, "metrics: clusters[5] = 2, want 0 to 1")
	_, err = Coarse(g, []int{0}, 1)
	assert.EqualError(t, err, "metrics: clusters has 1 entries, want one a node (6)")
}

// TestCoarseKeepsModularity compares clusters of clusters with the same ones of
// the nodes.
func TestCoarseKeepsModularity(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		g := build(40, true, randomEdges(r, 40, .15)...)
		fine, above := randomLabels(r, 40, 9), randomLabels(r, 9, 3)
		coarse, err := Coarse(g, fine, 9)
		require.NoError(t, err)
		all := make([]int, 40)
		for i, c := range fine {
			all[i] = above[c]
		}
		want, err := Modularity(g, all)
		require.NoError(t, err)
		got, err := Modularity(coarse, above)
		require.NoError(t, err)
		assert.InDelta(t, want, got, 1e-12)
	}
}
