package modes

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"
)

// ringOf is a ring of n nodes; the feature of each is v.
func ringOf(n int, v float64) *Host {
	if n == 0 {
		return &Host{}
	}
	var row, col []int
	x := make([]float64, n)
	for i := range n {
		if j := (i + 1) % n; j != i {
			row, col = append(row, i, j), append(col, j, i)
		}
		x[i] = v
	}
	h, err := FromCOO(n, row, col, nil)
	if err != nil {
		panic(err)
	}
	h.X = denseOf(x, n, 1)
	return h
}

// rings is count rings of 3 to 40 nodes, of which most are small; the label of
// a graph, and the feature of its nodes, is its position.
func rings(count int) (graphs []*Host, labels []int) {
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range count {
		graphs = append(graphs, ringOf(3+int(37*math.Pow(rng.Float64(), 3)), float64(i)))
		labels = append(labels, i)
	}
	return graphs, labels
}

func collectEpoch(t *testing.T, l *Loader, epoch int) (out []*LoadedBatch) {
	t.Helper()
	for b, err := range l.Epoch(epoch) {
		require.NoError(t, err)
		out = append(out, b)
	}
	return out
}

// loaderKinds is the loader in each layout.
func loaderKinds() map[string]LoaderOptions {
	return map[string]LoaderOptions{
		"disjoint":     {Batch: 8, Seed: 3},
		"batch":        {Batch: 8, Seed: 3, Mode: Batch},
		"batch sparse": {Batch: 8, Seed: 3, Mode: Batch, Sparse: true, Dtype: tensor.Float64},
		"in line":      {Batch: 8, Seed: 3, Ahead: -1},
	}
}

// Each epoch has each graph once, with its label at its place and −1 at empty
// places, and no budget is exceeded.
func TestLoaderGivesEachGraphOnce(t *testing.T) {
	graphs, labels := rings(101)
	graphs = append(graphs, &Host{}) // of no nodes
	labels = append(labels, 101)
	for what, o := range loaderKinds() {
		t.Run(what, func(t *testing.T) {
			l, err := NewLoader(graphs, GraphClasses(labels), o)
			require.NoError(t, err)
			var inputs []Input
			for i := range l.Budgets() {
				in, err := l.Input(G.NewGraph(), "graphs", i)
				require.NoError(t, err)
				inputs = append(inputs, in)
			}
			for epoch := range 3 {
				seen := map[int]int{}
				for _, b := range collectEpoch(t, l, epoch) {
					in := inputs[b.Budget]
					require.NoError(t, in.Set(b))
					require.LessOrEqual(t, len(b.Index), 8)
					checkBound(t, in, b, graphs, labels)
					for _, i := range b.Index {
						seen[i]++
					}
				}
				require.Len(t, seen, len(graphs))
				for i, n := range seen {
					require.Equal(t, 1, n, "graph %d", i)
				}
			}
		})
	}
}

// checkBound wants the nodes of in to hold a batch of rings.
func checkBound(t *testing.T, in Input, b *LoadedBatch, graphs []*Host, labels []int) {
	t.Helper()
	have := in.Labels.Value().Data().([]int)
	places := in.TargetIDs.Value().Data().([]int)
	require.Len(t, have, in.Graphs)
	for p := range have {
		want, id := -1, -1
		if p < len(b.Index) {
			want, id = labels[b.Index[p]], p
		}
		require.Equal(t, want, have[p])
		require.Equal(t, id, places[p])
	}
	ids, err := in.HostIDs()
	require.NoError(t, err)
	x := numbers(in.X.Dense.Value())
	count := make([]int, len(b.Index))
	for r, id := range ids {
		if id < 0 {
			require.Zero(t, x[r])
			continue
		}
		count[id]++
		require.Equal(t, float64(b.Index[id]), x[r])
	}
	for p, i := range b.Index {
		require.Equal(t, graphs[i].Nodes, count[p])
	}
}

func TestLoaderSameSeedSameBatches(t *testing.T) {
	graphs, labels := rings(60)
	for what, o := range loaderKinds() {
		t.Run(what, func(t *testing.T) {
			l, err := NewLoader(graphs, GraphClasses(labels), o)
			require.NoError(t, err)
			again, err := NewLoader(graphs, GraphClasses(labels), o)
			require.NoError(t, err)
			collectEpoch(t, again, 0) // what came before does not matter
			first, second := collectEpoch(t, l, 1), collectEpoch(t, again, 1)
			require.Len(t, second, len(first))
			for i := range first {
				require.Equal(t, first[i].Index, second[i].Index)
				for v := range first[i].values {
					require.Equal(t, first[i].values[v].Data(), second[i].values[v].Data())
				}
			}
			other := collectEpoch(t, l, 2)
			assert.NotEqual(t, first[0].Index, other[0].Index, "another epoch, another order")
			o.Seed++
			l, err = NewLoader(graphs, GraphClasses(labels), o)
			require.NoError(t, err)
			assert.NotEqual(t, first[0].Index, collectEpoch(t, l, 1)[0].Index, "another seed, another order")
		})
	}
}

func TestLoaderBudgets(t *testing.T) {
	graphs, labels := rings(200)
	l, err := NewLoader(graphs, GraphClasses(labels), LoaderOptions{Batch: 16})
	require.NoError(t, err)
	assert.Len(t, l.Budgets(), 1, "disjoint mode: one compiled graph")
	r := l.Report(0)
	assert.Equal(t, 200, r.Graphs)
	assert.Less(t, r.Padding(), .15)
	assert.LessOrEqual(t, r.Batches, 15)
	for _, sparse := range []bool{false, true} {
		l, err = NewLoader(graphs, GraphClasses(labels), LoaderOptions{Batch: 16, Mode: Batch, Sparse: sparse})
		require.NoError(t, err)
		assert.LessOrEqual(t, len(l.Budgets()), 4, "batch mode: at most four")
		assert.Less(t, l.Report(0).Padding(), .4)
	}
	l, err = NewLoader(graphs[:3], Targets{}, LoaderOptions{Batch: 16})
	require.NoError(t, err)
	assert.Zero(t, l.Report(0).Padding(), "one batch of all: no padding")
}

// Whatever the sizes, every graph is in one batch of each epoch, and a part or
// other graphs go into the same inputs.
func TestLoaderProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.SliceOfN(rapid.IntRange(0, 30), 1, 40).Draw(t, "nodes")
		nodes[0]++
		var graphs []*Host
		for i, n := range nodes {
			graphs = append(graphs, ringOf(n, float64(i)))
		}
		o := LoaderOptions{
			Batch: rapid.IntRange(1, 12).Draw(t, "batch"), Mode: rapid.SampledFrom([]Mode{Disjoint, Batch}).Draw(t, "mode"),
			Sparse: rapid.Bool().Draw(t, "sparse"), Ahead: rapid.IntRange(-1, 4).Draw(t, "ahead"), Ordered: rapid.Bool().Draw(t, "ordered"),
		}
		l, err := NewLoader(graphs, Targets{}, o)
		require.NoError(t, err)
		require.LessOrEqual(t, len(l.Budgets()), 4)
		var seen []int
		report := Report{}
		for b, err := range l.Epoch(2) {
			require.NoError(t, err)
			in, err := l.Input(G.NewGraph(), "g", b.Budget)
			require.NoError(t, err)
			require.NoError(t, in.Set(b))
			seen = append(seen, b.Index...)
			report.Batches++
			report.Rows += in.Rows()
			report.Nodes += b.Nodes
			report.Graphs += len(b.Index)
		}
		slices.Sort(seen)
		require.Equal(t, upTo(len(graphs)), seen)
		require.Equal(t, report, l.Report(2))
		part, err := l.Part([]int{0}, true)
		require.NoError(t, err)
		require.Equal(t, Report{Batches: 1, Graphs: 1, Nodes: graphs[0].Nodes, Rows: part.Report(0).Rows}, part.Report(0))
		over, err := l.Over(graphs[:1], Targets{})
		require.NoError(t, err)
		require.Equal(t, 1, over.Report(0).Graphs)
	})
}

// A loop that is left early, or a graph that was changed, leaves no goroutine
// behind and no panic.
func TestLoaderEndsEarly(t *testing.T) {
	graphs, labels := rings(60)
	l, err := NewLoader(graphs, GraphClasses(labels), LoaderOptions{Batch: 4})
	require.NoError(t, err)
	for range l.Epoch(0) {
		break
	}
	graphs[7].Nodes = 1 << 20
	var failed error
	for _, err := range l.Epoch(0) {
		failed = err
	}
	assert.ErrorContains(t, failed, "modes: loader: making a batch")
}

func TestLoaderRefusals(t *testing.T) {
	graphs, labels := rings(5)
	good := LoaderOptions{Batch: 2}
	for want, f := range map[string]func() error{
		"modes: loader: no graphs, want at least 1": func() error {
			_, err := NewLoader(nil, Targets{}, good)
			return err
		},
		"modes: loader: Batch = 0, want at least 1": func() error {
			_, err := NewLoader(graphs, Targets{}, LoaderOptions{})
			return err
		},
		"modes: loader: mode = mixed, want disjoint or batch": func() error {
			_, err := NewLoader(graphs, Targets{}, LoaderOptions{Batch: 1, Mode: Mixed})
			return err
		},
		"modes: loader: targets of 2 graphs, want 5, as many as graphs": func() error {
			_, err := NewLoader(graphs, GraphClasses(labels[:2]), good)
			return err
		},
		"modes: loader: targets: graph 0: class of row 0 is -2, want at least 0, or −1 where it is not known": func() error {
			_, err := NewLoader(graphs[:1], GraphClasses([]int{-2}), good)
			return err
		},
		"modes: loader: targets: graph 0: 1 rows, want 3, one for each of its nodes": func() error {
			_, err := NewLoader([]*Host{ringOf(3, 0)}, NodeClasses([][]int{{1}}), good)
			return err
		},
		"modes: loader: budget 1, want 0 to 0": func() error {
			l, err := NewLoader(graphs, Targets{}, good)
			require.NoError(t, err)
			_, err = l.Input(G.NewGraph(), "g", 1)
			return err
		},
		"modes: loader: graph 9, want 0 to 4": func() error {
			l, err := NewLoader(graphs, Targets{}, good)
			require.NoError(t, err)
			_, err = l.Part([]int{9}, false)
			return err
		},
		"modes: loader: graph 0: 900 nodes, want at most ": func() error {
			l, err := NewLoader(graphs, Targets{}, good)
			require.NoError(t, err)
			_, err = l.Over([]*Host{ringOf(900, 0)}, Targets{})
			return err
		},
	} {
		err := f()
		if assert.Error(t, err) {
			assert.Contains(t, err.Error(), want)
		}
	}
	l, err := NewLoader(graphs, Targets{}, good)
	require.NoError(t, err)
	other, err := NewLoader(graphs, Targets{}, LoaderOptions{Batch: 3})
	require.NoError(t, err)
	in, err := l.Input(G.NewGraph(), "g", 0)
	require.NoError(t, err)
	for b, err := range other.Epoch(0) {
		require.NoError(t, err)
		assert.ErrorContains(t, in.Set(b), "a batch of another loader, want one of the loader that made the input, or of its Part or Over")
	}
	assert.Error(t, in.Set(nil))
}
