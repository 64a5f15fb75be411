package layers_test

import (
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// plainLeaders is the nodes that lead, at most k, by falling ‖(L·X)_i‖.
func plainLeaders(g plainGraph, k int) []int {
	a := g.a()
	v := make([]float64, len(a))
	for i := range a {
		for c := range g.x[i] {
			sum := 0.0
			for j, w := range a[i] {
				sum += w * (g.x[i][c] - g.x[j][c])
			}
			v[i] = math.Hypot(v[i], sum)
		}
	}
	var leaders []int
	for i := range a {
		top := true
		for j := range a {
			top = top && (a[i][j] == 0 && a[j][i] == 0 || v[j] <= v[i])
		}
		if top {
			leaders = append(leaders, i)
		}
	}
	sort.SliceStable(leaders, func(i, j int) bool { return v[leaders[i]] > v[leaders[j]] })
	return leaders[:min(k, len(leaders))]
}

// plainHops is the number of edges between each two nodes, +Inf without a way.
func plainHops(g plainGraph) [][]float64 {
	d := plainMatrix(len(g.x), len(g.x))
	for i, row := range g.a() {
		for j, w := range row {
			switch {
			case i == j:
			case w != 0 || g.a()[j][i] != 0:
				d[i][j] = 1
			default:
				d[i][j] = math.Inf(1)
			}
		}
	}
	for k := range d {
		for i := range d {
			for j := range d {
				d[i][j] = min(d[i][j], d[i][k]+d[k][j])
			}
		}
	}
	return d
}

func plainCosine(x, y []float64) float64 {
	xy, xx, yy := 0.0, 0.0, 0.0
	for c := range x {
		xy, xx, yy = xy+x[c]*y[c], xx+x[c]*x[c], yy+y[c]*y[c]
	}
	return xy / math.Sqrt(xx*yy)
}

// plainSparsemax is max(0, x − τ) with a sum of 1, τ found by halving.
func plainSparsemax(x []float64) []float64 {
	lo, hi := -3.0, 3.0
	y := make([]float64, len(x))
	for range 100 {
		sum := 0.0
		for c, v := range x {
			y[c] = max(0, v-(lo+hi)/2)
			sum += y[c]
		}
		if sum > 1 {
			lo = (lo + hi) / 2
		} else {
			hi = (lo + hi) / 2
		}
	}
	return y
}

func plainLaPool(p *layers.LaPool) func(g plainGraph, _ map[string][]float64) plainSlots {
	return func(g plainGraph, _ map[string][]float64) plainSlots {
		leaders, hops := plainLeaders(g, p.K), plainHops(g)
		s := plainMatrix(len(g.x), p.K)
		for i := range g.x {
			copy(s[i], plainShares(p, g, i, leaders, hops[i]))
		}
		for c, i := range leaders {
			s[i] = make([]float64, p.K)
			s[i][c] = 1
		}
		out := plainAssigned(g, s, g.x)
		out.nodes = len(leaders)
		return out
	}
}

func plainShares(p *layers.LaPool, g plainGraph, i int, leaders []int, hops []float64) []float64 {
	var slots []int
	var cos, beta []float64
	for c, l := range leaders {
		if !p.NoHops && math.IsInf(hops[l], 1) {
			continue
		}
		b := 1 / hops[l]
		if p.NoHops {
			b = 1
		}
		slots, cos, beta = append(slots, c), append(cos, plainCosine(g.x[i], g.x[l])), append(beta, b)
	}
	s := make([]float64, len(leaders))
	if len(slots) == 0 || contains(leaders, i) {
		return s
	}
	var y []float64
	if p.SoftMax {
		y = plainSoftmax([][]float64{cos})[0]
	} else {
		for c := range cos {
			cos[c] *= beta[c]
		}
		y = plainSparsemax(cos)
	}
	for c, at := range slots {
		s[at] = y[c]
		if p.SoftMax {
			s[at] *= beta[c]
		}
	}
	return s
}

func contains(x []int, v int) bool {
	for _, w := range x {
		if w == v {
			return true
		}
	}
	return false
}

func TestLaPool(t *testing.T) {
	for name, p := range map[string]*layers.LaPool{
		"room":              layers.NewLaPool(4),
		"one leader":        layers.NewLaPool(1),
		"softmax":           layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 3, Coarse: layers.Unnormalized}, SoftMax: true}),
		"no hops":           layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 3, Coarse: layers.Unnormalized}, NoHops: true}),
		"softmax, no hops":  layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 3, Coarse: layers.Unnormalized}, SoftMax: true, NoHops: true}),
		"more than a graph": layers.NewLaPool(9),
	} {
		checkSlotted(t, slotted{name: name, layer: p, k: p.K, jumps: true, ref: plainLaPool(p)})
	}
}

// A path of five nodes.
func TestLaPoolByHand(t *testing.T) {
	f := flatForm("path", modes.Single, formSparse, nil, plainGraph{
		x: [][]float64{{0, 1, 0}, {4, 3, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 5}},
		entries: []plainEntry{
			{0, 1, 1}, {1, 0, 1}, {1, 2, 1}, {2, 1, 1}, {2, 3, 1}, {3, 2, 1}, {3, 4, 1}, {4, 3, 1},
		},
	})
	got := valuesIn(t, layers.NewLaPool(3), f, func(_ modes.Graph, out layers.Output) G.Nodes {
		return G.Nodes{out.Selection.Score, out.Selection.Assignment, out.X.Dense, out.A.(modes.DenseAdj).Node}
	})
	// L·X: (−4, −2, 0), (8, 4, 0), (−4, −2, 0), (0, 1, −5), (0, −1, 5).
	assert.InDeltaSlice(t, []float64{math.Sqrt(20), math.Sqrt(80), math.Sqrt(20), math.Sqrt(26), math.Sqrt(26)}, got[0], 1e-12)
	// Nodes 1, 3 and 4 lead: 3 and 4 tie, and 2 has less than both neighbours.
	// Node 0 has cosines .6, 1 and 0 with them over 1, 3 and 4 hops: the sparsemax
	// of .6, 1/3 and 0 takes τ = −1/45 from each. Node 2 has the same cosines over
	// 1, 1 and 2 hops: τ = .3 leaves 0 of the last.
	s := []float64{
		28. / 45, 16. / 45, 1. / 45,
		1, 0, 0,
		.3, .7, 0,
		0, 1, 0,
		0, 0, 1,
	}
	assert.InDeltaSlice(t, s, got[1], 1e-12)
	assert.InDeltaSlice(t, []float64{4, 3 + 28./45 + .3, 0, 0, 16./45 + 1.7, 0, 0, 1. / 45, 5}, got[2], 1e-12)
	assert.InDeltaSlice(t, []float64{
		2 * (28./45 + .3), 16./45 + 1, 1. / 45,
		16./45 + 1, 1.4, 1,
		1. / 45, 1, 0,
	}, got[3], 1e-12)
}

// Nodes that reach no leader, for want of room, are in no cluster.
func TestLaPoolWithoutRoomForAllComponents(t *testing.T) {
	f := flatForm("two pairs", modes.Single, formSparse, nil, plainGraph{
		x:       [][]float64{{1, 0, 0}, {2, 0, 0}, {1, 0, 0}, {9, 0, 0}},
		entries: []plainEntry{{0, 1, 1}, {1, 0, 1}, {2, 3, 1}, {3, 2, 1}},
	})
	// ‖LX‖ is 1, 1, 8, 8: one of the second pair leads, and the first is out.
	for _, soft := range []bool{false, true} {
		got := valuesIn(t, layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 1, Coarse: layers.Unnormalized}, SoftMax: soft}), f, func(_ modes.Graph, out layers.Output) G.Nodes {
			return G.Nodes{out.Selection.Assignment}
		})
		assert.Equal(t, []float64{0, 0, 1, 1}, got[0], "softmax %v", soft)
	}
}

// Each node with features shares 1 among leaders of its component; a leader
// leads itself alone; nothing is NaN, features that are all 0 included.
func TestLaPoolProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "nodes")
		g := plainGraph{x: plainMatrix(n, formWidth)}
		for i := range g.x {
			for c := range g.x[i] {
				g.x[i][c] = float64(rapid.IntRange(-2, 2).Draw(t, "x"))
			}
		}
		for range rapid.IntRange(0, 2*n).Draw(t, "edges") {
			i, j := rapid.IntRange(0, n-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j")
			g.entries = append(g.entries, plainEntry{i, j, 1}, plainEntry{j, i, 1})
		}
		f := flatForm("drawn", modes.Single, formSparse, nil, g)
		e := G.NewGraph()
		sc, _, err := formScope(e, true)
		require.NoError(t, err)
		in := f.build(f.nodes(e))
		out, err := layers.NewLaPool(n).Apply(sc, in)
		require.NoError(t, err)
		sum := G.Must(G.Sum(G.Must(G.Square(out.X.Dense))))
		grad, err := G.Grad(sum, in.X.Dense)
		require.NoError(t, err)
		values, err := train.Evaluate(out.Selection.Assignment, out.Selection.Index, grad[0])
		require.NoError(t, err)
		s, leaders := values[0].Data().([]float64), values[1].Data().([]int)
		for i := range n {
			total := 0.0
			for c := range n {
				v := s[i*n+c]
				require.GreaterOrEqual(t, v, 0.0)
				if leaders[c] < 0 {
					require.Zero(t, v)
				}
				if leaders[c] == i {
					require.Equal(t, 1.0, v)
				}
				total += v
			}
			require.InDelta(t, 1, total, 1e-12)
		}
		for _, v := range values[2].Data().([]float64) {
			require.False(t, math.IsNaN(v) || math.IsInf(v, 0))
		}
	})
}

func TestLaPoolRefuses(t *testing.T) {
	refused(t, layers.NewLaPool(0), "lapool: K = 0, want at least 1")
	refused(t, layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 1, Coarse: -1}}), "lapool: Coarse = -1, want Normalized, ZeroDiagonal or Unnormalized")
	refusedWithout(t, layers.NewLaPool(1), withoutA, "lapool: the graph has no adjacency, want A")
	refusedWithout(t, layers.NewLaPool(1), withoutX, "lapool: the graph has no features, want X")
}

func TestLaPoolIn32Bits(t *testing.T) {
	g := G.NewGraph()
	x := layertest.Node(g, tensor.Float32, "x", []int{3, 2}, []float64{1, 0, 1, 1, 0, 0})
	a := layertest.Node(g, tensor.Float32, "a", []int{3, 3}, []float64{0, 1, 0, 1, 0, 0, 0, 0, 0})
	sc, _, err := formScope(g, false)
	require.NoError(t, err)
	out, err := layers.NewLaPool(2).Apply(sc, modes.Graph{Graphs: 1, X: modes.Features{Dense: x}, A: modes.DenseAdj{Node: a}})
	require.NoError(t, err)
	// ‖LX‖ is 1, 1, 0: nodes 0 and 1 lead, and 2, which reaches neither, is out.
	assert.Equal(t, [][]float64{{1, 0, 0, 1, 0, 0}}, evaluated(t, out.Selection.Assignment))
}

// starOf is a hub with so many leaves, and a feature of one value everywhere.
func starOf(t *testing.T, leaves int, x, w float64) *modes.Host {
	t.Helper()
	var row, col []int
	var weights []float64
	for leaf := 1; leaf <= leaves; leaf++ {
		row, col, weights = append(row, 0, leaf), append(col, leaf, 0), append(weights, w, w)
	}
	h, err := modes.FromCOO(leaves+1, row, col, weights)
	require.NoError(t, err)
	h.X = tensor.New(tensor.WithShape(leaves+1, 1), tensor.WithBacking(slices.Repeat([]float64{x}, leaves+1)))
	return h
}

// Where features are constant over the nodes all differ by 0 from their
// neighbours, so that all lead, whatever the sums are rounded to.
func TestLaPoolOfConstantFeatures(t *testing.T) {
	layouts := map[string]func(*G.ExprGraph, []*modes.Host, tensor.Dtype) (modes.Graph, error){
		"single": func(g *G.ExprGraph, h []*modes.Host, dt tensor.Dtype) (modes.Graph, error) {
			return modes.NewSingle(g, "in", h[0], dt)
		},
		"disjoint": func(g *G.ExprGraph, h []*modes.Host, dt tensor.Dtype) (modes.Graph, error) {
			return modes.NewDisjoint(g, "in", h, dt, modes.Budget{})
		},
		"batch": func(g *G.ExprGraph, h []*modes.Host, dt tensor.Dtype) (modes.Graph, error) {
			return modes.NewBatch(g, "in", h, dt, modes.Budget{})
		},
		"sparse batch": func(g *G.ExprGraph, h []*modes.Host, dt tensor.Dtype) (modes.Graph, error) {
			return modes.NewSparseBatch(g, "in", h, dt, modes.Budget{})
		},
	}
	for name, layout := range layouts {
		for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
			for _, c := range []struct {
				leaves int
				x, w   float64
			}{{6, 0.1, 1}, {7, 0.1, 1}, {5, 1, 1}, {6, 0.3, 1}, {9, 1.0 / 3, 0.7}} {
				store, err := param.NewStore(dt, 1)
				require.NoError(t, err)
				sc := store.Scope(G.NewGraph(), false)
				in, err := layout(sc.Graph(), []*modes.Host{starOf(t, c.leaves, c.x, c.w)}, dt)
				require.NoError(t, err)
				out, err := layers.NewLaPool(c.leaves+1).Apply(sc, in)
				require.NoError(t, err)
				values, err := train.Forward(out.Selection.Index)
				require.NoError(t, err)
				var want []int
				for i := range c.leaves + 1 {
					want = append(want, i)
				}
				assert.Equal(t, want, values[0].Data(), "%s %v, %d leaves of %v, weights %v", name, dt, c.leaves, c.x, c.w)
			}
		}
	}
}
