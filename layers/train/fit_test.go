package train_test

import (
	"errors"
	"path/filepath"
	"runtime"
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

// ringsAndPaths is graphs of two classes, of 4 to 15 nodes: paths are class 0.
func ringsAndPaths(count int) (graphs []*modes.Host, labels []int) {
	for i := range count {
		n, ring := 4+i*7%12, i%2
		var row, col []int
		for j := range n {
			if k := (j + 1) % n; k > 0 || ring == 1 {
				row, col = append(row, j, k), append(col, k, j)
			}
		}
		h, err := modes.FromCOO(n, row, col, nil)
		if err != nil {
			panic(err)
		}
		graphs, labels = append(graphs, h), append(labels, ring)
	}
	return graphs, labels
}

// classifier is a small model with a pooling layer and dropout.
func classifier(sc *param.Scope, in modes.Input) (train.Model, error) {
	conv := func() layers.Layer {
		l := layers.NewGraphConv(16)
		l.Activation = ops.ReLU
		return l
	}
	out, err := layers.Sequence(sc, in.Graph, conv(), conv(), layers.NewTopKPool(.9), layers.NewGlobalSumPool(), layers.NewDense(2))
	if err != nil {
		return train.Model{}, err
	}
	z := out.X.Dense
	if sc.Training() {
		if z, err = ops.Dropout(z, .1, sc.Seed()); err != nil {
			return train.Model{}, err
		}
	}
	loss, err := losses.ClassCrossEntropy(z, in.Labels, in.TargetIDs, losses.ClassOptions{})
	if err != nil {
		return train.Model{}, err
	}
	return train.Model{Loss: loss, Output: out.X.Dense}, nil
}

// fitting is a training of the classifier and the store of its weights.
func fitting(t *testing.T, mode modes.Mode, dt tensor.Dtype) (*param.Store, train.FitOptions, []int) {
	t.Helper()
	graphs, labels := ringsAndPaths(50)
	l, err := modes.NewLoader(graphs, modes.GraphClasses(labels), modes.LoaderOptions{Batch: 8, Mode: mode, Dtype: dt, Seed: 4})
	require.NoError(t, err)
	validation, rest, err := modes.StratifiedPart(labels, indices(50), .2, 1)
	require.NoError(t, err)
	o := train.FitOptions{Epochs: 6, Solver: train.NewAdamW(.02, .01)}
	o.Training, err = l.Part(rest, false)
	require.NoError(t, err)
	o.Validation, err = l.Part(validation, true)
	require.NoError(t, err)
	store, err := param.NewStore(dt, 2)
	require.NoError(t, err)
	return store, o, labels
}

func indices(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}

func allWeights(store *param.Store) (all []any) {
	for p := range store.All() {
		all = append(all, p.Path, p.Tensor.Data())
	}
	return all
}

func TestFitLearns(t *testing.T) {
	for mode, most := range map[modes.Mode]int{modes.Disjoint: 1, modes.Batch: 4} {
		t.Run(mode.String(), func(t *testing.T) {
			store, o, labels := fitting(t, mode, tensor.Float32)
			o.Epochs = 60
			o.Stop = &train.EarlyStopping{Patience: 60, Larger: true}
			o.Score = func(p train.Predictions) (float64, error) {
				predicted, want := p.GraphClasses(labels)
				require.Len(t, want, 10)
				right := 0.
				for i := range want {
					if predicted[i] == want[i] {
						right++
					}
				}
				return right / 10, nil
			}
			got, err := train.Fit(store, classifier, o)
			require.NoError(t, err)
			assert.Less(t, got.History[59].Loss, got.History[0].Loss/2)
			best, at := o.Stop.Best()
			assert.Greater(t, best, .6, "half are of each class")
			assert.LessOrEqual(t, got.Compiled, most)
			assert.Positive(t, got.Compiled)

			p, err := train.NewPredictor(store, classifier) // the best weights are back
			require.NoError(t, err)
			defer p.Close()
			again, err := p.Run(o.Validation)
			require.NoError(t, err)
			score, err := o.Score(again)
			require.NoError(t, err)
			assert.Equal(t, best, score)
			assert.InDelta(t, got.History[at].Validation, again.Loss, 1e-6)
		})
	}
}

func TestFitSameSeedSameBits(t *testing.T) {
	for _, mode := range []modes.Mode{modes.Disjoint, modes.Batch} {
		store, o, _ := fitting(t, mode, tensor.Float32)
		first, err := train.Fit(store, classifier, o)
		require.NoError(t, err)
		other, o, _ := fitting(t, mode, tensor.Float32)
		threads := runtime.GOMAXPROCS(1) // nor does the number of threads matter
		second, err := train.Fit(other, classifier, o)
		runtime.GOMAXPROCS(threads)
		require.NoError(t, err)
		assert.Equal(t, first, second)
		assert.Equal(t, allWeights(store), allWeights(other))
	}
}

// Interrupted after some epochs and resumed equals uninterrupted, with dropout,
// a falling rate and early stopping, in several budgets.
func TestFitResumes(t *testing.T) {
	for _, mode := range []modes.Mode{modes.Disjoint, modes.Batch} {
		t.Run(mode.String(), func(t *testing.T) {
			options := func() (*param.Store, train.FitOptions) {
				store, o, _ := fitting(t, mode, tensor.Float32)
				o.Plateau = &train.Plateau{Rate: .05, Factor: .5}
				o.Stop = &train.EarlyStopping{Patience: 9}
				o.Epochs = 7
				return store, o
			}
			whole, o := options()
			want, err := train.Fit(whole, classifier, o)
			require.NoError(t, err)

			cut, o := options()
			o.Checkpoint = filepath.Join(t.TempDir(), "fit.safetensors")
			o.OnEpoch = func(e train.Epoch) error {
				if e.Number == 3 {
					return train.ErrStop
				}
				return nil
			}
			got, err := train.Fit(cut, classifier, o)
			require.NoError(t, err)
			require.Len(t, got.History, 4)

			resumed, p := options()
			p.Checkpoint, p.Resume = o.Checkpoint, true
			got, err = train.Fit(resumed, classifier, p)
			require.NoError(t, err)
			assert.Equal(t, want.History, got.History)
			assert.Equal(t, allWeights(whole), allWeights(resumed))
		})
	}
}

func TestFitRefusals(t *testing.T) {
	store, good, _ := fitting(t, modes.Disjoint, tensor.Float64)
	for want, change := range map[string]func(o *train.FitOptions){
		"train: fit: Training is nil, want a loader":                         func(o *train.FitOptions) { o.Training = nil },
		"train: fit: Epochs = 0, want at least 1":                            func(o *train.FitOptions) { o.Epochs = 0 },
		"train: fit: Plateau and Options.Rate are set, want one of them":     func(o *train.FitOptions) { o.Plateau = &train.Plateau{}; o.Options.Rate = o.Plateau },
		"train: fit: Resume is set, want Checkpoint, the file to go on from": func(o *train.FitOptions) { o.Resume = true },
		"train: runner: the store, the model or the solver is nil":           func(o *train.FitOptions) { o.Solver = nil },
		"train: fit: Score is set, want Validation, which it is of": func(o *train.FitOptions) {
			o.Validation = nil
			o.Score = func(train.Predictions) (float64, error) { return 0, nil }
		},
		"train: fit: score: no": func(o *train.FitOptions) {
			o.Score = func(train.Predictions) (float64, error) { return 0, errors.New("no") }
		},
		"train: plateau: Factor = 0, want (0, 1)": func(o *train.FitOptions) { o.Plateau = &train.Plateau{Rate: .1} },
		"enough": func(o *train.FitOptions) { o.OnEpoch = func(train.Epoch) error { return errors.New("enough") } },
	} {
		o := good
		change(&o)
		_, err := train.Fit(store, classifier, o)
		assert.EqualError(t, err, want)
	}
	stopped := good
	stopped.OnEpoch = func(e train.Epoch) error { return map[int]error{1: errors.New("enough")}[e.Number] }
	fitted, err := train.Fit(store, classifier, stopped)
	require.EqualError(t, err, "enough")
	assert.Len(t, fitted.History, 2, "what was done before the error")
	o := good
	o.Checkpoint, o.Resume = filepath.Join(t.TempDir(), "none"), true
	_, err = train.Fit(store, classifier, o)
	assert.ErrorContains(t, err, "train: fit: checkpoint: ")
	_, err = train.NewPredictor(nil, classifier)
	assert.EqualError(t, err, "train: predictor: the store or the model is nil")
	_, err = train.NewRunner(store, classifier, good.Solver, train.Options{Outputs: []*G.Node{nil}})
	assert.EqualError(t, err, "train: runner: Outputs are set, want none: each budget has nodes of its own")
	_, err = train.NewRunner(store, classifier, good.Solver, train.Options{Constants: []*G.Node{nil}})
	assert.EqualError(t, err, "train: runner: Constants are set, want none, but those of the Model: each budget has nodes of its own")
	_, err = train.NewRunner(store, classifier, good.Solver, train.Options{Sealed: []*G.Node{nil}})
	assert.EqualError(t, err, "train: runner: Sealed is set, want none: each budget has nodes of its own, and each step other tensors")
	_, err = train.NewRunner(store, classifier, G.NewVanillaSolver(), train.Options{Rate: train.ConstantRate(1)})
	assert.EqualError(t, err, "train: runner: Rate is set, but *gorgonia.VanillaSolver has no method SetLR")
	r, err := train.NewRunner(store, classifier, good.Solver, train.Options{})
	require.NoError(t, err)
	_, err = r.Epoch(nil, 0)
	assert.EqualError(t, err, "train: the loader is nil")
	p, err := train.NewPredictor(store, classifier)
	require.NoError(t, err)
	_, err = p.Run(nil)
	assert.EqualError(t, err, "train: the loader is nil")
}

// Targets of nodes: the output has a row a node, and predictions come per graph.
func TestPredictionsOfNodes(t *testing.T) {
	graphs, _ := ringsAndPaths(5)
	classes := make([][]int, 5)
	for i, h := range graphs {
		classes[i] = make([]int, h.Nodes)
		if i%2 == 0 {
			classes[i][0], classes[i][h.Nodes-1] = 1, 1 // the ends of a path
		}
	}
	for _, mode := range []modes.Mode{modes.Disjoint, modes.Batch} {
		l, err := modes.NewLoader(graphs, modes.NodeClasses(classes), modes.LoaderOptions{Batch: 2, Mode: mode, Seed: 1})
		require.NoError(t, err)
		store, err := param.NewStore(tensor.Float32, 1)
		require.NoError(t, err)
		build := func(sc *param.Scope, in modes.Input) (train.Model, error) {
			conv := layers.NewGraphConv(16)
			conv.Activation = ops.ReLU
			out, err := layers.Sequence(sc, in.Graph, conv, layers.NewGraphConv(2))
			if err != nil {
				return train.Model{}, err
			}
			loss, err := losses.ClassCrossEntropy(out.X.Dense, in.Labels, in.TargetIDs, losses.ClassOptions{})
			return train.Model{Loss: loss, Output: out.X.Dense}, err
		}
		_, err = train.Fit(store, build, train.FitOptions{Training: l, Epochs: 80, Solver: train.NewAdam(.05)})
		require.NoError(t, err)
		p, err := train.NewPredictor(store, build)
		require.NoError(t, err)
		got, err := p.Run(l)
		require.NoError(t, err)
		require.NoError(t, p.Close())
		for k, i := range got.Index {
			assert.Equal(t, classes[i], got.Classes()[k], "%v graph %d", mode, i)
		}
	}
}
