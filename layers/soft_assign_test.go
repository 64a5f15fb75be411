package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// Logits are from before the dropout and the temperature: S is the softmax of
// Logits/τ where nothing is dropped, and training leaves Logits as they are.
func TestLogitsOfASelection(t *testing.T) {
	p := layers.NewMinCutPool(3)
	p.Temperature, p.Dropout = 2, 0.5
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	values := func(training bool) (logits, s []float64) {
		sc := store.Scope(G.NewGraph(), training)
		in, err := modes.NewSingle(sc.Graph(), "graph", hostOf(t, 4, [][2]int{{0, 1}, {1, 2}, {2, 3}}, 2), tensor.Float64)
		require.NoError(t, err)
		in.X.Dense = layertest.Node(sc.Graph(), tensor.Float64, "x", []int{4, 2}, []float64{1, 2, 10, 20, 3, 4, -1, 2})
		sel, err := layers.Select(p, sc, in)
		require.NoError(t, err)
		v, err := train.Forward(sel.Logits, sel.Assignment)
		require.NoError(t, err)
		return v[0].Data().([]float64), v[1].Data().([]float64)
	}
	logits, s := values(false)
	for i := range 4 {
		sum := 0.
		for _, x := range logits[3*i : 3*i+3] {
			sum += math.Exp(x / 2)
		}
		for c, x := range logits[3*i : 3*i+3] {
			assert.InDelta(t, math.Exp(x/2)/sum, s[3*i+c], 1e-12)
		}
	}
	trained, dropped := values(true)
	assert.Equal(t, logits, trained)
	assert.NotEqual(t, s, dropped)
}
