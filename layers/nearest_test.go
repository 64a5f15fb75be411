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

// Two graphs in a batch, both 0–1–2 3–4, of which the nodes of largest features
// are kept: every other node joins the nearest, and one without a way none.
func TestNearestInABatch(t *testing.T) {
	host := func(x ...float64) *modes.Host {
		p, _, err := ops.PatternFromCOO(5, 5, []int{0, 1, 1, 2, 3, 4}, []int{1, 0, 2, 1, 4, 3})
		require.NoError(t, err)
		return &modes.Host{Nodes: 5, Pattern: p, Weights: []float64{1, 1, 2, 2, 4, 4}, X: tensor.New(tensor.WithShape(5, 1), tensor.WithBacking(x))}
	}
	g := G.NewGraph()
	in, err := modes.NewBatch(g, "g", []*modes.Host{host(7, 1, 8, 1, 2), {}, host(1, 9, 1, 8, 1)}, tensor.Float64, modes.Budget{})
	require.NoError(t, err)
	pool := layers.NewTopKPool(0)
	pool.K, pool.Nearest, pool.InverseLift, pool.Kernel.Init, pool.Multiplier = 2, true, true, param.Ones{}, 2
	sc, _, err := formScope(g, true)
	require.NoError(t, err)
	out, err := pool.Apply(sc, in)
	require.NoError(t, err)
	require.NoError(t, out.Check())
	lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
	require.NoError(t, err)
	degree, err := out.A.Degree(out.X.Dense)
	require.NoError(t, err)
	v, err := train.Forward(out.Selection.Cluster, out.IDs, degree, lifted)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 1, -1, -1, -1, -1, -1, -1, -1, 4, 4, 4, 5, 5}, v[0].Data())
	assert.Equal(t, []int{0, 0, -1, -1, 2, 2}, v[1].Data())
	assert.Equal(t, []float64{2, 2, 0, 0, 0, 0}, v[2].Data(), "the entry 1–2 joins the clusters of 0 and 2")
	assert.InDeltaSlice(t, []float64{7, 7, 8, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 8, 8}, v[3].Data(), 1e-12)
}

// Node decimation keeps the features, A' and the ids that it has without Nearest,
// and its lift reaches every node.
func TestNearestNDP(t *testing.T) {
	values := func(nearest bool) []G.Value {
		sc, in := path(1, 2, 3, 4)
		pool := layers.NewNDPPool()
		pool.Nearest = nearest
		out, err := pool.Apply(sc, in)
		require.NoError(t, err)
		degree, err := out.A.Degree(out.X.Dense)
		require.NoError(t, err)
		lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
		require.NoError(t, err)
		v, err := train.Forward(out.X.Dense, degree, out.Selection.Index, lifted)
		require.NoError(t, err)
		return v
	}
	without, with := values(false), values(true)
	for i := range 3 {
		assert.Equal(t, without[i].Data(), with[i].Data())
	}
	kept, x := with[2].Data().([]int), with[0].Data().([]float64)
	require.Equal(t, 2, len(kept)-2)
	for i, v := range with[3].Data().([]float64) {
		want := x[0]
		if abs(i-kept[1]) < abs(i-kept[0]) {
			want = x[1]
		}
		assert.Equal(t, want, v, "node %d of %v", i, kept)
	}
}

// Nodes without a degree are all kept, with their features.
func TestNDPWithoutEdges(t *testing.T) {
	for n := 1; n <= 6; n++ {
		g := G.NewGraph()
		h := hostOf(t, n, nil, 2)
		in, err := modes.NewSingle(g, "g", h, tensor.Float64)
		require.NoError(t, err)
		sc, _, err := formScope(g, false)
		require.NoError(t, err)
		pool := layers.NewNDPPool()
		out, err := pool.Apply(sc, in)
		require.NoError(t, err)
		lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
		require.NoError(t, err)
		v, err := train.Forward(in.X.Dense, out.X.Dense, lifted)
		require.NoError(t, err)
		assert.Equal(t, v[0].Data(), v[1].Data())
		assert.Equal(t, v[0].Data(), v[2].Data())
	}
}

func abs(x int) int { return max(x, -x) }

// A member that is near has the node, not the one of highest key.
func TestNearestKMIS(t *testing.T) {
	for nearest, want := range map[bool][]int{false: {0, 0, 0, 1}, true: {0, 0, 1, 1}} {
		sc, in := path(9, 1, 1, 8)
		pool := layers.NewKMISPool(2)
		pool.Heuristic, pool.Kernel.Init, pool.Nearest = layers.NoHeuristic, param.Constant{Value: 0.1}, nearest
		out, err := pool.Apply(sc, in)
		require.NoError(t, err)
		v, err := train.Forward(out.Selection.Cluster)
		require.NoError(t, err)
		assert.Equal(t, want, v[0].Data(), "nearest %v", nearest)
	}
}

func TestNearestNeedsA(t *testing.T) {
	pool := layers.NewTopKPool(0.5)
	pool.Nearest = true
	refusedWithout(t, pool, withoutA, "topkpool: modes: flatten: the graph has no adjacency, want A")
}
