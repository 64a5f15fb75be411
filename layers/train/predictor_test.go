package train_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
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

// unlabelled is a loader of six graphs without targets.
func unlabelled(t *testing.T) *modes.Loader {
	t.Helper()
	graphs, _ := ringsAndPaths(6)
	l, err := modes.NewLoader(graphs, modes.Targets{}, modes.LoaderOptions{Batch: 3})
	require.NoError(t, err)
	return l
}

// network is a model without a loss.
func network(ls ...layers.Layer) train.Build {
	return func(sc *param.Scope, in modes.Input) (train.Model, error) {
		out, err := layers.Sequence(sc, in.Graph, ls...)
		return train.Model{Output: out.X.Dense}, err
	}
}

// runOnce predicts once.
func runOnce(store *param.Store, build train.Build, l *modes.Loader) (train.Predictions, error) {
	p, err := train.NewPredictor(store, build)
	if err != nil {
		return train.Predictions{}, err
	}
	defer func() { _ = p.Close() }()
	return p.Run(l)
}

// drawn is a store with the weights of a model.
func drawn(t *testing.T, build train.Build, l *modes.Loader) *param.Store {
	t.Helper()
	store, err := param.NewStore(tensor.Float32, 1)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), false)
	in, err := l.Input(sc.Graph(), "graphs", 0)
	require.NoError(t, err)
	_, err = build(sc, in)
	require.NoError(t, err)
	return store
}

func TestPredictionsWithoutALoss(t *testing.T) {
	l := unlabelled(t)
	build := network(layers.NewGlobalSumPool()) // of a column of ones: the number of nodes
	got, err := runOnce(drawn(t, build, l), build, l)
	require.NoError(t, err)
	assert.Zero(t, got.Loss)
	want, _ := ringsAndPaths(6)
	for k, i := range got.Index {
		assert.Equal(t, []float64{float64(want[i].Nodes)}, got.Rows[k])
	}
	_, err = train.Fit(drawn(t, build, l), build, train.FitOptions{Training: l, Epochs: 1, Solver: train.NewAdam(.1)})
	assert.EqualError(t, err, "train: the Loss of the model is nil, want a scalar to train on")
}

// Rows of nodes are not taken for those of graphs, whatever their number.
func TestPredictionsOfNodesWantTargetsOfNodes(t *testing.T) {
	h, err := modes.FromCOO(4, []int{0}, []int{1}, nil)
	require.NoError(t, err)
	l, err := modes.NewLoader([]*modes.Host{h, h}, modes.Targets{}, modes.LoaderOptions{Batch: 2})
	require.NoError(t, err)
	build := network(layers.NewDense(3))
	_, err = runOnce(drawn(t, build, l), build, l)
	assert.EqualError(t, err, "train: predictor: an output of shape (8, 3), want a row for each of the 2 places of targets")
}

// A store that was read from a file stays sealed after a prediction.
func TestPredictorLeavesTheStoreSealed(t *testing.T) {
	l := unlabelled(t)
	small, large := network(layers.NewGlobalSumPool(), layers.NewDense(2)), network(layers.NewGlobalSumPool(), layers.NewDense(2), layers.NewDense(2))
	file := filepath.Join(t.TempDir(), "weights")
	require.NoError(t, drawn(t, small, l).Save(file, nil))
	store, err := param.NewStore(tensor.Float32, 2)
	require.NoError(t, err)
	require.NoError(t, store.Load(file))
	for range 2 {
		_, err = runOnce(store, small, l)
		require.NoError(t, err)
		assert.True(t, store.Sealed())
		_, err = runOnce(store, large, l)
		assert.EqualError(t, err, "layers: dense_1: param: dense_1/kernel: not among the 2 weights of the sealed store")
	}
	store.Unseal()
	_, err = runOnce(store, small, l)
	require.NoError(t, err)
	assert.False(t, store.Sealed())
}

// An operation's error of a run is what the operation says, in one line.
func TestErrorsOfARunNameTheOperation(t *testing.T) {
	graphs, _ := ringsAndPaths(2)
	l, err := modes.NewLoader(graphs, modes.GraphClasses([]int{0, 7}), modes.LoaderOptions{Batch: 2, Ordered: true})
	require.NoError(t, err)
	build := func(sc *param.Scope, in modes.Input) (train.Model, error) {
		out, err := layers.Sequence(sc, in.Graph, layers.NewGlobalSumPool(), layers.NewDense(2))
		if err != nil {
			return train.Model{}, err
		}
		loss, err := losses.CrossEntropy(out.X.Dense, in.Labels, in.TargetIDs)
		return train.Model{Loss: loss, Output: out.X.Dense}, err
	}
	store := drawn(t, build, l)
	_, err = train.Fit(store, build, train.FitOptions{Training: l, Epochs: 1, Solver: train.NewAdam(.1)})
	assert.EqualError(t, err, "train: step 0: ops: CrossEntropy: labels: index 1 is 7, want 0 to 1, or -1 for padding")
	_, err = runOnce(store, build, l)
	assert.EqualError(t, err, "train: evaluation: ops: CrossEntropy: labels: index 1 is 7, want 0 to 1, or -1 for padding")
}

// An input of a loader has no value before the first Set.
func TestRunsBeforeAValueIsSet(t *testing.T) {
	l := unlabelled(t)
	g := G.NewGraph()
	in, err := l.Input(g, "graphs", 0)
	require.NoError(t, err)
	sum, err := ops.Sum(in.X.Dense)
	require.NoError(t, err)
	e, err := train.NewEvaluator(sum)
	require.NoError(t, err)
	_, err = e.Run()
	assert.EqualError(t, err, "train: evaluation: the input graphs/x has no value, want one by Set or gorgonia.Let before the run")
	for b, err := range l.Epoch(0) {
		require.NoError(t, err)
		require.NoError(t, in.Set(b))
		v, err := e.Run()
		require.NoError(t, err)
		assert.Equal(t, float32(b.Nodes), v[0].Data(), "a column of ones")
	}
}
