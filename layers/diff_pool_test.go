package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// plainGCN is Â·x with Â = sym(A + I, ε).
func plainGCN(g plainGraph, eps float64) [][]float64 {
	a := g.a()
	root := make([]float64, len(a))
	for i := range a {
		a[i][i]++
		for _, v := range a[i] {
			root[i] += v
		}
		root[i] = math.Sqrt(root[i]) + eps
	}
	for i := range a {
		for j := range a[i] {
			a[i][j] /= root[i] * root[j]
		}
	}
	return plainMul(a, g.x, len(g.x[0]))
}

// plainDiffPool has the logits times scale, and Z through f.
func plainDiffPool(k, channels int, scale float64, f func(float64) float64) func(g plainGraph, w map[string][]float64) plainSlots {
	return func(g plainGraph, w map[string][]float64) plainSlots {
		ax := plainGCN(g, 1e-7)
		logits := plainMul(ax, plainWeight(w["diffpool/pool/gcnconv/kernel"], k), k)
		z := plainMul(ax, plainWeight(w["diffpool/embed/gcnconv/kernel"], channels), channels)
		for i := range logits {
			for c := range logits[i] {
				logits[i][c] *= scale
			}
			for c := range z[i] {
				z[i][c] = f(z[i][c])
			}
		}
		out := plainAssigned(g, plainSoftmax(logits), z)
		out.losses = plainLinkEntropy(g, out.s, 1e-7)
		return out
	}
}

// plainLinkEntropy is ‖A − SSᵀ‖_F and the mean entropy of S.
func plainLinkEntropy(g plainGraph, s [][]float64, eps float64) []float64 {
	link, entropy := 0.0, 0.0
	ss := plainMul(s, plainTranspose(s), len(s))
	for i, row := range g.a() {
		for j, v := range row {
			link += (v - ss[i][j]) * (v - ss[i][j])
		}
		for _, v := range s[i] {
			entropy -= v * math.Log(v+eps) / float64(len(s))
		}
	}
	return []float64{math.Sqrt(link), entropy}
}

// spektralDiffPool is DiffPool with Spektral's losses.
func spektralDiffPool(k int) *layers.DiffPool {
	p := layers.NewDiffPool(k)
	p.Link, p.LinkWeight, p.EntropyWeight = losses.LinkOptions{}, 1, 1
	return p
}

func TestDiffPool(t *testing.T) {
	id := func(v float64) float64 { return v }
	warm := spektralDiffPool(4)
	warm.Channels, warm.Activation, warm.Temperature = 2, ops.Tanh, 2
	zero := spektralDiffPool(2)
	zero.Coarse = layers.ZeroDiagonal
	plain := plainDiffPool(2, formWidth, 1, id)
	checkSlotted(
		t,
		slotted{name: "as Spektral", layer: spektralDiffPool(2), k: 2, ref: plain},
		slotted{name: "by pairs", layer: layers.NewDiffPool(2), k: 2, ref: func(g plainGraph, w map[string][]float64) plainSlots {
			out := plain(g, w)
			out.losses[0] /= float64(len(g.x) * len(g.x))
			return out
		}},
		slotted{name: "channels, activation, temperature", layer: warm, k: 4, ref: plainDiffPool(4, 2, .5, math.Tanh)},
		slotted{name: "zero diagonal", layer: zero, k: 2, ref: func(g plainGraph, w map[string][]float64) plainSlots {
			out := plain(g, w)
			for i := range out.a {
				out.a[i][i] = 0
			}
			return out
		}},
		slotted{name: "X itself", layer: layertest.Literal(&layers.DiffPool{
			Clusters: layers.Clusters{K: 2, Coarse: layers.Unnormalized}, PoolGNN: layers.NewDense(2), EmbedGNN: layers.Precomputed(nil),
		}), k: 2, ref: func(g plainGraph, w map[string][]float64) plainSlots {
			s := plainSoftmax(plainDense(g.x, w, "diffpool/pool/dense/kernel", "diffpool/pool/dense/bias", 2))
			out := plainAssigned(g, s, g.x)
			out.losses = plainLinkEntropy(g, s, 0)
			return out
		}},
		slotted{name: "layers of its own", layer: layertest.Literal(&layers.DiffPool{
			Clusters: layers.Clusters{K: 2, Coarse: layers.Unnormalized}, PoolGNN: layers.NewDense(2), EmbedGNN: layers.NewStack(layers.NewDense(4), layers.NewDense(3)),
		}), k: 2, ref: func(g plainGraph, w map[string][]float64) plainSlots {
			const at = "diffpool/embed/stack/dense"
			s := plainSoftmax(plainDense(g.x, w, "diffpool/pool/dense/kernel", "diffpool/pool/dense/bias", 2))
			z := plainDense(plainDense(g.x, w, at+"/kernel", at+"/bias", 4), w, at+"_1/kernel", at+"_1/bias", 3)
			out := plainAssigned(g, s, z)
			out.losses = plainLinkEntropy(g, s, 0)
			return out
		}},
	)
}

// One cluster: S is all ones, so that X' is the sum and A' the number of
// edges; two nodes joined by an edge are 1 from SSᵀ in each of two entries.
func TestDiffPoolByHand(t *testing.T) {
	f := flatForm("pair", modes.Single, formDense, nil, plainGraph{
		x: [][]float64{{1, 2, 3}, {10, 20, 30}}, entries: []plainEntry{{0, 1, 1}, {1, 0, 1}},
	})
	p := spektralDiffPool(1)
	p.EmbedGNN, p.EntropyEps = layers.Precomputed(nil), 0
	got := valuesIn(t, p, f, func(_ modes.Graph, out layers.Output) G.Nodes {
		return G.Nodes{out.X.Dense, out.A.(modes.DenseAdj).Node, out.Losses[0].Node, out.Losses[1].Node}
	})
	assert.Equal(t, []float64{11, 22, 33}, got[0])
	assert.Equal(t, []float64{2}, got[1])
	assert.InDelta(t, math.Sqrt2, got[2][0], 1e-12)
	assert.Zero(t, got[3][0])
}

// The losses as PyG's function has them are one norm over the whole batch by
// its entries, and an entropy over all rows.
func TestDiffPoolFrom(t *testing.T) {
	five, three, _, _ := formGraphs()
	f := batchForm("batch", modes.Batch, formDense, five, three)
	g := G.NewGraph()
	sc, _, err := formScope(g, false)
	require.NoError(t, err)
	in := f.build(f.nodes(g))
	logits := layertest.Node(g, tensor.Float64, "logits", []int{2, 6, 2}, make([]float64, 24)) // S is all ½
	p := layers.NewDiffPoolFrom(logits, nil)
	assert.Equal(t, 2, p.K)
	out, err := p.Apply(sc, in)
	require.NoError(t, err)
	assert.Empty(t, sc.Used(), "no weights")
	values := evaluated(t, out.X.Dense, out.Losses[0].Node, out.Losses[1].Node)
	half := func(g plainGraph) []float64 { return plainSum(g.x, func(int) float64 { return .5 }) }
	assert.InDeltaSlice(t, append(append(half(five), half(five)...), append(half(three), half(three)...)...), values[0], 1e-12)
	square := 0.0
	for _, g := range f.graphs {
		s := make([][]float64, len(g.x))
		for i := range s {
			s[i] = []float64{.5, .5}
		}
		square += math.Pow(plainLinkEntropy(g, s, 0)[0], 2)
	}
	assert.InDelta(t, math.Sqrt(square)/72, values[1][0], 1e-12)
	assert.InDelta(t, 8*math.Ln2/12, values[2][0], 1e-12)

	_, err = layers.NewDiffPoolFrom(nil, nil).Apply(sc, in)
	assert.EqualError(t, err, "layers: diffpool_1: K = 0, want at least 1")
	short := layertest.Node(g, tensor.Float64, "short", []int{5, 2}, make([]float64, 10))
	_, err = layers.NewDiffPoolFrom(short, nil).Apply(sc, in)
	assert.EqualError(t, err, "layers: diffpool_2: PoolGNN gives 5 rows, want 12, the nodes'")
	_, err = layers.Marshal(p)
	assert.Error(t, err, "nodes have no JSON")
}

func evaluated(t *testing.T, nodes ...*G.Node) [][]float64 {
	t.Helper()
	values, err := train.Forward(nodes...)
	require.NoError(t, err)
	var all [][]float64
	for _, v := range values {
		x, err := layertest.Floats(v)
		require.NoError(t, err)
		all = append(all, x)
	}
	return all
}

func TestDiffPoolRefuses(t *testing.T) {
	with := func(change func(p *layers.DiffPool)) layers.Layer {
		p := layers.NewDiffPool(2)
		change(p)
		return p
	}
	for want, l := range map[string]layers.Layer{
		"K = 0, want at least 1":                                    layers.NewDiffPool(0),
		"Temperature = -1, want above 0":                            with(func(p *layers.DiffPool) { p.Temperature = -1 }),
		"Dropout = 1, want [0, 1)":                                  with(func(p *layers.DiffPool) { p.Dropout = 1 }),
		"Coarse = 7, want Normalized, ZeroDiagonal or Unnormalized": with(func(p *layers.DiffPool) { p.Coarse = 7 }),
		"Channels = -1, want at least 0":                            with(func(p *layers.DiffPool) { p.Channels = -1 }),
		"Channels = 3, want 0 beside an EmbedGNN":                   with(func(p *layers.DiffPool) { p.Channels, p.EmbedGNN = 3, layers.NewDense(3) }),
		"PoolGNN gives 3 columns, want K = 2":                       with(func(p *layers.DiffPool) { p.PoolGNN = layers.NewDense(3) }),
		"EmbedGNN gives 1 rows, want 5, the nodes'":                 with(func(p *layers.DiffPool) { p.EmbedGNN = layers.NewGlobalSumPool() }),
		"PoolGNN has losses, want a layer without":                  with(func(p *layers.DiffPool) { p.K, p.PoolGNN = 3, layers.NewMinCutPool(5) }),
		"losses: entropy: Count = 5, want CountNodes or CountRows":  with(func(p *layers.DiffPool) { p.EntropyCount = 5 }),
		"losses: entropy: ops: NegXLogX: ε = -1, want at least 0":   with(func(p *layers.DiffPool) { p.EntropyEps = -1 }),
	} {
		refused(t, l, "diffpool: "+want)
	}
	refusedWithout(t, layers.NewDiffPool(2), withoutA, "diffpool: the graph has no adjacency, want A")
	refusedWithout(t, layers.NewDiffPool(2), withoutX, "diffpool: the graph has no features, want X")
}

// Dropout acts in training alone; the activity regulariser is that of S, and
// the convolutions take none.
func TestDiffPoolInTraining(t *testing.T) {
	p := layers.NewDiffPool(2)
	p.Dropout, p.Activity = 0.5, param.L1{Factor: 1}
	f := forms()[0]
	var s [][]float64
	for _, training := range []bool{false, true} {
		g := G.NewGraph()
		sc, fill, err := formScope(g, training)
		require.NoError(t, err)
		out, err := p.Apply(sc, f.build(f.nodes(g)))
		require.NoError(t, err)
		fill()
		penalties, err := sc.Penalties()
		require.NoError(t, err)
		assert.Len(t, penalties, 1)
		s = append(s, evaluated(t, out.Selection.Assignment)[0])
	}
	assert.NotEqual(t, s[0], s[1])
}

// No node of the expression graph is as large as a dense adjacency, gradients
// included.
func TestDiffPoolOfSparseGraphsHasNoDenseAdjacency(t *testing.T) {
	const n = 1000
	row, col := make([]int, 0, 2*n), make([]int, 0, 2*n)
	for i := range n {
		row, col = append(row, i, (i+1)%n), append(col, (i+1)%n, i)
	}
	p, _, err := ops.PatternFromCOO(n, n, row, col)
	require.NoError(t, err)
	w := make([]float64, 2*n)
	for i := range w {
		w[i] = 1
	}
	g := G.NewGraph()
	sc, _, err := formScope(g, true)
	require.NoError(t, err)
	x := tensor.New(tensor.WithShape(n, 2), tensor.Of(tensor.Float64))
	in, err := modes.NewSingle(g, "ring", &modes.Host{Nodes: n, Pattern: p, Weights: w, X: x}, tensor.Float64)
	require.NoError(t, err)
	out, err := layers.NewDiffPool(3).Apply(sc, in)
	require.NoError(t, err)
	total, err := losses.Total(out.Losses)
	require.NoError(t, err)
	sum, err := ops.Sum(out.X.Dense)
	require.NoError(t, err)
	_, err = G.Grad(G.Must(G.Add(total, sum)), append(sc.Learnables(), in.A.(modes.SparseAdj).Weights)...)
	require.NoError(t, err)
	for _, node := range g.AllNodes() {
		assert.Less(t, node.Shape().TotalSize(), 20*n, "%v", node)
	}
}
