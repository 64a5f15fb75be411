package stream_test

import (
	"context"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/shard"
	"github.com/graphpool/graphpool/ops"
)

const (
	nodes, features, clusters, hidden = 1500, 12, 5, 16
	blockRows                         = 200
)

// planted is a graph of clusters with features that tell them apart a little.
// Its last ten nodes have no edge. Directed edges are made to go both ways, as
// the readers of files do.
func planted(t *testing.T, weighted, directed bool) *modes.Host {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var row, col []int
	var w []float64
	for range 6 * nodes {
		i := r.IntN(nodes - 10)
		j := r.IntN(nodes - 10)
		if r.Float64() < .8 {
			j = (j/clusters*clusters + i%clusters) % (nodes - 10)
		}
		if i == j {
			continue
		}
		v := 1.
		if weighted {
			v = float64(1 + r.IntN(8))
		}
		row, col, w = append(row, i), append(col, j), append(w, v)
		if !directed || r.IntN(2) == 0 {
			row, col, w = append(row, j), append(col, i), append(w, v)
		}
	}
	h, err := modes.FromCOO(nodes, row, col, w)
	require.NoError(t, err)
	if directed {
		h = bothWays(t, h)
	}
	if !weighted {
		h.Weights = nil
	}
	x := make([]float32, nodes*features)
	for i := range x {
		x[i] = float32(r.NormFloat64())
		if i/features%clusters == i%features {
			x[i] += 2
		}
	}
	h.X = tensor.New(tensor.WithShape(nodes, features), tensor.WithBacking(x))
	return h
}

// bothWays is A + Aᵀ.
func bothWays(t *testing.T, h *modes.Host) *modes.Host {
	t.Helper()
	var row, col []int
	var w []float64
	ptr, to := h.Pattern.Ptr(), h.Pattern.Col()
	for i := range h.Nodes {
		for p := ptr[i]; p < ptr[i+1]; p++ {
			row, col = append(row, i, int(to[p])), append(col, int(to[p]), i)
			w = append(w, h.Weights[p], h.Weights[p])
		}
	}
	out, err := modes.FromCOO(h.Nodes, row, col, w)
	require.NoError(t, err)
	return out
}

// stored is h as a store with features propagated over two hops.
func stored(t *testing.T, h *modes.Host) *shard.Store {
	t.Helper()
	src, err := shard.FromHost(h)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "store")
	require.NoError(t, shard.Write(context.Background(), dir, src, shard.Options{Block: blockRows, Hops: 2}))
	s, err := shard.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// propagated is ÂʰX of a store, as one tensor.
func propagated(t *testing.T, s *shard.Store, hop int, dt tensor.Dtype) *tensor.Dense {
	t.Helper()
	var all []float32
	for b := range s.Blocks() {
		x, err := s.Features(hop, b, nil)
		require.NoError(t, err)
		all = append(all, x...)
	}
	shape := tensor.WithShape(len(all)/features, features)
	if dt == tensor.Float32 {
		return tensor.New(shape, tensor.WithBacking(all))
	}
	wide := make([]float64, len(all))
	for i, v := range all {
		wide[i] = float64(v)
	}
	return tensor.New(shape, tensor.WithBacking(wide))
}

// poolers is those of the methods, with regularised kernels.
func poolers() map[string]func() layers.SumPooler {
	return map[string]func() layers.SumPooler{
		"dmon": func() layers.SumPooler {
			p := layers.NewDMoNPool(clusters)
			p.OrthogonalityWeight = .1
			return p
		},
		"dmon without orthogonality": func() layers.SumPooler { return layers.NewDMoNPool(clusters) },
		"mincut": func() layers.SumPooler {
			p := layers.NewMinCutPool(clusters)
			p.Kernel.Regularizer = param.L2{Factor: 1e-3}
			return p
		},
		"justbalance": func() layers.SumPooler { return layers.NewJustBalancePool(clusters) },
	}
}

func encoders() map[string]func() layers.Layer {
	return map[string]func() layers.Layer{
		"gcn": func() layers.Layer {
			l := layers.NewGCNConv(hidden)
			l.Activation = ops.SELU
			return l
		},
		"gcn-skip": func() layers.Layer { return layers.NewGCNSkipConv(hidden) },
		"mlp": func() layers.Layer {
			l := layers.NewDense(hidden)
			l.Activation = ops.SELU
			return l
		},
	}
}

func newStore(t *testing.T, dt tensor.Dtype) *param.Store {
	t.Helper()
	s, err := param.NewStore(dt, 7)
	require.NoError(t, err)
	return s
}

func adam() *train.Adam { return train.NewAdam(.01) }

// curve is what some epochs gave: their totals, and the first gradients.
type curve struct {
	totals []float64
	first  map[string][]float64
	store  *param.Store
}

const epochs = 20

// inMemory trains the model in memory: by Sequence on the graph itself, or with
// hops on features of the store.
func inMemory(t *testing.T, h *modes.Host, s *shard.Store, hops []int, dt tensor.Dtype, o train.Options, ls ...layers.Layer) curve {
	t.Helper()
	store := newStore(t, dt)
	sc := store.Scope(G.NewGraph(), true)
	in, err := modes.NewSingle(sc.Graph(), "graph", h, dt)
	require.NoError(t, err)
	var terms []losses.Term
	if hops == nil {
		out, err := layers.Sequence(sc, in, ls...)
		require.NoError(t, err)
		terms = out.Losses
	} else {
		terms = onFeatures(t, sc, in, s, hops, ls)
	}
	total, err := losses.Total(terms)
	require.NoError(t, err)
	tr, err := train.New(sc, total, adam(), o)
	require.NoError(t, err)
	defer tr.Close()
	out := curve{first: map[string][]float64{}, store: store}
	_, err = tr.Run()
	require.NoError(t, err)
	for _, u := range sc.Used() {
		g, err := tr.Gradient(u.Path)
		require.NoError(t, err)
		out.first[u.Path] = wide(g.Data())
	}
	for range epochs {
		v, err := tr.Step()
		require.NoError(t, err)
		out.totals = append(out.totals, v)
	}
	return out
}

// onFeatures is the losses on the graph of a model on features of the store.
func onFeatures(t *testing.T, sc *param.Scope, in modes.Graph, s *shard.Store, hops []int, ls []layers.Layer) []losses.Term {
	t.Helper()
	var graphs []modes.Graph
	for i, hop := range hops {
		x := G.NodeFromAny(sc.Graph(), propagated(t, s, hop, sc.Dtype()), G.WithName("x"+string(rune('0'+i))))
		graphs = append(graphs, in.WithX(x))
	}
	sel, err := layers.ApplyRows(sc, graphs, ls...)
	require.NoError(t, err)
	terms, err := ls[len(ls)-1].(layers.Pooler).Losses(in, sel)
	require.NoError(t, err)
	return terms
}

func wide(data any) []float64 {
	switch x := data.(type) {
	case []float64:
		return append([]float64(nil), x...)
	case []float32:
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = float64(v)
		}
		return y
	}
	return nil
}

// relative is the largest difference over the largest of the numbers.
func relative(a, b []float64) float64 {
	diff, scale := 0., 0.
	for i := range a {
		diff, scale = math.Max(diff, math.Abs(a[i]-b[i])), math.Max(scale, math.Abs(b[i]))
	}
	if diff == 0 {
		return 0
	}
	return diff / scale
}
