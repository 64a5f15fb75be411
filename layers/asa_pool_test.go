package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

func TestASAPoolRefuses(t *testing.T) {
	for want, change := range map[string]func(p *layers.ASAPool){
		"Slope = NaN, want a finite number":     func(p *layers.ASAPool) { p.Slope = math.NaN() },
		"Dropout = 1, want [0, 1)":              func(p *layers.ASAPool) { p.Dropout = 1 },
		"Capacity = -1, want at least 0":        func(p *layers.ASAPool) { p.Capacity = -1 },
		"Ratio = 2, want (0, 1]":                func(p *layers.ASAPool) { p.Ratio = 2 },
		"GNN gives 1 rows and 0 losses, want 4": func(p *layers.ASAPool) { p.GNN = layers.NewGlobalSumPool() },
		"GNN gives 2 rows and 2 losses, want 4": func(p *layers.ASAPool) { p.GNN = layers.NewMinCutPool(2) },
	} {
		sc, in := path(1, 2, 3, 4)
		pool := layers.NewASAPool(0.5)
		change(pool)
		_, err := pool.Apply(sc, in)
		assert.ErrorContains(t, err, "layers: asapool: "+want)
	}
}

// Three entries lead from one end of the path to the other: with all clusters
// kept A' has all sixteen places, which is what the error of the run says.
func TestASAPoolOverCapacity(t *testing.T) {
	for capacity, want := range map[int]string{9: "the product has 14 entries, want at most 9", 15: "the product has 16 entries, want at most 15", 16: ""} {
		sc, in := path(1, 2, 3, 4)
		pool := layers.NewASAPool(1)
		pool.Capacity = capacity
		out, err := pool.Apply(sc, in)
		require.NoError(t, err)
		_, err = train.Forward(out.A.(modes.SparseAdj).Weights)
		if want == "" {
			assert.NoError(t, err)
		} else {
			assert.ErrorContains(t, err, want)
		}
	}
}

// Shares are dropped in training, and not after.
func TestASAPoolDropout(t *testing.T) {
	dropped := layers.NewASAPool(0.6)
	dropped.Dropout = 0.5
	want := layerValues(t, layers.NewASAPool(0.6), true)
	assert.Equal(t, want, layerValues(t, dropped, false))
	assert.NotEqual(t, want, layerValues(t, dropped, true))
}
