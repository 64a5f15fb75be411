package table_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/modes"
)

// Pools of pools of graphs without edges have gradients that are numbers:
// what has no degree is divided by ε, and its gradient by ε² again and again.
func TestStackedPoolsOfGraphsWithoutEdges(t *testing.T) {
	none := tableHost(3, [][2]int{{0, 1}, {1, 2}}, 1, false)
	for e := range none.Weights {
		none.Weights[e] = 0
	}
	l := layers.NewStack(layers.NewMinCutPool(3), layers.NewMinCutPool(3), layers.NewDMoNPool(2), layers.NewMinCutPool(2))
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		for _, lay := range tableLayouts() {
			assert.NoError(t, tableFinite(l, lay, dt, []*modes.Host{none}), "%s %v", lay.name, dt)
		}
	}
}
