package table_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// TestTableModes wants an error that names the layer, the mode and what to use
// for modes without a meaning, and for features that are not laid out as the
// mode says.
func TestTableModes(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		for _, lay := range tableLayouts() {
			if use, no := row.without[lay.mode]; no {
				require.NotEmpty(t, use)
				tableRefuses(t, l, lay.name, nil, lay.mode.String()+" mode", use)
			}
		}
		to := func(m modes.Mode) func(*modes.Graph) { return func(in *modes.Graph) { in.Mode = m } }
		tableRefuses(t, l, "disjoint", to(modes.Batch), "batch mode", "disjoint mode takes N×F")
		tableRefuses(t, l, "disjoint", to(modes.Mixed), "mixed mode", "disjoint mode takes N×F")
		tableRefuses(t, l, "batch", to(modes.Disjoint), "disjoint mode", "batch mode takes B×N×F")
		tableRefuses(t, l, "mixed", to(modes.Single), "single mode", "batch mode takes B×N×F")
		tableRefuses(t, l, "single", to(9), "Mode(9)", "want single, disjoint, batch or mixed")
	})
}

// tableRefuses wants an error with all of these from a layer, for graphs in a
// layout after a change.
func tableRefuses(t *testing.T, l layers.Layer, layout string, change func(*modes.Graph), want ...string) {
	t.Helper()
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	lay, g := tableLayoutOf(layout), G.NewGraph()
	in, err := lay.build(g, tensor.Float64, lay.input())
	require.NoError(t, err)
	if change != nil {
		change(&in)
	}
	_, err = l.Apply(store.Scope(g, true), in)
	require.Error(t, err, want)
	for _, w := range append(want, "layers: "+l.(layers.Classed).Class()) {
		assert.ErrorContains(t, err, w)
	}
}

// TestTableInputsThatLack wants an error that names the layer for a graph
// without features, and for one without edges where the layer reads them.
func TestTableInputsThatLack(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		for _, lack := range []string{"features", "adjacency"} {
			store, err := param.NewStore(tensor.Float64, 1)
			require.NoError(t, err)
			lay := row.base()
			g := G.NewGraph()
			in, err := lay.build(g, tensor.Float64, lay.input())
			require.NoError(t, err)
			if lack == "features" {
				in.X = modes.Features{}
			} else {
				in.A = nil
			}
			out, err := l.Apply(store.Scope(g, true), in)
			if lack == "adjacency" && row.noA {
				require.NoError(t, err)
				assert.Nil(t, out.A)
				continue
			}
			assert.ErrorContains(t, err, "layers: "+l.(layers.Classed).Class(), lack)
			assert.ErrorContains(t, err, lack)
		}
	})
}
