package graphfile

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFeaturesFrom(t *testing.T) {
	g := mustList(t, "0 1 2\n1 2 3\n1 3 4\n")
	f, err := g.FeaturesFrom("neighbours", 0, 0)
	require.NoError(t, err)
	assert.Equal(t, [][]float32{{0, 2, 0, 0}, {2, 0, 3, 4}, {0, 3, 0, 0}, {0, 4, 0, 0}}, f.rowsOf())
	f, err = g.FeaturesFrom("degree", 0, 0)
	require.NoError(t, err)
	assert.Equal(t, [][]float32{{0, 1, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 0}}, f.rowsOf(), "degrees 1, 3, 1, 1")
	f, err = g.FeaturesFrom("onehot", 0, 0)
	require.NoError(t, err)
	assert.Equal(t, [][]float32{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}, f.rowsOf())
	f, err = g.FeaturesFrom("random", 3, 7)
	require.NoError(t, err)
	again, err := g.FeaturesFrom("random", 3, 7)
	require.NoError(t, err)
	assert.Equal(t, f, again)
	assert.Equal(t, [2]int{4, 3}, [2]int{f.Rows, f.Cols})

	edgeless := &Graph{Nodes: 2, RowPtr: []int32{0, 0, 0}, Col: []int32{}}
	for _, kind := range FeatureKinds() {
		f, err := edgeless.FeaturesFrom(kind, 1, 0)
		require.NoError(t, err, kind)
		require.NoError(t, f.check(2), kind)
		for _, v := range f.Dense {
			assert.False(t, math.IsNaN(float64(v)), kind)
		}
	}
	_, err = g.FeaturesFrom("magic", 1, 0)
	assert.EqualError(t, err, `features from "magic", want one of "neighbours", "degree", "onehot", …`)
	_, err = g.FeaturesFrom("spectral", 5, 0)
	assert.EqualError(t, err, "dim = 5, want 1 to 4, the number of nodes")
}

// On a ring of n nodes M has the eigenvalues cos(2πk/n); the second one has an
// eigenspace of the sine and the cosine.
func TestSpectralOfRing(t *testing.T) {
	const n = 12
	g := &Graph{Nodes: n, RowPtr: []int32{0}}
	for i := range int32(n) {
		a, b := (i+n-1)%n, (i+1)%n
		g.Col = append(g.Col, min(a, b), max(a, b))
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
	}
	f, err := g.Spectral(2, 1)
	require.NoError(t, err)
	for c := range 2 {
		for i := range n {
			next, before := f.Dense[(i+1)%n*2+c], f.Dense[(i+n-1)%n*2+c]
			assert.InDelta(t, 2*math.Cos(2*math.Pi/n)*float64(f.Dense[i*2+c]), float64(next+before), 1e-4, "M·u = λ·u")
		}
	}
	sum := 0.0
	for _, v := range f.Dense {
		sum += float64(v * v)
	}
	assert.InDelta(t, 2*n, sum, 1e-3, "length √N each")
}

// Two cliques joined by one edge: the signs of the first column part them.
func TestSpectralPartsCliques(t *testing.T) {
	text := "4 5\n"
	for _, c := range []string{"01234", "56789"} {
		for i := range 5 {
			for j := range i {
				text += c[j:j+1] + " " + c[i:i+1] + "\n"
			}
		}
	}
	f, err := mustList(t, text).Spectral(1, 3)
	require.NoError(t, err)
	for i := range 10 {
		assert.Equal(t, (i < 5) == (f.Dense[0] > 0), f.Dense[i] > 0, i)
	}
}

func TestDegreeColumnsOfAnotherGraph(t *testing.T) {
	g := mustList(t, "0 1\n1 2\n1 3\n") // degrees 1, 3, 1, 1
	for cols, want := range map[int][2][]float32{
		0: {{0, 1, 0}, {0, 0, 1}}, 2: {{0, 1}, {0, 1}}, 5: {{0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}},
	} {
		rows := g.DegreeColumns(cols).rowsOf()
		assert.Equal(t, [][]float32{want[0], want[1], want[0], want[0]}, rows, "%d columns", cols)
	}
}
