package layers_test

import (
	"math"
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

// plainGIN is MLP((1 + ε)·x_i + Σ_j a_ij x_j) with tanh between its layers.
func plainGIN(eps float64, n layers.Neighbours, units ...int) func(plainGraph, map[string][]float64) [][]float64 {
	return func(g plainGraph, w map[string][]float64) [][]float64 {
		if e := w["ginconv/eps"]; e != nil {
			eps = e[0]
		}
		y := plainGather(g, n, g.x, formWidth)
		for i := range y {
			for c := range y[i] {
				y[i][c] += (1 + eps) * g.x[i][c]
			}
		}
		for l, u := range units {
			path := []string{"ginconv/dense", "ginconv/dense_1"}[l]
			y = plainMul(y, plainWeight(w[path+"/kernel"], u), u)
			for i := range y {
				for c := range y[i] {
					y[i][c] += w[path+"/bias"][c]
					if l < len(units)-1 {
						y[i][c] = math.Tanh(y[i][c])
					}
				}
			}
		}
		return y
	}
}

func TestGINConv(t *testing.T) {
	mean := layers.Neighbours{Aggregation: layers.Mean, ToColumns: true}
	deep := layers.NewGINConv(4, 2)
	deep.HiddenActivation, deep.Eps, deep.Neighbours = ops.Tanh, 0.25, mean
	trained := layers.NewGINConv(2)
	trained.TrainEps = true
	checkNodewise(
		t,
		nodewise{name: "one layer", layer: layers.NewGINConv(2), ref: eachGraph(plainGIN(0, layers.Neighbours{}, 2))},
		nodewise{name: "two layers and fixed ε", counts: true, layer: deep, ref: eachGraph(plainGIN(0.25, mean, 4, 2))},
		nodewise{name: "trained ε", layer: trained, ref: eachGraph(plainGIN(0, layers.Neighbours{}, 2))},
	)
}

func TestGINConvRefuses(t *testing.T) {
	refused(t, layers.NewGINConv(), "ginconv: Units = 0, want at least 1")
	refused(t, layers.NewGINConv(0, 1), "ginconv: Hidden[0] = 0, want at least 1")
	nan := layers.NewGINConv(1)
	nan.Eps = math.NaN()
	refused(t, nan, "ginconv: Eps = NaN, want a finite number")
	most := layers.NewGINConv(1)
	most.Aggregation = layers.Max
	refused(t, most, `ginconv: Aggregation = "max", want sum, mean or weighted_mean, which the MLP's first product may come before`)
	refusedWithout(t, layers.NewGINConv(1), withoutA, "ginconv: the graph has no adjacency, want A")
}

// attributedPair is two nodes of one feature: node 0 hears node 1 by an edge of
// attributes (−9, 0), and node 1 hears node 0 by two, of (1, 2) and (0, 3).
func attributedPair(t *testing.T, mixed bool) (*param.Scope, modes.Graph) {
	t.Helper()
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), true)
	p, _, err := ops.PatternFromCOO(2, 2, []int{0, 1, 1}, []int{1, 0, 0})
	require.NoError(t, err)
	h := &modes.Host{Nodes: 2, Pattern: p, E: tensor.New(tensor.WithShape(3, 2), tensor.WithBacking([]float64{-9, 0, 1, 2, 0, 3}))}
	x := []float64{1, 2}
	var in modes.Graph
	if mixed {
		in, err = modes.NewMixed(sc.Graph(), "g", h, tensor.New(tensor.WithShape(2, 2, 1), tensor.WithBacking(append(x, 10, 20))), tensor.Float64)
	} else {
		h.X = tensor.New(tensor.WithShape(2, 1), tensor.WithBacking(x))
		in, err = modes.NewSingle(sc.Graph(), "g", h, tensor.Float64)
	}
	require.NoError(t, err)
	return sc, in
}

func TestGINEConvOnAttributes(t *testing.T) {
	for _, c := range []struct {
		mixed, columns bool
		want           []float64
	}{
		// Node 0 hears relu(2 − 9 + 0), node 1 hears (1 + 3) and (1 + 3).
		{false, false, []float64{1.5 * 1, 1.5*2 + 8}},
		// By columns node 0 hears (2 + 3) twice, node 1 relu(1 − 9).
		{false, true, []float64{1.5*1 + 10, 1.5 * 2}},
		{true, false, []float64{1.5, 11, 15 + 11, 30 + 26}},
	} {
		sc, in := attributedPair(t, c.mixed)
		l := layers.NewGINEConv(1)
		l.Eps, l.ToColumns, l.Kernel.Init = 0.5, c.columns, param.Ones{}
		out, err := l.Apply(sc, in)
		require.NoError(t, err)
		values, err := train.Forward(out.X.Dense)
		require.NoError(t, err)
		assert.InDeltaSlice(t, c.want, values[0].Data(), 1e-12)
	}
}

// Attention reads the attributes of a shared graph once a signal.
func TestGATConvOnAttributesOfSignals(t *testing.T) {
	sc, in := attributedPair(t, true)
	l := layers.NewGATConv(1, 1)
	l.Edges, l.Kernel.Init, l.SelfLoops = layers.EdgeAttributes, param.Ones{}, false
	out, err := l.Apply(sc, in)
	require.NoError(t, err)
	values, err := train.Forward(out.X.Dense)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{2, 1, 20, 10}, values[0].Data(), 1e-12)
}

func TestGINEConvRefuses(t *testing.T) {
	refused(t, layers.NewGINEConv(), "gineconv: Units = 0, want at least 1")
	refused(t, layers.NewGINEConv(2), "gineconv: modes: edges: the graph has no edge attributes, want E")
	nan := layers.NewGINEConv(1)
	nan.Eps = math.NaN()
	refused(t, nan, "gineconv: Eps = NaN, want a finite number")
	other := layers.NewGINEConv(1)
	other.Edges = "x"
	refused(t, other, `gineconv: Edges = "x", want weights, attributes or nothing`)
}
