package layers_test

import (
	"math"
	"slices"
	"sort"
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

func plainSortPool(k int) func(g plainGraph, _ map[string][]float64) plainSlots {
	return func(g plainGraph, _ map[string][]float64) plainSlots {
		idx := make([]int, len(g.x))
		for i := range idx {
			idx[i] = i
		}
		last := formWidth - 1
		sort.SliceStable(idx, func(a, b int) bool { return g.x[idx[a]][last] > g.x[idx[b]][last] })
		idx = idx[:min(k, len(idx))]
		out := plainSlots{x: plainMatrix(k, formWidth), a: plainMatrix(k, k), lift: plainMatrix(len(g.x), formWidth), nodes: len(idx)}
		for i, r := range idx {
			out.x[i], out.lift[r] = g.x[r], g.x[r]
			for j, c := range idx {
				out.a[i][j] = g.a()[r][c]
			}
		}
		return out
	}
}

func TestSortPool(t *testing.T) {
	for _, k := range []int{1, 3, 5, 7} {
		checkSlotted(t, slotted{name: "k", layer: layers.NewSortPool(k), k: k, ref: plainSortPool(k)})
	}
}

func TestSortPoolFlattened(t *testing.T) {
	p := layertest.Literal(&layers.SortPool{K: 4, Flatten: true})
	for _, f := range readoutForms() {
		got := valuesIn(t, p, f, func(in modes.Graph, out layers.Output) G.Nodes {
			assert.Nil(t, out.A)
			assert.Equal(t, tensor.Shape{len(f.graphs), 4 * formWidth}, out.X.Dense.Shape(), f.name)
			lift, err := p.Lift(in, out.Selection, out.X.Dense)
			require.NoError(t, err)
			return G.Nodes{out.X.Dense, lift}
		})
		var x, lift [][]float64
		for _, g := range f.graphs {
			s := plainSlots{x: plainMatrix(4, formWidth)}
			if len(g.x) > 0 {
				s = plainSortPool(4)(g, nil)
			}
			x, lift = append(x, s.x...), append(lift, s.lift...)
		}
		onRows := make([][]float64, len(f.ids))
		for i, r := range f.rows {
			onRows[r] = lift[i]
		}
		assert.Equal(t, filled(x), got[0], f.name)
		assert.Equal(t, filled(onRows), got[1], f.name)
	}
}

// Ties of the last feature are told apart by the ones before it, and equal
// nodes keep their order; the selection says which nodes were kept.
func TestSortPoolByHand(t *testing.T) {
	f := flatForm("ties", modes.Single, formSparse, nil, plainGraph{
		x: [][]float64{{1, 5, 2}, {7, 4, 2}, {0, 0, 3}, {1, 5, 2}, {9, 9, 1}}, entries: []plainEntry{{2, 0, 1.5}, {4, 2, 8}},
	})
	got := valuesIn(t, layers.NewSortPool(3), f, func(in modes.Graph, out layers.Output) G.Nodes {
		assert.Nil(t, out.IDs)
		mask, err := out.Selection.Mask(in)
		require.NoError(t, err)
		return G.Nodes{out.X.Dense, out.Selection.Score, mask}
	})
	assert.Equal(t, []float64{0, 0, 3, 1, 5, 2, 1, 5, 2}, got[0])
	assert.Equal(t, []float64{2, 2, 3, 2, 1}, got[1])
	assert.Equal(t, []float64{1, 0, 1, 1, 0}, got[2])
}

// Attributes follow the edges kept.
func TestSortPoolKeepsEdgeAttributes(t *testing.T) {
	f := flatForm("path", modes.Single, formSparse, nil, plainGraph{
		x: [][]float64{{0, 0, 1}, {0, 0, 2}, {0, 0, 3}}, entries: []plainEntry{{0, 1, 1}, {1, 2, 1}, {2, 1, 1}},
	})
	g := G.NewGraph()
	sc, _, err := formScope(g, false)
	require.NoError(t, err)
	in := f.build(f.nodes(g))
	in.E = layertest.Node(g, tensor.Float64, "e", []int{5, 1}, []float64{10, 20, 30, 0, 0})
	out, err := layers.NewSortPool(2).Apply(sc, in)
	require.NoError(t, err)
	values, err := train.Evaluate(out.E)
	require.NoError(t, err)
	assert.Equal(t, []float64{30, 20, 0, 0, 0}, values[0].Data()) // (2, 1), then (1, 2)
	sc, _, err = formScope(g, false)
	require.NoError(t, err)
	out, err = layertest.Literal(&layers.SortPool{K: 2, Flatten: true}).Apply(sc, in)
	require.NoError(t, err)
	assert.Nil(t, out.E)
}

func TestSortPoolRefuses(t *testing.T) {
	refused(t, layers.NewSortPool(0), "sortpool: K = 0, want at least 1")
	refusedWithout(t, layers.NewSortPool(1), withoutX, "sortpool: the graph has no features, want X")
	g := G.NewGraph()
	sc, _, err := formScope(g, false)
	require.NoError(t, err)
	x := slices.Repeat([]float64{math.NaN()}, 2)
	out, err := layers.NewSortPool(1).Apply(sc, modes.Graph{Graphs: 1, X: modes.Features{Dense: layertest.Node(g, tensor.Float64, "x", []int{2, 1}, x)}})
	require.NoError(t, err)
	assert.Nil(t, out.A)
	_, err = train.Evaluate(out.X.Dense)
	assert.ErrorContains(t, err, "x[0, 0] is NaN")
}
