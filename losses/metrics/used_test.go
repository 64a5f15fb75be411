package metrics

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUsedAndEffectiveClusters(t *testing.T) {
	for _, c := range []struct {
		clusters  []int
		used      int
		effective float64
	}{
		{[]int{4, 4, 4}, 1, 1},
		{[]int{0, 1, 2, 3}, 4, 4},
		{[]int{0, 0, 9, 9, Unassigned}, 2, 2},
		{[]int{0, 0, 0, 1}, 2, math.Exp(-0.75*math.Log(0.75) - 0.25*math.Log(0.25))},
	} {
		used, err := UsedClusters(c.clusters)
		require.NoError(t, err)
		assert.Equal(t, c.used, used)
		eff, err := EffectiveClusters(c.clusters)
		require.NoError(t, err)
		assert.InDelta(t, c.effective, eff, 1e-12)
	}
}

func TestEffectiveClustersWithoutNodes(t *testing.T) {
	for _, c := range [][]int{nil, {Unassigned, Unassigned}} {
		used, err := UsedClusters(c)
		require.NoError(t, err)
		assert.Zero(t, used)
		eff, err := EffectiveClusters(c)
		require.NoError(t, err)
		assert.True(t, math.IsNaN(eff))
	}
	_, err := EffectiveClusters([]int{-2})
	assert.EqualError(t, err, "metrics: clusters[0] = -2, want at least -1 (-1: none)")
	_, err = UsedClusters([]int{-2})
	assert.Error(t, err)
}
