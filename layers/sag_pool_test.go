package layers_test

import (
	"math"
	"testing"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
)

// plainSAG is sym(A + I)·X·W.
func plainSAG(g plainGraph, w map[string][]float64) []float64 {
	a := g.a()
	inv := make([]float64, len(a))
	for i := range a {
		a[i][i]++
		var d float64
		for _, v := range a[i] {
			d += v
		}
		inv[i] = 1 / (math.Sqrt(d) + 1e-7)
	}
	xw := plainProjection("sagpool/kernel", false)(g, w)
	y := make([]float64, len(a))
	for i := range a {
		for j, v := range a[i] {
			y[i] += inv[i] * v * inv[j] * xw[j]
		}
	}
	return y
}

func TestSAGPool(t *testing.T) {
	half, two := layers.NewSAGPool(0.5), layers.NewSAGPool(0)
	two.K, two.Descending, two.Multiplier = 2, true, 0.5
	above := layers.NewSAGPool(0)
	above.MinScore = new(0.2)
	pyg := layers.NewSAGPool(0.5)
	pyg.SignWeight, pyg.RankGated, pyg.Descending = true, true, true
	n := layers.Neighbours{Unweighted: true, ToColumns: true}
	pyg.GNN = layertest.Literal(&layers.GraphConv{Units: 1, Neighbours: n})
	checks := []keeper{
		{name: "half", layer: half, keep: &half.TopNodes, score: plainSAG},
		{name: "two", layer: two, keep: &two.TopNodes, score: plainSAG},
		{name: "above", layer: above, keep: &above.TopNodes, score: plainSAG},
		{name: "as PyG", layer: pyg, keep: &pyg.TopNodes, counts: true, score: func(g plainGraph, w map[string][]float64) (y []float64) {
			neighbours := plainMul(plainGather(g, n, g.x, formWidth), plainWeight(w["sagpool/graphconv/kernel"], 1), 1)
			own := plainMul(g.x, plainWeight(w["sagpool/graphconv/root"], 1), 1)
			for i := range own {
				v := own[i][0] + neighbours[i][0] + w["sagpool/graphconv/bias"][0]
				y = append(y, math.Copysign(v, v*w["sagpool/select"][0]))
			}
			return y
		}},
	}
	checkKeeper(t, checks...)
	for _, k := range checks {
		checkSelection(t, k)
	}
}

func TestSAGPoolRefuses(t *testing.T) {
	refusedWithout(t, layers.NewSAGPool(0.5), withoutA, "sagpool: the graph has no adjacency, want A")
	refused(t, layers.NewSAGPool(2), "sagpool: Ratio = 2, want (0, 1]")
	wide := layers.NewSAGPool(0.5)
	wide.GNN = layers.NewGCNConv(2)
	refused(t, wide, "sagpool: GNN gives 2 columns for 5 nodes and 0 losses, want 1 for 5 and none")
	pool := layers.NewSAGPool(0.5)
	pool.GNN = layers.NewTopKPool(0.5)
	refused(t, pool, "sagpool: GNN gives 3 columns for 3 nodes and 0 losses, want 1 for 5 and none")
	broken := layers.NewSAGPool(0.5)
	broken.GNN = layers.NewGCNConv(0)
	refused(t, broken, "sagpool: layers: sagpool/gcnconv: Units = 0, want at least 1")
	odd := layers.NewSAGPool(0.5)
	odd.Normalization = modes.Normalization{SelfLoops: true, Eps: -1}
	refused(t, odd, "sagpool: ops: InvSqrt: ε = -1, want at least 0")
}
