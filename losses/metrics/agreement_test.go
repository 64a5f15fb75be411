package metrics

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// expected is a case of testdata/expected.json, made by expected.py beside it
// from scikit-learn and python-igraph.
type expected struct {
	Nodes   int       `json:"nodes"`
	Edges   [][2]int  `json:"edges"`
	Weights []float64 `json:"weights"`
	A       []int     `json:"a"`
	B       []int     `json:"b"`

	NMI             float64 `json:"nmi"`
	AMI             float64 `json:"ami"`
	ARI             float64 `json:"ari"`
	Homogeneity     float64 `json:"homogeneity"`
	Completeness    float64 `json:"completeness"`
	V               float64 `json:"v"`
	VI              float64 `json:"vi"`
	Modularity      float64 `json:"modularity"`
	ModularityPlain float64 `json:"modularity_plain"`
	Coverage        float64 `json:"coverage"`
	Disconnected    int     `json:"disconnected"`
}

func (e expected) graph(weighted bool) Graph {
	var edges []edge
	for i, p := range e.Edges {
		edges = append(edges, edge{p[0], p[1], e.Weights[i]})
	}
	return build(e.Nodes, weighted, edges...)
}

func expectedCases(t *testing.T) []expected {
	b, err := os.ReadFile("testdata/expected.json")
	require.NoError(t, err)
	var file struct{ Cases []expected }
	require.NoError(t, json.Unmarshal(b, &file))
	require.Greater(t, len(file.Cases), 95)
	return file.Cases
}

func TestAgreementIsThatOfScikitLearnAndIgraph(t *testing.T) {
	for i, e := range expectedCases(t) {
		got, err := Compare(e.A, e.B)
		require.NoError(t, err)
		assert.Equal(t, e.Nodes, got.Nodes)
		for name, pair := range map[string][2]float64{
			"NMI": {e.NMI, got.NMI}, "AMI": {e.AMI, got.AMI}, "ARI": {e.ARI, got.ARI},
			"homogeneity":  {e.Homogeneity, got.Homogeneity},
			"completeness": {e.Completeness, got.Completeness},
			"V":            {e.V, got.NMI}, "VI": {e.VI, got.VariationOfInformation},
		} {
			assert.InDelta(t, pair[0], pair[1], 1e-12, "%s of case %d", name, i)
		}
	}
}

func TestGraphFiguresAreThoseOfIgraph(t *testing.T) {
	for i, e := range expectedCases(t) {
		for weighted, want := range map[bool]float64{true: e.Modularity, false: e.ModularityPlain} {
			q, err := Modularity(e.graph(weighted), e.A)
			require.NoError(t, err)
			assert.InDelta(t, want, q, 1e-12, "case %d, weighted %v", i, weighted)
		}
		c, err := Coverage(e.graph(true), e.A)
		require.NoError(t, err)
		assert.InDelta(t, e.Coverage, c, 1e-12, "case %d", i)
		d, err := DisconnectedClusters(e.graph(true), e.A)
		require.NoError(t, err)
		assert.Equal(t, e.Disconnected, d, "case %d", i)
	}
}

func TestAgreementByHand(t *testing.T) {
	// One pair of four nodes crosses: I = 0, both entropies log 2.
	got, err := Compare([]int{0, 0, 1, 1}, []int{0, 1, 0, 1})
	require.NoError(t, err)
	assert.InDelta(t, 2*math.Ln2, got.VariationOfInformation, 1e-15)
	assert.InDelta(t, 0, got.Homogeneity, 1e-15)
	// E[I] over the 6 ways: log 2 in 2 of them, 0 in 4, so E = log 2 / 3.
	assert.InDelta(t, (0-1.0/3)/(1-1.0/3), got.AMI, 1e-12)

	// Finer clusters of two labels: homogeneous, half complete.
	got, err = Compare([]int{0, 1, 2, 3}, []int{0, 0, 1, 1})
	require.NoError(t, err)
	assert.InDelta(t, 1, got.Homogeneity, 1e-15)
	assert.InDelta(t, 0.5, got.Completeness, 1e-15)
	assert.InDelta(t, math.Ln2, got.VariationOfInformation, 1e-15)
	assert.Equal(t, 4, got.ClustersOfA)
	assert.Equal(t, 2, got.ClustersOfB)
}

func TestAgreementAtTheEdges(t *testing.T) {
	for _, f := range []func(a, b []int) (float64, error){AMI, Homogeneity, Completeness, VariationOfInformation} {
		v, err := f(nil, nil)
		require.NoError(t, err)
		assert.True(t, math.IsNaN(v))
		_, err = f([]int{0}, nil)
		require.Error(t, err)
	}
	for _, same := range [][]int{{0, 0, 0}, {0, 1, 2}, {3, 3, 9}} {
		v, err := AMI(same, same)
		require.NoError(t, err)
		assert.Equal(t, 1.0, v)
	}
	v, err := AMI([]int{0, 0, 0}, []int{0, 1, 1})
	require.NoError(t, err)
	assert.InDelta(t, 0, v, 1e-12)
	got, err := Compare([]int{0, 0, Unassigned, 1}, []int{5, Unassigned, 5, 6})
	require.NoError(t, err)
	assert.Equal(t, 2, got.Nodes)
	assert.Equal(t, 1.0, got.NMI)
}

func TestAgreementIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		draw := func(name string) []int { return rapid.SliceOfN(rapid.IntRange(0, 5), n, n).Draw(t, name) }
		a, b := draw("a"), draw("b")
		x, err := Compare(a, b)
		require.NoError(t, err)
		y, err := Compare(b, a)
		require.NoError(t, err)
		assert.InDelta(t, x.AMI, y.AMI, 1e-12)
		assert.InDelta(t, x.Homogeneity, y.Completeness, 1e-12)
		assert.InDelta(t, x.VariationOfInformation, y.VariationOfInformation, 1e-12)
		assert.LessOrEqual(t, x.AMI, 1.0)
		assert.LessOrEqual(t, x.VariationOfInformation, math.Log(float64(n))+1e-12)
	})
}
