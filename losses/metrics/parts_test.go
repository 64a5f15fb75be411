package metrics

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPartsByHand(t *testing.T) {
	g, split := twoTriangles()
	got, err := Parts(g, split)
	require.NoError(t, err)
	assert.Equal(t, []Part{
		{Cluster: 0, Size: 3, Internal: 3, Cut: 1, Conductance: 1.0 / 7, Components: 1},
		{Cluster: 1, Size: 3, Internal: 3, Cut: 1, Conductance: 1.0 / 7, Components: 1},
	}, got)

	// Cluster 7 is {0, 4}, which no edge joins; node 5 has none.
	got, err = Parts(g, []int{7, 2, 2, 2, 7, Unassigned})
	require.NoError(t, err)
	assert.Equal(t, []Part{
		{Cluster: 2, Size: 3, Internal: 2, Cut: 3, Conductance: 1, Components: 1},
		{Cluster: 7, Size: 2, Internal: 0, Cut: 3, Conductance: 1, Components: 2},
	}, got)
}

func TestPartsOfIsolatedNodes(t *testing.T) {
	got, err := Parts(build(3, false, edge{0, 1, 1}), []int{0, 0, 1})
	require.NoError(t, err)
	assert.True(t, math.IsNaN(got[0].Conductance), "nothing is outside")
	assert.True(t, math.IsNaN(got[1].Conductance), "nothing is inside")
	assert.Equal(t, 1, got[1].Components)

	got, err = Parts(Graph{}, nil)
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestPartsSumToTheWhole(t *testing.T) {
	for _, e := range expectedCases(t) {
		parts, err := Parts(e.graph(true), e.A)
		require.NoError(t, err)
		var weight, sum float64
		nodes := 0
		for _, p := range parts {
			sum += p.Internal + p.Cut/2
			nodes += p.Size
		}
		for _, w := range e.Weights {
			weight += w
		}
		assert.Equal(t, e.Nodes, nodes)
		assert.InDelta(t, weight, sum, 1e-9)
	}
}

func TestCoverageWithoutEdges(t *testing.T) {
	v, err := Coverage(build(2, false), []int{0, 1})
	require.NoError(t, err)
	assert.True(t, math.IsNaN(v))
	_, err = Coverage(build(2, false), []int{0})
	require.Error(t, err)
	_, err = DisconnectedClusters(build(2, false), []int{0})
	require.Error(t, err)
}
