package cluster_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// cliques is a ring of cliques of the given size, one edge between neighbours.
func cliques(t *testing.T, count, size int) *modes.Host {
	t.Helper()
	var row, col []int
	join := func(i, j int) { row, col = append(row, i, j), append(col, j, i) }
	for c := range count {
		for i := range size {
			for j := range i {
				join(c*size+i, c*size+j)
			}
		}
		join(c*size, (c+1)%count*size+1)
	}
	h, err := modes.FromCOO(count*size, row, col, nil)
	require.NoError(t, err)
	return h
}

func quick(k int) cluster.Options {
	o := cluster.Defaults(k)
	o.Epochs, o.StartSteps = 12, 5
	return o
}

func begun(t *testing.T, h *modes.Host, o cluster.Options) *cluster.Training {
	t.Helper()
	task, err := cluster.New(h, o.Features)
	require.NoError(t, err)
	start, err := task.Start(context.Background(), o.K, o.Seed)
	require.NoError(t, err)
	tr, err := task.NewTraining(o, start)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, tr.Close()) })
	return tr
}

func epochs(t *testing.T, tr *cluster.Training, n int) (all []cluster.Epoch) {
	t.Helper()
	for range n {
		e, err := tr.Step()
		require.NoError(t, err)
		all = append(all, e)
	}
	return all
}

func shares(t *testing.T, tr *cluster.Training) []float32 {
	t.Helper()
	out, err := tr.Trained()
	require.NoError(t, err)
	return out.Shares
}

func TestATrainingGoesOnFromItsCheckpointToTheSameBits(t *testing.T) {
	h, file := cliques(t, 4, 6), filepath.Join(t.TempDir(), "c.safetensors")
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		o := quick(4)
		o.Dtype = dt
		o.Method.Pool = func(k int, _ float64) layers.Pooler { // with dropout, whose masks go on as well
			p := layers.NewDMoNPool(k)
			p.Dropout, p.Kernel.Init = .2, param.Orthogonal{}
			return p
		}
		whole := begun(t, h, o)
		require.NoError(t, whole.Learn(t.Context(), func(int, float64) error { return nil }))
		epochs(t, whole, 7)
		require.NoError(t, whole.SaveCheckpoint(file, []byte(`"mine"`)))
		note, err := cluster.CheckpointConfig(file)
		require.NoError(t, err)
		assert.Equal(t, `"mine"`, string(note))
		want := epochs(t, whole, 5)
		require.True(t, whole.Done())

		resumed := begun(t, h, o)
		config, err := resumed.LoadCheckpoint(file)
		require.NoError(t, err)
		assert.Equal(t, `"mine"`, string(config))
		assert.Equal(t, 7, resumed.Epochs())
		assert.Equal(t, want, epochs(t, resumed, 5))
		assert.True(t, resumed.Done())
		assert.Equal(t, shares(t, whole), shares(t, resumed))
	}
}

// TestEverySolverGoesOnFromACheckpoint compares whole trainings with those that
// were saved after the middle, under each optimizer and schedule.
func TestEverySolverGoesOnFromACheckpoint(t *testing.T) {
	h, file := cliques(t, 4, 6), filepath.Join(t.TempDir(), "c.safetensors")
	results := map[string]bool{}
	for _, optimizer := range []cluster.Optimizer{"", cluster.AdamW, cluster.SGD} {
		for _, schedule := range []cluster.Schedule{"", cluster.Cosine, cluster.Plateau, cluster.WarmUpCosine} {
			o := quick(4)
			o.Optimizer, o.Schedule, o.Epochs = optimizer, schedule, 40
			if optimizer != "" {
				o.WeightDecay = .01
			}
			whole := begun(t, h, o)
			require.NoError(t, whole.Learn(t.Context(), func(int, float64) error { return nil }))
			epochs(t, whole, 25)
			require.NoError(t, whole.SaveCheckpoint(file, nil))
			want := epochs(t, whole, 15)
			resumed := begun(t, h, o)
			_, err := resumed.LoadCheckpoint(file)
			require.NoError(t, err)
			assert.Equal(t, want, epochs(t, resumed, 15), "%s, %s", optimizer, schedule)
			assert.Equal(t, shares(t, whole), shares(t, resumed))
			results[fmt.Sprint(shares(t, whole))] = true

			o.Schedule = cluster.Plateau
			if schedule == o.Schedule {
				o.Schedule = ""
			}
			_, err = begun(t, h, o).LoadCheckpoint(file)
			if schedule == "" || schedule == cluster.Plateau {
				assert.ErrorContains(t, err, "of other options")
			}
		}
	}
	assert.Len(t, results, 9, "no two ways give the same, but for a plateau that is not reached")
}

func TestThePlateauLowersTheRate(t *testing.T) {
	o := quick(3)
	o.Schedule, o.Epochs, o.Patience, o.Rate = cluster.Plateau, 400, 0, .05
	still := o
	still.Schedule = cluster.ConstantRate
	h := cliques(t, 3, 4)
	a, b := epochs(t, begun(t, h, o), 200), epochs(t, begun(t, h, still), 200)
	assert.Equal(t, a[10], b[10])
	assert.NotEqual(t, a[199].Total, b[199].Total)
}

func TestACheckpointHasItsTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.safetensors")
	tr := begun(t, cliques(t, 3, 4), quick(3))
	assert.ErrorContains(t, tr.SaveCheckpoint(file, nil), "before the first epoch")
	epochs(t, tr, 1)
	assert.ErrorContains(t, tr.Learn(t.Context(), nil), "after the first epoch")
	require.NoError(t, tr.SaveCheckpoint(file, nil))
	o := quick(3)
	o.Epochs = 2 // shorter than the first half of what was saved
	_, err := begun(t, cliques(t, 3, 4), o).LoadCheckpoint(file)
	assert.ErrorContains(t, err, "of other options")
	_, err = begun(t, cliques(t, 3, 4), quick(2)).LoadCheckpoint(file)
	assert.ErrorContains(t, err, "shape")
}

// A checkpoint that is refused changes nothing: a training goes on, and a new one
// begins, as if it had not been tried.
func TestARefusedCheckpointChangesNothing(t *testing.T) {
	h, dir := cliques(t, 3, 4), t.TempDir()
	others := map[string]func(o *cluster.Options){
		"of other options":      func(o *cluster.Options) { o.Schedule = cluster.Plateau },
		"of another program or": func(o *cluster.Options) { o.Epochs = 40 },
		"the solver was sgd":    func(o *cluster.Options) { o.Optimizer = cluster.SGD },
		"shape":                 func(o *cluster.Options) { o.K = 2 },
	}
	for want, change := range others {
		o := quick(3)
		o.Seed = 9
		change(&o)
		other, file := begun(t, h, o), filepath.Join(dir, "other")
		epochs(t, other, 3)
		require.NoError(t, other.SaveCheckpoint(file, nil))

		whole, tried := begun(t, h, quick(3)), begun(t, h, quick(3))
		epochs(t, whole, 3)
		epochs(t, tried, 3)
		_, err := tried.LoadCheckpoint(file)
		require.ErrorContains(t, err, want)
		assert.Equal(t, shares(t, whole), shares(t, tried), want)
		assert.Equal(t, epochs(t, whole, 4), epochs(t, tried, 4), want)

		whole, tried = begun(t, h, quick(3)), begun(t, h, quick(3))
		_, err = tried.LoadCheckpoint(file)
		require.ErrorContains(t, err, want)
		for _, tr := range []*cluster.Training{whole, tried} {
			require.NoError(t, tr.Learn(t.Context(), func(int, float64) error { return nil }), want)
		}
		assert.Equal(t, epochs(t, whole, 4), epochs(t, tried, 4), want)
	}
	tr := begun(t, h, quick(3))
	require.Error(t, tr.LoadWeights(filepath.Join(dir, "missing")))
	assert.False(t, tr.Done(), "no weights were loaded")
}

func TestWeightsOfLossesAreReplacedByName(t *testing.T) {
	h := cliques(t, 3, 4)
	totals := func(weights map[string]float64) (total float64, ls map[string]float64) {
		o := quick(3)
		o.Weights = weights
		e := epochs(t, begun(t, h, o), 1)[0]
		ls = map[string]float64{}
		for _, l := range e.Losses {
			ls[l.Name] = l.Value
		}
		return e.Total, ls
	}
	total, ls := totals(map[string]float64{losses.NameCluster: 3, losses.NameModularity: 2, losses.NameOrthogonality: 0})
	assert.InDelta(t, 3*ls[losses.NameCluster]+2*ls[losses.NameModularity], total, 1e-5)
}

func TestARawTaskHasTheFeaturesAsTheyCame(t *testing.T) {
	h := cliques(t, 3, 5)
	task, err := cluster.NewRaw(h)
	require.NoError(t, err)
	assert.True(t, task.Raw())
	_, err = task.Start(context.Background(), 3, 1)
	assert.ErrorContains(t, err, "as they came")
	assert.ErrorContains(t, task.Mix(.2, 1), "as they came")
	o := quick(3)
	o.Epochs, o.Rate = 200, .01
	o.Encoder = func() []layers.Layer { return []layers.Layer{layers.NewGCNConv(8)} }
	tr, err := task.NewTraining(o, nil)
	require.NoError(t, err)
	defer tr.Close() //nolint:errcheck // nothing is lost with it
	for !tr.Done() {
		epochs(t, tr, 1)
	}
	out, err := tr.Trained()
	require.NoError(t, err)
	for c := range 3 { // each clique is in one cluster
		for i := range 5 {
			assert.Equal(t, out.Clusters[c*5], out.Clusters[c*5+i])
		}
	}
	_, err = cluster.NewRaw(&modes.Host{})
	assert.ErrorContains(t, err, "want at least 1")
}
