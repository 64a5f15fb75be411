package cluster_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/shard"
	"github.com/graphpool/graphpool/ops"
)

// onDisk is a small graph of clusters in memory, and as a store.
func onDisk(t *testing.T) (*modes.Host, *shard.Store) {
	t.Helper()
	const n, f = 400, 6
	r := rand.New(rand.NewPCG(1, 2))
	var row, col []int
	seen := map[[2]int]bool{}
	for range 5 * n {
		i, j := r.IntN(n), r.IntN(n)
		if r.Float64() < .8 {
			j = j/4*4 + i%4
		}
		if i != j && !seen[[2]int{i, j}] {
			seen[[2]int{i, j}], seen[[2]int{j, i}] = true, true
			row, col = append(row, i, j), append(col, j, i)
		}
	}
	h, err := modes.FromCOO(n, row, col, nil)
	require.NoError(t, err)
	h.Weights = nil
	x := make([]float32, n*f)
	for i := range x {
		x[i] = float32(r.NormFloat64())
		if i/f%4 == i%f {
			x[i] += 2
		}
	}
	h.X = tensor.New(tensor.WithShape(n, f), tensor.WithBacking(x))
	source, err := shard.FromHost(h)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "store")
	require.NoError(t, shard.Write(context.Background(), dir, source, shard.Options{Block: 64, Hops: 1}))
	s, err := shard.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return h, s
}

func streamedOptions() cluster.Options {
	o := cluster.Defaults(4)
	o.Init, o.Epochs, o.Patience, o.Schedule, o.Dtype = cluster.Random, 20, 3, cluster.Plateau, tensor.Float64
	o.Encoder = func() []layers.Layer {
		l := layers.NewGCNConv(8)
		l.Activation = ops.SELU
		return []layers.Layer{l}
	}
	return o
}

// steps does so many epochs, all that are left for −1.
func steps(t *testing.T, tr *cluster.Training, n int) (totals []float64) {
	t.Helper()
	for i := 0; i != n && !tr.Done(); i++ {
		e, err := tr.Step()
		require.NoError(t, err)
		totals = append(totals, e.Total)
	}
	return totals
}

// A streamed training has the pace, the fading weights and the schedule of one in
// memory, and each takes up the other's checkpoint.
func TestStreamedAndInMemoryResumeEachOther(t *testing.T) {
	h, s := onDisk(t)
	o := streamedOptions()
	task, err := cluster.NewRaw(h)
	require.NoError(t, err)
	kinds := map[string]func() *cluster.Training{
		"memory": func() *cluster.Training {
			tr, err := task.NewTraining(o, nil)
			require.NoError(t, err)
			return tr
		},
		"store": func() *cluster.Training {
			tr, err := cluster.NewStreamed(cluster.Streamed{Source: s, Partitions: 2}, o)
			require.NoError(t, err)
			return tr
		},
	}
	whole := kinds["memory"]()
	want := steps(t, whole, -1)
	end, err := whole.Trained()
	require.NoError(t, err)
	for first, second := range map[string]string{"memory": "store", "store": "memory"} {
		a, b := kinds[first](), kinds[second]()
		have := steps(t, a, 7)
		file := filepath.Join(t.TempDir(), "c.safetensors")
		require.NoError(t, a.SaveCheckpoint(file, nil))
		_, err := b.LoadCheckpoint(file)
		require.NoError(t, err)
		have = append(have, steps(t, b, -1)...)
		assert.InDeltaSlice(t, want, have, 1e-6, first) // the store's ÂX is float32
		got, err := b.Trained()
		require.NoError(t, err)
		assert.Equal(t, end.Clusters, got.Clusters)
		assert.Equal(t, end.Epochs, got.Epochs)
		assert.Equal(t, whole.Weights(), b.Weights())
		require.NoError(t, a.Close())
		require.NoError(t, b.Close())
	}
}

func TestNewStreamedRefuses(t *testing.T) {
	_, s := onDisk(t)
	for want, change := range map[string]func(o *cluster.Options, s *cluster.Streamed){
		"the source is nil": func(_ *cluster.Options, s *cluster.Streamed) { s.Source = nil },
		"Labels of a streamed graph, want none": func(o *cluster.Options, s *cluster.Streamed) {
			o.Labels = make([]int, s.Source.Meta().Nodes)
		},
		"Order = rcm":     func(o *cluster.Options, _ *cluster.Streamed) { o.Order = cluster.CuthillMcKee },
		"K = 401, want 1": func(o *cluster.Options, _ *cluster.Streamed) { o.K = 401 },
		"want a pooler whose losses are functions of sums": func(o *cluster.Options, _ *cluster.Streamed) {
			o.Method, _ = cluster.MethodByName("cheeger")
		},
		"layer 1 is a *layers.GCNConv, which reads the neighbours of what layer 0 gives": func(o *cluster.Options, _ *cluster.Streamed) {
			one := o.Encoder
			o.Encoder = func() []layers.Layer { return append(one(), one()...) }
		},
	} {
		o, source := streamedOptions(), cluster.Streamed{Source: s}
		change(&o, &source)
		_, err := cluster.NewStreamed(source, o)
		assert.ErrorContains(t, err, want)
	}
	tr, err := cluster.NewStreamed(cluster.Streamed{Source: s, Hops: 1}, streamedOptions())
	require.NoError(t, err)
	_, err = tr.Step()
	assert.ErrorContains(t, err, "features propagated over 2 hops, and the store has 1")
}

// A streamed training learns its start from k-means of the features that the
// encoder reads: of all rows where these are few it is that of the same rows in
// memory, whatever the partitions.
func TestStreamedLearnsAStart(t *testing.T) {
	h, s := onDisk(t)
	skip := func() []layers.Layer {
		l := layers.NewGCNSkipConv(8)
		l.Activation = ops.SELU
		return []layers.Layer{l}
	}
	for name, encoder := range map[string]func() []layers.Layer{"gcn": streamedOptions().Encoder, "gcn-skip": skip, "pooler alone": func() []layers.Layer { return nil }} {
		o := streamedOptions()
		o.Init, o.Encoder = cluster.KMeans, encoder
		var first *cluster.Trained
		for _, partitions := range []int{1, 3} {
			tr, err := cluster.NewStreamed(cluster.Streamed{Source: s, Partitions: partitions}, o)
			require.NoError(t, err)
			var learned []float64
			require.NoError(t, tr.Learn(t.Context(), func(step int, loss float64) error {
				learned = append(learned, loss)
				assert.Len(t, learned, step)
				return nil
			}))
			assert.Len(t, learned, o.StartSteps, name)
			assert.Less(t, learned[len(learned)-1], learned[0], name)
			steps(t, tr, 2)
			got, err := tr.Trained()
			require.NoError(t, err)
			if first == nil {
				first = got
			}
			assert.Equal(t, first.Shares, got.Shares, name)
			assert.ErrorContains(t, tr.Learn(t.Context(), nil), "after the first epoch")
			require.NoError(t, tr.Close())
		}
		planted := make([]int, h.Nodes)
		for i := range planted {
			planted[i] = i % 4
		}
		agree, err := metrics.NMI(planted, first.Clusters)
		require.NoError(t, err)
		assert.Greater(t, agree, .2, name)
	}
}

// rowsOf is a source of nodes whose only feature is their number.
type rowsOf struct {
	stream.Source
	nodes, block int64
}

func (r rowsOf) Meta() stream.Meta { return stream.Meta{Nodes: r.nodes, Features: 1, Propagated: 1} }
func (r rowsOf) Blocks() int       { return int((r.nodes + r.block - 1) / r.block) }
func (r rowsOf) Rows(b int) (lo, hi int64) {
	return int64(b) * r.block, min(int64(b+1)*r.block, r.nodes)
}

func (r rowsOf) Features(_, b int, dst []float32) ([]float32, error) {
	lo, hi := r.Rows(b)
	dst = dst[:0]
	for i := lo; i < hi; i++ {
		dst = append(dst, float32(i))
	}
	return dst, nil
}

func TestStartOfAStreamedGraphIsOfNodesDrawnOnce(t *testing.T) {
	for _, n := range []int64{1, 1000, cluster.StartRows, cluster.StartRows + 7777} {
		rows, err := cluster.DrawRows(cluster.Streamed{Source: rowsOf{nodes: n, block: 999}}, t.Context(), []int{1, 0}, 5)
		require.NoError(t, err)
		require.Len(t, rows, 2)
		assert.Equal(t, rows[0], rows[1])
		assert.Len(t, rows[0], int(min(n, cluster.StartRows)))
		for i := range rows[0][1:] {
			require.Less(t, rows[0][i], rows[0][i+1])
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err := cluster.DrawRows(cluster.Streamed{Source: rowsOf{nodes: 5, block: 2}}, stopped, []int{0}, 5)
	assert.ErrorIs(t, err, context.Canceled)
}
