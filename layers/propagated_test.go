package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// path5 is a weighted path of four nodes and a node alone, with features.
func path5(t *testing.T) *modes.Host {
	t.Helper()
	h, err := modes.FromCOO(5, []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2}, []float64{1, 1, 2, 2, .5, .5})
	require.NoError(t, err)
	h.X = tensor.New(tensor.WithShape(5, 2), tensor.WithBacking([]float64{1, -2, 3, .5, 0, 1, -1, 2, 4, 4}))
	return h
}

// hop is ÂʰX as a graph without edges, for h of 0 and 1.
func hop(t *testing.T, g *G.ExprGraph, h *modes.Host, hops int) modes.Graph {
	t.Helper()
	x := h.X
	if hops == 1 {
		n, err := h.Normalized(modes.GCN())
		require.NoError(t, err)
		old, y := x.Data().([]float64), make([]float64, 10)
		for i := range 5 {
			for e := n.Pattern.Ptr()[i]; e < n.Pattern.Ptr()[i+1]; e++ {
				for c := range 2 {
					y[2*i+c] += n.Weights[e] * old[2*int(n.Pattern.Col()[e])+c]
				}
			}
		}
		x = tensor.New(tensor.WithShape(5, 2), tensor.WithBacking(y))
	}
	in, err := modes.NewSingle(g, "hop"+string(rune('0'+hops)), &modes.Host{Nodes: 5, X: x}, tensor.Float64)
	require.NoError(t, err)
	return in
}

// On propagated features a model has the assignment that it has on the graph,
// by the weights of the same names.
func TestApplyRowsIsSequence(t *testing.T) {
	gcn := func() layers.Layer {
		l := layers.NewGCNConv(3)
		l.Activation = ops.SELU
		return l
	}
	for name, model := range map[string]func() []layers.Layer{
		"gcn":      func() []layers.Layer { return []layers.Layer{gcn(), layers.NewDMoNPool(2)} },
		"gcn-skip": func() []layers.Layer { return []layers.Layer{layers.NewGCNSkipConv(3), layers.NewMinCutPool(2)} },
		"dense":    func() []layers.Layer { return []layers.Layer{layers.NewDense(3), layers.NewJustBalancePool(2)} },
		"gcn, then dense": func() []layers.Layer {
			return []layers.Layer{gcn(), layers.NewDense(4), layers.NewDense(3), layers.NewDMoNPool(2)}
		},
		"no encoder": func() []layers.Layer { return []layers.Layer{layers.NewDMoNPool(2)} },
	} {
		t.Run(name, func(t *testing.T) {
			store, err := param.NewStore(tensor.Float64, 4)
			require.NoError(t, err)
			h := path5(t)
			sc := store.Scope(G.NewGraph(), false)
			in, err := modes.NewSingle(sc.Graph(), "graph", h, tensor.Float64)
			require.NoError(t, err)
			whole, err := layers.Sequence(sc, in, model()...)
			require.NoError(t, err)
			weights := store.Len()

			hops, err := layers.HopsOf(model()...)
			require.NoError(t, err)
			rows := store.Scope(G.NewGraph(), false)
			var graphs []modes.Graph
			for _, n := range hops {
				graphs = append(graphs, hop(t, rows.Graph(), h, n))
			}
			sel, err := layers.ApplyRows(rows, graphs, model()...)
			require.NoError(t, err)
			assert.Equal(t, weights, store.Len(), "no weight of another name")
			want, err := train.Evaluate(whole.Selection.Assignment)
			require.NoError(t, err)
			have, err := train.Evaluate(sel.Assignment)
			require.NoError(t, err)
			assert.InDeltaSlice(t, want[0].Data(), have[0].Data(), 1e-14)
		})
	}
}

func TestApplyRowsRefuses(t *testing.T) {
	pool := layers.NewDMoNPool(2)
	other := layers.NewGCNConv(3)
	other.Normalization.SelfLoops = false
	for want, ls := range map[string][]layers.Layer{
		"a model without layers":                                 nil,
		"layer 0 is a *layers.Dense, want a pooler":              {layers.NewDense(2)},
		"layer 1 is a *layers.AsymCheegerCutPool, want a pooler": {layers.NewDense(2), layers.NewAsymCheegerCutPool(2)},
		"layer 0 is a *layers.SAGEConv, want Dense":              {layers.NewSAGEConv(2), pool},
		"layer 1 is a *layers.GCNConv, which reads the":          {layers.NewGCNConv(2), layers.NewGCNConv(2), pool},
		"layer 1 is a *layers.GCNSkipConv, which reads":          {layers.NewDense(2), layers.NewGCNSkipConv(2), pool},
		"0 graphs of propagated features, want 1":                {layers.NewGCNConv(2), pool},
		"0 graphs of propagated features, want 2":                {layers.NewGCNSkipConv(2), pool},
		"0 graphs of propagated features, want 1, one f":         {layers.NewDense(2), pool},
	} {
		store, err := param.NewStore(tensor.Float64, 1)
		require.NoError(t, err)
		_, err = layers.ApplyRows(store.Scope(G.NewGraph(), true), nil, ls...)
		assert.ErrorContains(t, err, want)
	}
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), true)
	_, err = layers.ApplyRows(sc, []modes.Graph{hop(t, sc.Graph(), path5(t), 1)}, other, pool)
	assert.ErrorContains(t, err, "want that of Â, modes.GCN(), by which the features were propagated")
}
