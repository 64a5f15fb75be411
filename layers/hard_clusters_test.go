package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Attributes of edges are merged as weights are, and two of a batch's graphs may
// use the same ids: 0–1–2–3 by {0, 1}, {2}, {3}, in each of two graphs.
func TestHardClustersMergeAttributesInABatch(t *testing.T) {
	host := func() *modes.Host {
		p, _, err := ops.PatternFromCOO(4, 4, []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2})
		require.NoError(t, err)
		return &modes.Host{
			Nodes: 4, Pattern: p, Weights: []float64{1, 2, 3, 4, 5, 6},
			X: tensor.New(tensor.WithShape(4, 1), tensor.WithBacking([]float64{1, 2, 3, 4})),
			E: tensor.New(tensor.WithShape(6, 1), tensor.WithBacking([]float64{10, 20, 30, 40, 50, 60})),
		}
	}
	g := G.NewGraph()
	in, err := modes.NewSparseBatch(g, "g", []*modes.Host{host(), {}, host()}, tensor.Float64, modes.Budget{})
	require.NoError(t, err)
	ids := G.NewVector(g, tensor.Int, G.WithShape(12), G.WithName("clusters"),
		G.WithValue(tensor.New(tensor.WithShape(12), tensor.WithBacking([]int{7, 7, 8, 9, 0, 0, 0, 0, 7, 7, 8, -1}))))
	pool := layers.PrecomputedPool(ids, nil, layers.HardClusters{Places: 3, Merge: ops.ReduceMax, InverseLift: true})
	sc, _, err := formScope(g, true)
	require.NoError(t, err)
	out, err := pool.Apply(sc, in)
	require.NoError(t, err)
	require.NoError(t, out.Check())
	lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
	require.NoError(t, err)
	degree, err := out.A.Degree(out.X.Dense)
	require.NoError(t, err)
	v, err := train.Forward(out.X.Dense, out.IDs, degree, out.E, lifted)
	require.NoError(t, err)
	assert.Equal(t, []float64{3, 3, 4, 0, 0, 0, 3, 3, 0}, v[0].Data())
	assert.Equal(t, []int{0, 0, 0, -1, -1, -1, 2, 2, -1}, v[1].Data())
	assert.Equal(t, []float64{3, 4 + 5, 6, 0, 0, 0, 3, 4, 0}, v[2].Data())
	assert.Equal(t, []float64{30, 40, 50, 60, 30, 40}, v[3].Data().([]float64)[:6])
	assert.Equal(t, []float64{1.5, 1.5, 3, 4, 0, 0, 0, 0, 1.5, 1.5, 3, 0}, v[4].Data())
}

func TestHardClustersRefuse(t *testing.T) {
	for want, change := range map[string]func(p *layers.KMISPool){
		`Reduction: reduction = "mode", want sum, mean, max or min`: func(p *layers.KMISPool) { p.Reduction = "mode" },
		`Merge: reduction = "mode"`:                                 func(p *layers.KMISPool) { p.Merge = "mode" },
		"Places = -1, want at least 0":                              func(p *layers.KMISPool) { p.Places = -1 },
		"K = 0, want at least 1":                                    func(p *layers.KMISPool) { p.K = 0 },
		`Scorer = "first"`:                                          func(p *layers.KMISPool) { p.Scorer = "first" },
		`Heuristic = "best"`:                                        func(p *layers.KMISPool) { p.Heuristic = "best" },
		"Readout: ":                                                 func(p *layers.KMISPool) { p.Readout = layers.NewMinCutPool(0) },
		"Readout gives":                                             func(p *layers.KMISPool) { p.Readout, p.Places = layers.NewDense(2), 3 },
	} {
		sc, in := path(1, 2, 3, 4)
		pool := layers.NewKMISPool(1)
		change(pool)
		_, err := pool.Apply(sc, in)
		assert.ErrorContains(t, err, "layers: kmispool: "+want)
	}
}

// What does not depend on the order or the features: all scorers give a set of
// which no two are neighbours.
func TestEveryScorer(t *testing.T) {
	for _, by := range []layers.Scorer{layers.LinearScorer, layers.DegreeScorer, layers.ConstantScorer, layers.CanonicalScorer, layers.RandomScorer} {
		for _, over := range []layers.Heuristic{layers.NoHeuristic, layers.Greedy, layers.WGreedy} {
			sc, in := path(1, -2, 3, 4)
			pool := layers.NewKMISPool(1)
			pool.Scorer, pool.Heuristic = by, over
			out, err := pool.Apply(sc, in)
			require.NoError(t, err)
			v, err := train.Forward(out.Selection.Index)
			require.NoError(t, err)
			assert.Contains(t, [][]int{{0, 2, -1, -1}, {0, 3, -1, -1}, {1, 3, -1, -1}}, v[0].Data(), "%s %s", by, over)
		}
	}
}
