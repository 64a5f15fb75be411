package metrics

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConductanceByHand(t *testing.T) {
	g, split := twoTriangles()
	c, err := Conductance(g, split)
	require.NoError(t, err)
	assert.InDelta(t, 2.0/14, c, 1e-15)
	m, err := ConductanceMean(g, split)
	require.NoError(t, err)
	assert.InDelta(t, 1.0/7, m, 1e-15)

	// Clusters {0,1}, {2} and {3,4,5}: cuts 2, 3, 1 of smaller volumes 4, 3, 7.
	c, err = Conductance(g, []int{0, 0, 1, 2, 2, 2})
	require.NoError(t, err)
	assert.InDelta(t, 6.0/14, c, 1e-15)
	m, err = ConductanceMean(g, []int{0, 0, 1, 2, 2, 2})
	require.NoError(t, err)
	assert.InDelta(t, (2.0/4+3.0/3+1.0/7)/3, m, 1e-15)
}

func TestConductanceCountsWeights(t *testing.T) {
	g := build(4, true, edge{0, 1, 3}, edge{1, 2, 1}, edge{2, 3, 2})
	c, err := Conductance(g, []int{0, 0, 1, 1})
	require.NoError(t, err)
	assert.InDelta(t, 2.0/12, c, 1e-15)
	m, err := ConductanceMean(g, []int{0, 0, 1, 1})
	require.NoError(t, err)
	assert.InDelta(t, 1.0/5, m, 1e-15)
}

func TestConductanceUsesTheSmallerSide(t *testing.T) {
	g := build(4, false, edge{0, 1, 1}, edge{1, 2, 1}, edge{2, 3, 1})
	m, err := ConductanceMean(g, []int{0, 1, 1, 1}) // volumes 1 and 5
	require.NoError(t, err)
	assert.InDelta(t, 1, m, 1e-15)
}

func TestConductanceWithoutVolume(t *testing.T) {
	g := build(4, false, edge{0, 1, 1})
	m, err := ConductanceMean(g, []int{0, 1, 2, 2}) // cluster 2 holds isolated nodes
	require.NoError(t, err)
	assert.InDelta(t, 1, m, 1e-15)

	c, err := Conductance(g, []int{0, 0, 0, 0})
	require.NoError(t, err)
	assert.Zero(t, c)
	m, err = ConductanceMean(g, []int{0, 0, 0, 0})
	require.NoError(t, err)
	assert.True(t, math.IsNaN(m), "no cluster has a volume on both sides")

	for _, f := range []func(Graph, []int) (float64, error){Conductance, ConductanceMean} {
		v, err := f(build(2, false), []int{0, 1})
		require.NoError(t, err)
		assert.True(t, math.IsNaN(v))
	}
}
