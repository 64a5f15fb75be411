package layers_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// hostOf is a graph of n nodes with the given edges in both directions, and
// features if wide > 0.
func hostOf(t *testing.T, n int, edges [][2]int, wide int) *modes.Host {
	var row, col []int
	for _, e := range edges {
		row, col = append(row, e[0]), append(col, e[1])
		if e[0] != e[1] {
			row, col = append(row, e[1]), append(col, e[0])
		}
	}
	p, _, err := ops.PatternFromCOO(n, n, row, col)
	require.NoError(t, err)
	h := &modes.Host{Nodes: n, Pattern: p}
	if wide > 0 {
		x := make([]float32, n*wide)
		for i := range x {
			x[i] = float32(i%7) - 3
		}
		h.X = tensor.New(tensor.WithShape(n, wide), tensor.WithBacking(x))
	}
	return h
}

// Graphs and models at the edge of what has a meaning train without a value
// that is not a number, in float32.
func TestDegenerateGraphsTrain(t *testing.T) {
	triangle := [][2]int{{0, 1}, {1, 2}, {2, 0}}
	hosts := map[string]*modes.Host{
		"isolated nodes":                hostOf(t, 6, triangle, 3),
		"isolated nodes, no features":   hostOf(t, 6, triangle, 0),
		"self loops":                    hostOf(t, 3, append([][2]int{{0, 0}, {1, 1}}, triangle...), 3),
		"no edges":                      hostOf(t, 5, nil, 3),
		"no edges, no features":         hostOf(t, 5, nil, 0),
		"one node":                      hostOf(t, 1, nil, 2),
		"one node with a loop":          hostOf(t, 1, [][2]int{{0, 0}}, 2),
		"more clusters than nodes":      hostOf(t, 2, [][2]int{{0, 1}}, 2),
		"two components of equal nodes": hostOf(t, 6, append([][2]int{{3, 4}, {4, 5}, {5, 3}}, triangle...), 0),
	}
	dmon, mincut, empty := layers.NewDMoNPool(4), layers.NewMinCutPool(4), layers.NewDMoNPool(3)
	empty.Bias.Init = emptyCluster{}
	for name, h := range hosts {
		for method, pool := range map[string]layers.Layer{"dmon": dmon, "mincut": mincut, "empty cluster": empty} {
			t.Run(name+"/"+method, func(t *testing.T) { trainFinite(t, h, pool) })
		}
	}
}

func trainFinite(t *testing.T, h *modes.Host, pool layers.Layer) {
	store, err := param.NewStore(tensor.Float32, 3)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), true)
	in, err := modes.NewSingle(sc.Graph(), "graph", h, tensor.Float32)
	require.NoError(t, err)
	conv := layers.NewGCNConv(8)
	conv.Activation = ops.SELU
	out, err := layers.Sequence(sc, in, conv, pool)
	require.NoError(t, err)
	loss, err := losses.Total(out.Losses)
	require.NoError(t, err)
	keep := []*G.Node{out.X.Dense, out.A.(modes.DenseAdj).Node, out.Selection.Assignment}
	for _, l := range out.Losses {
		keep = append(keep, l.Node)
	}
	trainer, err := train.New(sc, loss, train.NewAdam(.1), train.Options{Outputs: keep})
	require.NoError(t, err)
	defer trainer.Close()
	for range 50 {
		require.NoError(t, trainer.Fetch())
		_, err := trainer.Step()
		require.NoError(t, err)
		for _, n := range keep {
			requireFinite(t, trainer, n)
		}
	}
	for p := range store.All() {
		for _, v := range p.Tensor.Data().([]float32) {
			require.False(t, math.IsNaN(float64(v)) || math.IsInf(float64(v), 0), p.Path)
		}
	}
}

func requireFinite(t *testing.T, trainer *train.Trainer, n *G.Node) {
	v, err := trainer.Value(n)
	require.NoError(t, err)
	switch x := v.Data().(type) {
	case float32:
		require.False(t, x != x, "%v", n)
	case []float32:
		for _, f := range x {
			require.False(t, f != f || math.IsInf(float64(f), 0), "%v", n)
		}
	default:
		t.Fatalf("%T", x)
	}
}

// emptyCluster is a bias that leaves the last cluster with a share of exactly
// 0 in float32.
type emptyCluster struct{}

// Draw implements param.Initializer.
func (emptyCluster) Draw(_ *rand.Rand, shape []int) ([]float64, error) {
	b := make([]float64, shape[0])
	b[len(b)-1] = -1e4
	return b, nil
}
