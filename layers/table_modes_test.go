package layers_test

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

// TestTableModesWithoutMeaning wants an error that names the layer, the mode
// and what to use in its place.
func TestTableModesWithoutMeaning(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		for _, lay := range tableLayouts() {
			use, no := row.without[lay.mode]
			if !no {
				continue
			}
			require.NotEmpty(t, use)
			store, err := param.NewStore(tensor.Float64, 1)
			require.NoError(t, err)
			r, err := tableBuild(l, store, lay, lay.input(), true)
			require.Error(t, err, "%s: %v", lay.name, r)
			assert.ErrorContains(t, err, "layers: "+tableScope(l)+": ")
			assert.ErrorContains(t, err, lay.mode.String()+" mode")
			assert.ErrorContains(t, err, use)
		}
	})
}

// TestTableWrongLayouts wants an error that names the layer, the mode and what
// to use for features that are not laid out as the mode says.
func TestTableWrongLayouts(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		for _, c := range []struct {
			layout string
			change func(*modes.Graph)
			want   []string
		}{
			{"disjoint", func(in *modes.Graph) { in.Mode = modes.Batch }, []string{"batch mode", "disjoint mode takes N×F"}},
			{"disjoint", func(in *modes.Graph) { in.Mode = modes.Mixed }, []string{"mixed mode", "disjoint mode takes N×F"}},
			{"batch", func(in *modes.Graph) { in.Mode = modes.Disjoint }, []string{"disjoint mode", "batch mode takes B×N×F"}},
			{"mixed", func(in *modes.Graph) { in.Mode = modes.Single }, []string{"single mode", "batch mode takes B×N×F"}},
			{"single", func(in *modes.Graph) { in.Mode = 9 }, []string{"Mode(9)", "want single, disjoint, batch or mixed"}},
		} {
			store, err := param.NewStore(tensor.Float64, 1)
			require.NoError(t, err)
			lay, g := tableLayoutOf(c.layout), G.NewGraph()
			in, err := lay.build(g, tensor.Float64, lay.input())
			require.NoError(t, err)
			c.change(&in)
			_, err = l.Apply(store.Scope(g, true), in)
			require.Error(t, err, c.want)
			for _, want := range append(c.want, "layers: "+tableScope(l)) {
				assert.ErrorContains(t, err, want)
			}
		}
	})
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
			assert.ErrorContains(t, err, "layers: "+tableScope(l), lack)
			assert.ErrorContains(t, err, lack)
		}
	})
}
