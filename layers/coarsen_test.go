package layers_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
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

// coarsePooler is a pooler that learns nothing.
type coarsePooler interface {
	layers.Pooler
	modes.Coarsener
}

func coarsePoolers() map[string]coarsePooler {
	kmis := layers.NewKMISPool(1)
	kmis.Scorer = layers.DegreeScorer
	mean := layers.NewGraclusPool()
	mean.Reduction, mean.Merge, mean.Loops = ops.ReduceMean, ops.ReduceMax, true
	members := layers.NewKMISPool(1)
	members.Scorer, members.MembersOnly, members.Nearest = layers.DegreeScorer, true, true
	nearest := layers.NewNDPPool()
	nearest.Nearest = true
	nmf := layers.NewNMFPool(3)
	nmf.InverseLift = true
	return map[string]coarsePooler{
		"graclus": layers.NewGraclusPool(), "mean": mean, "kmis": kmis, "kmis members": members, "sep": layers.NewSEPPool(),
		"ndp": layers.NewNDPPool(), "ndp nearest": nearest, "eigen": layers.NewEigenPool(2), "nmf": nmf,
	}
}

// options are how a pooler reduces and lifts.
func coarseOptions(p layers.Pooler) layers.HardClusters {
	switch p := p.(type) {
	case *layers.GraclusPool:
		return p.HardClusters
	case *layers.NMFPool:
		return layers.HardClusters{InverseLift: p.InverseLift}
	}
	return layers.HardClusters{}
}

// ring is a ring of n nodes with weights and some chords.
func coarseHost(rng *rand.Rand, n int) *modes.Host {
	var row, col []int
	var w []float64
	for i := range n {
		for _, j := range []int{(i + 1) % n, (i + 3) % n} {
			if i != j && rng.Float64() < 0.8 {
				v := 0.5 + rng.Float64()
				row, col, w = append(row, i, j), append(col, j, i), append(w, v, v)
			}
		}
	}
	h, err := modes.FromCOO(n, row, col, w)
	if err != nil {
		panic(err)
	}
	x := make([]float64, 2*n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	h.X = tensor.New(tensor.WithShape(n, 2), tensor.WithBacking(x))
	return h
}

type coarseBuilder func(g *G.ExprGraph, graphs []*modes.Host) (modes.Graph, error)

func coarseLayouts() map[string]coarseBuilder {
	return map[string]coarseBuilder{
		"single": func(g *G.ExprGraph, graphs []*modes.Host) (modes.Graph, error) {
			return modes.NewSingle(g, "in", graphs[0], tensor.Float64)
		},
		"disjoint": func(g *G.ExprGraph, graphs []*modes.Host) (modes.Graph, error) {
			return modes.NewDisjoint(g, "in", graphs, tensor.Float64, modes.Budget{Nodes: 40, Levels: []modes.Budget{{Nodes: 33}}})
		},
		"batch": func(g *G.ExprGraph, graphs []*modes.Host) (modes.Graph, error) {
			return modes.NewBatch(g, "in", graphs, tensor.Float64, modes.Budget{})
		},
		"sparse batch": func(g *G.ExprGraph, graphs []*modes.Host) (modes.Graph, error) {
			return modes.NewSparseBatch(g, "in", graphs, tensor.Float64, modes.Budget{})
		},
	}
}

// coarseRun is, graph by graph, the features and the products A'·X' of what two
// pools give, and the features lifted back by both.
func coarseRun(t *testing.T, build coarseBuilder, graphs []*modes.Host, pools [2]layers.Pooler) []*tensor.Dense {
	t.Helper()
	g := G.NewGraph()
	in, err := build(g, graphs)
	require.NoError(t, err)
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sc := store.Scope(g, false)
	first, err := pools[0].Apply(sc, in)
	require.NoError(t, err)
	second, err := pools[1].Apply(sc, first.Graph)
	require.NoError(t, err)
	require.NoError(t, second.CheckA())
	up, err := pools[1].Lift(first.Graph, second.Selection, second.X.Dense)
	require.NoError(t, err)
	up, err = pools[0].Lift(in, first.Selection, up)
	require.NoError(t, err)
	var out []*tensor.Dense
	for _, of := range []modes.Graph{first.Graph, second.Graph, in.WithX(up)} {
		ax, err := of.A.Mul(of.X.Dense)
		require.NoError(t, err)
		nodes := []*G.Node{of.X.Dense, ax}
		if of.IDs != nil {
			nodes = append(nodes, of.IDs)
		}
		v, err := train.Forward(nodes...)
		require.NoError(t, err)
		ids := make([]int, of.Rows())
		if of.IDs != nil {
			ids = v[2].Data().([]int)
		}
		for _, x := range v[:2] {
			parts, err := modes.SplitRows(x.(*tensor.Dense), ids, of.Graphs)
			require.NoError(t, err)
			out = append(out, parts...)
		}
	}
	return out
}

// A model with levels gives what the poolers give inside of it.
func TestCoarsenGivesWhatThePoolerGives(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	graphs := []*modes.Host{coarseHost(rng, 12), coarseHost(rng, 3), {}, coarseHost(rng, 1), coarseHost(rng, 9), {}}
	for name, pool := range coarsePoolers() {
		next := coarsePooler(layers.NewGraclusPool())
		coarsened, err := modes.Coarsen(graphs, pool, next)
		require.NoError(t, err, name)
		for layout, build := range coarseLayouts() {
			t.Run(name+" "+layout, func(t *testing.T) {
				want := coarseRun(t, build, graphs, [2]layers.Pooler{pool, next})
				level := layers.PrecomputedPool(nil, nil, coarseOptions(pool))
				got := coarseRun(t, build, coarsened, [2]layers.Pooler{level, layers.PrecomputedPool(nil, nil, layers.HardClusters{})})
				require.Len(t, got, len(want))
				for i := range want {
					if want[i] == nil || got[i] == nil {
						require.Equal(t, want[i] == nil, got[i] == nil, "part %d", i)
						continue
					}
					require.Equal(t, want[i].Shape(), got[i].Shape(), "part %d", i)
					require.InDeltaSlice(t, want[i].Data(), got[i].Data(), 1e-12, "part %d", i)
				}
			})
		}
	}
}

// The batches of a loader have the levels of their graphs, in every budget.
func TestLoaderBatchesLevels(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	graphs := []*modes.Host{{}}
	for range 17 {
		graphs = append(graphs, coarseHost(rng, 1+rng.IntN(14)))
	}
	for name, pool := range coarsePoolers() {
		coarsened, err := modes.Coarsen(graphs, pool, layers.NewSEPPool())
		require.NoError(t, err)
		again, err := modes.Coarsen(graphs, pool, layers.NewSEPPool())
		require.NoError(t, err)
		assert.Equal(t, coarsened, again, "the same bits")
		for _, o := range []modes.LoaderOptions{{Batch: 4}, {Batch: 4, Mode: modes.Batch, Sparse: true}, {Batch: 3, Mode: modes.Batch}} {
			t.Run(fmt.Sprint(name, o.Mode, o.Sparse), func(t *testing.T) {
				o.Dtype, o.Seed = tensor.Float64, 5
				l, err := modes.NewLoader(coarsened, modes.Targets{}, o)
				require.NoError(t, err)
				seen := 0
				for batch, err := range l.Epoch(0) {
					require.NoError(t, err)
					some, plain := make([]*modes.Host, len(batch.Index)), make([]*modes.Host, len(batch.Index))
					for k, i := range batch.Index {
						some[k], plain[k] = coarsened[i], graphs[i]
					}
					seen += len(some)
					build := func(g *G.ExprGraph, _ []*modes.Host) (modes.Graph, error) {
						in, err := l.Input(g, "in", batch.Budget)
						if err != nil {
							return modes.Graph{}, err
						}
						return in.Graph, in.Set(batch)
					}
					if batch.Nodes == 0 {
						continue
					}
					got := coarseRun(t, build, some, levelPools(pool))
					want := coarseRun(t, func(g *G.ExprGraph, _ []*modes.Host) (modes.Graph, error) {
						return modes.NewDisjoint(g, "in", plain, tensor.Float64, modes.Budget{Graphs: len(got) / 6})
					}, plain, [2]layers.Pooler{pool, layers.NewSEPPool()})
					require.Len(t, got, len(want))
					for i := range want {
						if want[i] == nil {
							require.Nil(t, got[i])
							continue
						}
						require.InDeltaSlice(t, want[i].Data(), got[i].Data(), 1e-12, "part %d", i)
					}
				}
				assert.Equal(t, len(graphs), seen)
			})
		}
	}
}

// A model over levels is saved with its options, in a Stack as well.
func TestModelsOverLevelsAreSaved(t *testing.T) {
	h, err := modes.Coarsen([]*modes.Host{coarseHost(rand.New(rand.NewPCG(1, 2)), 12)}, layers.NewGraclusPool())
	require.NoError(t, err)
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sum := func(store *param.Store, ls []layers.Layer) any {
		sc := store.Scope(G.NewGraph(), false)
		in, err := modes.NewDisjoint(sc.Graph(), "in", h, tensor.Float64, modes.Budget{})
		require.NoError(t, err)
		out, err := layers.Sequence(sc, in, ls...)
		require.NoError(t, err)
		values, err := train.Forward(out.X.Dense)
		require.NoError(t, err)
		return values[0].Data()
	}
	pool := layers.PrecomputedPool(nil, nil, layers.HardClusters{Merge: ops.ReduceMax})
	model := []layers.Layer{layers.NewGCNConv(3), layers.NewStack(pool, layers.NewGCNConv(2)), layers.NewGlobalSumPool()}
	want := sum(store, model)
	file := filepath.Join(t.TempDir(), "model")
	require.NoError(t, layers.Save(file, store, model...))
	store, loaded, err := layers.Load(file)
	require.NoError(t, err)
	assert.Equal(t, model, loaded)
	assert.Equal(t, want, sum(store, loaded))

	sc, in := path(1, 2, 3, 4)
	out, err := layers.NewGraclusPool().Apply(sc, in)
	require.NoError(t, err)
	_, err = layers.Marshal(layers.PrecomputedPool(out.Selection.Cluster, nil, layers.HardClusters{}))
	assert.Error(t, err, "clusters are nodes, and have no JSON")
}

func levelPools(of layers.Pooler) [2]layers.Pooler {
	return [2]layers.Pooler{layers.PrecomputedPool(nil, nil, coarseOptions(of)), layers.PrecomputedPool(nil, nil, layers.HardClusters{})}
}

func TestCoarsenRefuses(t *testing.T) {
	h := coarseHost(rand.New(rand.NewPCG(1, 1)), 4)
	for want, by := range map[string]modes.Coarsener{
		"graph 0: level 0: the coarsener is nil": nil,
		"the pooler has weights to learn":        layers.NewKMISPool(1),
		"K = 0, want at least 1":                 layers.NewNMFPool(0),
		"a literal of SEPPool":                   &layers.SEPPool{},
		"the layer is a nil *layers.GraclusPool": (*layers.GraclusPool)(nil),
	} {
		_, err := modes.Coarsen([]*modes.Host{h}, by)
		assert.ErrorContains(t, err, want)
	}
	sc, in := path(1, 2, 3, 4)
	_, err := layers.PrecomputedPool(nil, nil, layers.HardClusters{}).Apply(sc, in)
	assert.ErrorContains(t, err, "the graph has no level")
}
