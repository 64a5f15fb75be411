package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
)

func TestAttentionRefuses(t *testing.T) {
	gat := func(change func(*layers.GATConv)) layers.Layer {
		l := layers.NewGATConv(2, 3)
		change(l)
		return l
	}
	refused(t, layers.NewGATConv(0, 1), "gatconv: Heads = 0, want at least 1")
	refused(t, layers.NewGATConv(1, 0), "gatconv: Channels = 0, want at least 1")
	refused(t, layers.NewGATv2Conv(1<<20, 1<<20), "gatv2conv: Heads = 1048576, want at most 16777216 features in all, of Channels = 1048576")
	refused(t, gat(func(l *layers.GATConv) { l.Slope = math.NaN() }), "gatconv: Slope = NaN, want a finite number")
	refused(t, gat(func(l *layers.GATConv) { l.LoopFill = math.Inf(1) }), "gatconv: LoopFill = +Inf, want a finite number")
	refused(t, gat(func(l *layers.GATConv) { l.Dropout = 1 }), "gatconv: Dropout = 1, want [0, 1)")
	refused(t, gat(func(l *layers.GATConv) { l.Edges = "lengths" }), `gatconv: Edges = "lengths", want weights, attributes or nothing`)
	refused(t, gat(func(l *layers.GATConv) { l.Edges = layers.EdgeAttributes }), "gatconv: modes: edges: the graph has no edge attributes, want E")
	refusedWithout(t, layers.NewGATConv(1, 1), withoutA, "gatconv: the graph has no adjacency, want A")
}

// Coefficients are dropped in training, and not after.
func TestAttentionDropout(t *testing.T) {
	dropped := layers.NewGATConv(1, 2)
	dropped.Dropout = 0.5
	want := layerValues(t, layers.NewGATConv(1, 2), true)
	assert.Equal(t, want, layerValues(t, dropped, false))
	assert.NotEqual(t, want, layerValues(t, dropped, true))
}

// layerValues is the features that a layer gives five nodes.
func layerValues(t *testing.T, l layers.Layer, training bool) []float64 {
	t.Helper()
	f := forms()[0]
	g := G.NewGraph()
	sc, fill, err := formScope(g, training)
	require.NoError(t, err)
	out, err := l.Apply(sc, f.build(f.nodes(g)))
	require.NoError(t, err)
	fill()
	values, err := train.Forward(out.X.Dense)
	require.NoError(t, err)
	return values[0].Data().([]float64)
}

// A residual adds X·R: with weights of 1, each node's own feature.
func TestAttentionResidual(t *testing.T) {
	for name, conv := range map[string]func(residual bool) layers.Layer{
		"GATConv": func(residual bool) layers.Layer {
			l := layers.NewGATConv(2, 3)
			l.Residual, l.Kernel.Init = residual, param.Ones{}
			return l
		},
		"GATv2Conv": func(residual bool) layers.Layer {
			l := layers.NewGATv2Conv(2, 3)
			l.Average, l.Residual, l.Kernel.Init = true, residual, param.Ones{}
			return l
		},
	} {
		var y [2][]float64
		for i, residual := range []bool{false, true} {
			sc, in := path(1, 2, 3, 4)
			out, err := conv(residual).Apply(sc, in)
			require.NoError(t, err)
			values, err := train.Forward(out.X.Dense)
			require.NoError(t, err)
			y[i] = values[0].Data().([]float64)
		}
		n := len(y[0]) / 4
		for i, without := range y[0] {
			assert.InDelta(t, without+float64(i/n+1), y[1][i], 1e-12, name)
		}
	}
}
