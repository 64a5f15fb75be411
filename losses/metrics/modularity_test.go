package metrics

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
)

func TestModularityByHand(t *testing.T) {
	g, split := twoTriangles()
	q, err := Modularity(g, split)
	require.NoError(t, err)
	assert.InDelta(t, 5.0/14, q, 1e-15)

	q, err = Modularity(g, []int{7, 7, 7, 7, 7, 7})
	require.NoError(t, err)
	assert.Zero(t, q, "one cluster is exactly 0")

	q, err = Modularity(g, []int{0, 1, 2, 3, 4, 5})
	require.NoError(t, err)
	assert.InDelta(t, -(4*4.0+2*9)/(14*14), q, 1e-15)
}

func TestModularityCountsWeights(t *testing.T) {
	g := build(4, true, edge{0, 1, 3}, edge{2, 3, 1}, edge{1, 2, 1})
	q, err := Modularity(g, []int{0, 0, 1, 1})
	require.NoError(t, err)
	assert.InDelta(t, 6.0/10-0.49+2.0/10-0.09, q, 1e-15)
}

func TestModularityOneClusterWeightedIsZero(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 0))
	g := build(30, true, randomEdges(r, 30, 0.3)...)
	q, err := Modularity(g, make([]int, 30))
	require.NoError(t, err)
	assert.Zero(t, q)
}

func TestModularitySelfLoopCountsAsStored(t *testing.T) {
	g := build(2, true, edge{0, 0, 2}, edge{0, 1, 1})
	q, err := Modularity(g, []int{0, 1})
	require.NoError(t, err)
	assert.InDelta(t, 2.0/4-9.0/16-1.0/16, q, 1e-15)
}

func TestModularityWithoutEdges(t *testing.T) {
	for _, g := range []Graph{{}, {RowPtr: []int32{0}}, build(3, false), build(2, true, edge{0, 1, 0})} {
		q, err := Modularity(g, make([]int, g.Nodes()))
		require.NoError(t, err)
		assert.Zero(t, q)
	}
}

func TestModularityLeavesNodesWithoutClusterOut(t *testing.T) {
	g, split := twoTriangles()
	with := build(8, false,
		edge{0, 1, 1}, edge{0, 2, 1}, edge{1, 2, 1}, edge{2, 3, 1}, edge{3, 4, 1}, edge{3, 5, 1}, edge{4, 5, 1},
		edge{5, 6, 1}, edge{6, 7, 1})
	want, err := Modularity(g, split)
	require.NoError(t, err)
	q, err := Modularity(with, append(split, Unassigned, Unassigned))
	require.NoError(t, err)
	assert.Equal(t, want, q)
}

func TestModularityAgreesWithGonum(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		n, k := 2+r.IntN(40), 1+r.IntN(6)
		edges := randomEdges(r, n, 0.3)
		if len(edges) == 0 {
			edges = []edge{{0, 1, 0.5}}
		}
		labels := randomLabels(r, n, k)
		q, err := Modularity(build(n, true, edges...), labels)
		require.NoError(t, err)
		assert.InDelta(t, gonumQ(n, k, edges, labels), q, 1e-12, "seed %d", seed)
	}
}

func gonumQ(n, k int, edges []edge, labels []int) float64 {
	g := simple.NewWeightedUndirectedGraph(0, 0)
	groups := make([][]graph.Node, k)
	for i := range n {
		g.AddNode(simple.Node(i))
		groups[labels[i]] = append(groups[labels[i]], simple.Node(i))
	}
	for _, e := range edges {
		g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(e.a), simple.Node(e.b), e.w))
	}
	return community.Q(g, groups, 1)
}

func TestMalformedArguments(t *testing.T) {
	for want, c := range map[string]struct {
		g        Graph
		clusters []int
	}{
		"metrics: clusters has 2 entries, want one a node (3)":         {build(3, false), []int{0, 1}},
		"metrics: clusters[1] = -2, want at least -1 (-1: none)":       {build(2, false), []int{0, -2}},
		"metrics: Col[0] = 2, want 0 to 1":                             {Graph{RowPtr: []int32{0, 1, 1}, Col: []int32{2}}, []int{0, 0}},
		"metrics: RowPtr[0] = 1, want 0":                               {Graph{RowPtr: []int32{1, 1}}, []int{0}},
		"metrics: RowPtr[2] = 0, want at least RowPtr[1] = 1":          {Graph{RowPtr: []int32{0, 1, 0}, Col: []int32{0}}, []int{0, 0}},
		"metrics: Col has 1 entries, want RowPtr's last value 2":       {Graph{RowPtr: []int32{0, 2}, Col: []int32{0}}, []int{0}},
		"metrics: Weights has 1 entries, want as many as Col (0)":      {Graph{RowPtr: []int32{0, 0}, Weights: []float64{1}}, []int{0}},
		"metrics: Weights[0] = -1, want a finite weight of at least 0": {build(2, true, edge{0, 1, -1}), []int{0, 0}},
	} {
		_, err := Modularity(c.g, c.clusters)
		assert.EqualError(t, err, want)
		_, err = Conductance(c.g, c.clusters)
		assert.EqualError(t, err, want)
		_, err = ConductanceMean(c.g, c.clusters)
		assert.EqualError(t, err, want)
		_, err = Evaluate(c.g, c.clusters, nil)
		assert.EqualError(t, err, want)
	}
}

// Weights whose sum is beyond float64 give what weights of 1 give.
func TestMetricsOfLargeWeights(t *testing.T) {
	small, split := twoTriangles()
	want, err := Evaluate(small, split, nil)
	require.NoError(t, err)
	large := small
	large.Weights = make([]float64, len(small.Col))
	for _, w := range []float64{1e308, 1.7e308, 1e-300} {
		for e := range large.Weights {
			large.Weights[e] = w
		}
		got, err := Evaluate(large, split, nil)
		require.NoError(t, err)
		assert.InDelta(t, want.Modularity, got.Modularity, 1e-12, w)
		assert.InDelta(t, want.Conductance, got.Conductance, 1e-12, w)
		assert.InDelta(t, want.ConductanceMean, got.ConductanceMean, 1e-12, w)
	}
}
