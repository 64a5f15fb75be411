package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// plainProjection is X·p, over ‖p‖ where asked.
func plainProjection(path string, unit bool) func(plainGraph, map[string][]float64) []float64 {
	return func(g plainGraph, w map[string][]float64) []float64 {
		p, norm := w[path], 1.0
		if unit {
			norm = math.Sqrt(p[0]*p[0] + p[1]*p[1] + p[2]*p[2])
		}
		y := make([]float64, len(g.x))
		for i, x := range g.x {
			for c := range x {
				y[i] += x[c] * p[c] / norm
			}
		}
		return y
	}
}

// topKs are TopKPools with options of every kind.
func topKs() []keeper {
	half, one, all := layers.NewTopKPool(0.5), layers.NewTopKPool(0), layers.NewTopKPool(1)
	one.K, one.Gate, one.Multiplier = 1, ops.Sigmoid, 1.5
	all.Descending, all.InverseLift = true, true
	gated, many := layers.NewTopKPool(0.7), layers.NewTopKPool(0)
	gated.RankGated, gated.Descending = true, true
	many.K, many.InverseLift, many.Multiplier = 100, true, -2
	above := layers.NewTopKPool(0)
	above.MinScore, above.Multiplier = new(0.22), 2
	var ks []keeper
	for name, p := range map[string]*layers.TopKPool{"half": half, "one": one, "all": all, "gated": gated, "many": many, "above": above} {
		ks = append(ks, keeper{name: name, layer: p, keep: &p.TopNodes, score: plainProjection("topkpool/kernel", p.MinScore == nil)})
	}
	return ks
}

func TestTopKPool(t *testing.T) {
	checkKeeper(t, topKs()...)
	for _, k := range topKs() {
		checkSelection(t, k)
	}
}

// topK pools nodes of one feature, whose p is 1, in disjoint mode: X', its
// ids, and the error of the run.
func topK(t require.TestingT, p *layers.TopKPool, x []float64, ids []int, graphs int) (y []float64, of []int, err error) {
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	in := modes.Graph{Mode: modes.Disjoint, Graphs: graphs}
	in.X.Dense = G.NodeFromAny(g, tensor.New(tensor.WithShape(len(x), 1), tensor.WithBacking(x)), G.WithName("x"))
	in.IDs = G.NodeFromAny(g, tensor.New(tensor.WithShape(len(ids)), tensor.WithBacking(ids)), G.WithName("ids"))
	p.Kernel.Init = param.Ones{}
	out, err := p.Apply(store.Scope(g, false), in)
	require.NoError(t, err)
	values, err := train.Evaluate(out.X.Dense, out.IDs)
	if err != nil {
		return nil, nil, err
	}
	return values[0].Data().([]float64), values[1].Data().([]int), nil
}

// identityGate leaves scores as they are: x of one feature becomes x².
func identityGate(ratio float64) *layers.TopKPool {
	p := layers.NewTopKPool(ratio)
	p.Gate = ops.Identity
	return p
}

func TestTopKPoolKeepsTheLowerOfEqualScores(t *testing.T) {
	y, ids, err := topK(t, identityGate(0.5), []float64{2, -1, 2, 2, 3, 3}, []int{0, 0, 0, 0, 1, 1}, 2)
	require.NoError(t, err)
	assert.Equal(t, []float64{4, 4, 9}, y[:3])
	assert.Equal(t, []int{0, 0, 1}, ids[:3])
}

// tanh of 20, 30 and 40 is 1: ranked by it, the lower indices win.
func TestTopKPoolRanksByTheRawScore(t *testing.T) {
	x, ids := []float64{10, 20, 30, 40}, []int{0, 0, 0, 0}
	y, _, err := topK(t, layers.NewTopKPool(0.5), x, ids, 1)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{30, 40}, y, 1e-6)
	p := layers.NewTopKPool(0.25)
	p.RankGated = true
	y, _, err = topK(t, p, []float64{20, 30, 40}, ids[:3], 1)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{20}, y, 1e-6)
}

// A trailing graph without nodes is kept, and keeps none.
func TestTopKPoolOfEmptyGraphs(t *testing.T) {
	y, ids, err := topK(t, identityGate(1), []float64{1, 2, 7}, []int{1, 1, -1}, 4)
	require.NoError(t, err)
	assert.Equal(t, []float64{1, 4, 0}, y)
	assert.Equal(t, []int{1, 1, -1}, ids)
}

func TestTopKPoolRefusesNaN(t *testing.T) {
	_, _, err := topK(t, identityGate(0.5), []float64{1, math.NaN()}, []int{0, 0}, 1)
	assert.ErrorContains(t, err, "score[1] is NaN")
}

// A p of zeros scores every node 0, and has a gradient of 0.
func TestTopKPoolOfZeros(t *testing.T) {
	f := forms()[0]
	p := layers.NewTopKPool(0.5)
	p.Kernel.Init = param.Zeros{}
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	sc := store.Scope(g, true)
	out, err := p.Apply(sc, f.build(f.nodes(g)))
	require.NoError(t, err)
	loss, err := ops.Sum(out.X.Dense)
	require.NoError(t, err)
	tr, err := train.New(sc, loss, train.NewAdam(0.1), train.Options{})
	require.NoError(t, err)
	defer tr.Close()
	_, err = tr.Step()
	require.NoError(t, err)
	assert.Equal(t, []float64{0, 0, 0}, store.Get("topkpool/kernel").Tensor.Data())
}

func TestTopKPoolRefuses(t *testing.T) {
	refusedWithout(t, layers.NewTopKPool(0.5), withoutX, "topkpool: the graph has no features, want X")
}

// A graph needs no edges.
func TestTopKPoolWithoutA(t *testing.T) {
	f := forms()[0]
	g := G.NewGraph()
	sc, _, err := formScope(g, false)
	require.NoError(t, err)
	in := f.build(f.nodes(g))
	in.A = nil
	out, err := layers.NewTopKPool(0.5).Apply(sc, in)
	require.NoError(t, err)
	assert.Nil(t, out.A)
}

// Whatever the scores, ids and ratio: as many nodes as the ratio says, finite.
func TestTopKPoolKeepsTheRightNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		graphs := rapid.IntRange(1, 4).Draw(t, "graphs")
		x := rapid.SliceOfN(rapid.SampledFrom([]float64{-2, -1, 0, 1, 1e6}), n, n).Draw(t, "x")
		ids := rapid.SliceOfN(rapid.IntRange(-1, graphs-1), n, n).Draw(t, "ids")
		ratio := rapid.SampledFrom([]float64{1e-9, 0.1, 0.5, 0.999, 1}).Draw(t, "ratio")
		y, of, err := topK(t, layers.NewTopKPool(ratio), x, ids, graphs)
		require.NoError(t, err)
		had, kept := make([]int, graphs), make([]int, graphs)
		for _, s := range ids {
			if s >= 0 {
				had[s]++
			}
		}
		for i, s := range of {
			if s >= 0 {
				kept[s]++
			}
			require.False(t, math.IsNaN(y[i]) || s < 0 && y[i] != 0)
		}
		for s := range had {
			require.Equal(t, ops.TopK{Ratio: ratio}.Count(had[s]), kept[s])
		}
	})
}
