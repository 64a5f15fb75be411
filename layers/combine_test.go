package layers_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/ops"
)

func TestCombinationsRefuse(t *testing.T) {
	odd := layers.NewJoined(layers.NewDense(1))
	odd.Combination = "product"
	refused(t, odd, `joined: Combination = "product", want concat, max, sum or mean`)
	refused(t, layers.NewJoined(), "joined: there are no Layers, want at least one")
	refused(t, layers.NewJumpingKnowledge(layers.NewDense(1), nil), "jumpingknowledge: Layers[1] is nil")
	refused(t, layers.NewJumpingKnowledge(layers.NewMinCutPool(2)), "jumpingknowledge: Layers[0] gives 2 rows, want 5, the nodes'")
	refused(t, layers.NewJoined(layers.NewDense(1), layers.NewGlobalSumPool()), "joined: Layers[1] gives 1 rows, want 5, as the first")
	refused(t, layers.NewJoined(layers.NewDense(1), layers.NewGCNConv(0)), "joined: Layers[1]: layers: joined/gcnconv: Units = 0, want at least 1")
	wide := layers.NewJoined(layers.NewDense(1), layers.NewDense(2))
	wide.Combination = layers.CombineMax
	refused(t, wide, "joined: outputs of shapes (5, 1) and (5, 2), want one shape for their max")
	refused(t, layers.NewDropout(1), "dropout: P = 1, want [0, 1)")
	refused(t, layers.NewActivation("gelu"), `activation: ops: Activate: activation = "gelu", want relu, selu, elu, tanh, sigmoid or identity`)
	bad := layers.NewActivation("")
	bad.ActivationFunc = func(*G.Node) (*G.Node, error) { return nil, errors.New("no such function") }
	refused(t, bad, "activation: no such function")
}

// A dropout drops in training alone, and raises what it leaves.
func TestDropout(t *testing.T) {
	want := layerValues(t, layers.NewDropout(0), true)
	assert.Equal(t, want, layerValues(t, layers.NewDropout(0.75), false))
	kept := 0
	for i, v := range layerValues(t, layers.NewDropout(0.75), true) {
		if v != 0 {
			kept++
			assert.InDelta(t, 4*want[i], v, 1e-12)
		}
	}
	assert.Positive(t, kept)
	assert.Less(t, kept, len(want))
}

// A block is the layers that it says, in their order.
func TestBlock(t *testing.T) {
	conv, norm := layers.NewGCNConv(2), layers.NewBatchNorm()
	assert.Equal(t, layers.NewStack(conv, norm, layers.NewActivation(ops.ReLU), layers.NewDropout(0.5)), layers.Block(conv, norm, ops.ReLU, 0.5))
	assert.Equal(t, layers.NewStack(conv), layers.Block(conv, nil, ops.Identity, 0))
	assert.Equal(t, layers.NewStack(conv), layers.Block(conv, (*layers.BatchNorm)(nil), ops.Identity, 0))
	data, err := layers.Marshal(layers.Block(conv, norm, ops.ReLU, 0.5))
	require.NoError(t, err)
	assert.Contains(t, string(data), `"class":"activation","activation":"relu"`)
}

// The losses of all layers are those of the whole.
func TestJoinedLosses(t *testing.T) {
	f := forms()[0]
	g := G.NewGraph()
	sc, _, err := formScope(g, true)
	require.NoError(t, err)
	out, err := layers.NewJoined(layers.NewMinCutPool(2), layers.NewMinCutPool(2)).Apply(sc, f.build(f.nodes(g)))
	require.NoError(t, err)
	assert.Len(t, out.Losses, 4)
	assert.Equal(t, 2*formWidth, out.X.Width())
}
