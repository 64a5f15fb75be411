package metrics

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEvaluateAgreesWithTheFunctions(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 0))
	g := build(40, true, randomEdges(r, 40, 0.2)...)
	clusters, labels := randomLabels(r, 40, 4), randomLabels(r, 40, 3)
	labels[7] = Unassigned
	got, err := Evaluate(g, clusters, labels)
	require.NoError(t, err)

	must := func(v float64, err error) float64 { require.NoError(t, err); return v }
	used, err := UsedClusters(clusters)
	require.NoError(t, err)
	assert.Equal(t, Report{
		Modularity: must(Modularity(g, clusters)), Conductance: must(Conductance(g, clusters)),
		ConductanceMean: must(ConductanceMean(g, clusters)),
		UsedClusters:    used, EffectiveClusters: must(EffectiveClusters(clusters)),
		NMI: must(NMI(clusters, labels)), ARI: must(ARI(clusters, labels)),
		Accuracy: must(Accuracy(clusters, labels)), PairF1: must(PairF1(clusters, labels)),
	}, got)
}

func TestEvaluateWithoutLabels(t *testing.T) {
	g, split := twoTriangles()
	r, err := Evaluate(g, split, nil)
	require.NoError(t, err)
	assert.InDelta(t, 5.0/14, r.Modularity, 1e-15)
	for _, v := range []float64{r.NMI, r.ARI, r.Accuracy, r.PairF1} {
		assert.True(t, math.IsNaN(v))
	}
	_, err = Evaluate(g, split, []int{0})
	assert.EqualError(t, err, "metrics: labels has 1 entries, want as many as clusters (6)")
}
