package table_test

import (
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

// TestTableTwoInputs applies each layer twice in one expression graph, with the
// same weights to inputs of 2 and of 3 graphs: each must give what it gives
// alone. Gorgonia merges inputs of one name.
func TestTableTwoInputs(t *testing.T) {
	few, more := tableHosts()[:2], tableHosts()[1:]
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		store, err := tableStore(l, tensor.Float64, 1, row.base())
		require.NoError(t, err)
		for name, build := range map[string]tableConstructor{"disjoint": modes.NewDisjoint, "batch": modes.NewBatch, "sparse batch": modes.NewSparseBatch} {
			var want [][]float64
			for _, hosts := range [][]*modes.Host{few, more} {
				sc := store.Scope(G.NewGraph(), false)
				want = append(want, tableValues(t, tableTwice(t, l, sc, build, "in", hosts)...)...)
			}
			sc := store.Scope(G.NewGraph(), false)
			both := append(tableTwice(t, l, sc, build, "few", few), tableTwice(t, l, sc.Reuse(), build, "more", more)...)
			assert.Equal(t, want, tableValues(t, both...), name)
		}
	})
}

// tableTwice is X', A'·X' where there is an A', and the losses of a layer over an input of
// its own.
func tableTwice(t *testing.T, l layers.Layer, sc *param.Scope, build tableConstructor, name string, hosts []*modes.Host) G.Nodes {
	t.Helper()
	in, err := build(sc.Graph(), name, hosts, tensor.Float64, modes.Budget{})
	require.NoError(t, err)
	out, err := l.Apply(sc, in)
	require.NoError(t, err)
	nodes := G.Nodes{out.X.Dense}
	if out.A != nil {
		ax, err := out.A.Mul(out.X.Dense)
		require.NoError(t, err)
		nodes = append(nodes, ax)
	}
	for _, loss := range out.Losses {
		nodes = append(nodes, loss.Node)
	}
	return nodes
}

func tableValues(t *testing.T, nodes ...*G.Node) (all [][]float64) {
	t.Helper()
	values, err := train.Forward(nodes...)
	require.NoError(t, err)
	for _, v := range values {
		x, err := layertest.Floats(v)
		require.NoError(t, err)
		all = append(all, append([]float64{}, x...))
	}
	return all
}
