package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// Hard clusters {0, 2} and {1} of three, and a third cluster without nodes:
// Reduce sums up, Lift spreads the sums, and InverseLift the means.
func TestSoftLift(t *testing.T) {
	for inverse, want := range map[bool][]float64{false: {4, 6, 10, 20, 4, 6}, true: {2, 3, 10, 20, 2, 3}} {
		p := layers.NewMinCutPool(3)
		p.InverseLift = inverse
		g := G.NewGraph()
		in, err := modes.NewSingle(g, "graph", hostOf(t, 3, [][2]int{{0, 1}, {1, 2}}, 2), tensor.Float64)
		require.NoError(t, err)
		in.X.Dense = layertest.Node(g, tensor.Float64, "x", []int{3, 2}, []float64{1, 2, 10, 20, 3, 4})
		sel := layers.Selection{Assignment: layertest.Node(g, tensor.Float64, "s", []int{3, 3}, []float64{1, 0, 0, 0, 1, 0, 1, 0, 0})}
		x, err := p.Reduce(nil, in, sel)
		require.NoError(t, err)
		y, err := p.Lift(in, sel, x)
		require.NoError(t, err)
		values, err := train.Evaluate(x, y)
		require.NoError(t, err)
		assert.Equal(t, []float64{4, 6, 10, 20, 0, 0}, values[0].Data())
		assert.Equal(t, want, values[1].Data())
	}
}
