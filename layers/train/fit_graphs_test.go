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
)

// A run compiles one graph for training in disjoint mode and at most four in
// batch mode, and as many to look at the validation part: as often as the model
// is built. Graphs are of very unequal sizes, and the batches of every epoch are
// others.
func TestCompiledGraphsOfARun(t *testing.T) {
	for mode, most := range map[modes.Mode]int{modes.Disjoint: 1, modes.Batch: 4} {
		for _, batch := range []int{1, 7, 32} {
			graphs, labels := unequal()
			l, err := modes.NewLoader(graphs, modes.GraphClasses(labels), modes.LoaderOptions{Batch: batch, Mode: mode, Seed: 3})
			require.NoError(t, err)
			o := train.FitOptions{Epochs: 5, Solver: train.NewAdam(.01)}
			o.Training, err = l.Part(indices(80), false)
			require.NoError(t, err)
			o.Validation, err = l.Part(indices(100)[80:], true)
			require.NoError(t, err)
			store, err := param.NewStore(tensor.Float32, 2)
			require.NoError(t, err)
			built := map[bool]int{} // for training or not
			got, err := train.Fit(store, func(sc *param.Scope, in modes.Input) (train.Model, error) {
				built[sc.Training()]++
				return classifier(sc, in)
			}, o)
			require.NoError(t, err)
			assert.Equal(t, built[true], got.Compiled, "%v mode, batches of %d", mode, batch)
			for _, n := range built {
				assert.Positive(t, n)
				assert.LessOrEqual(t, n, most, "%v mode, batches of %d", mode, batch)
			}
		}
	}
}

// unequal is a hundred graphs, most of 4 to 15 nodes, every tenth ten times as
// large.
func unequal() (graphs []*modes.Host, labels []int) {
	graphs, labels = ringsAndPaths(100)
	for i := 0; i < 100; i += 10 {
		var row, col []int
		n := 10 * graphs[i].Nodes
		for j := 1; j < n; j++ {
			row, col = append(row, j-1, j), append(col, j, j-1)
		}
		h, err := modes.FromCOO(n, row, col, nil)
		if err != nil {
			panic(err)
		}
		graphs[i], labels[i] = h, 0
	}
	return graphs, labels
}

// normed is classifier with running statistics, which a checkpoint has too.
func normed(sc *param.Scope, in modes.Input) (train.Model, error) {
	out, err := layers.Sequence(sc, in.Graph, layers.NewGraphConv(16), layers.NewBatchNorm(), layers.NewTopKPool(.9), layers.NewGlobalSumPool(), layers.NewDense(2))
	if err != nil {
		return train.Model{}, err
	}
	loss, err := losses.ClassCrossEntropy(out.X.Dense, in.Labels, in.TargetIDs, losses.ClassOptions{Smoothing: .1, Weights: []float64{1, 2}})
	return train.Model{Loss: loss, Output: out.X.Dense}, err
}

// Interrupted and resumed equals uninterrupted, for each solver and with a rate
// that depends on the step, to the bit: losses, weights, running statistics.
func TestFitResumesWithASchedule(t *testing.T) {
	solvers := map[string]func() G.Solver{
		"adamw": func() G.Solver { return train.NewAdamW(.02, .01) },
		"adam":  func() G.Solver { return train.NewAdam(.02) },
		"sgd":   func() G.Solver { return train.NewSGD(.02, .9) },
	}
	for name, solver := range solvers {
		for _, mode := range []modes.Mode{modes.Disjoint, modes.Batch} {
			t.Run(name+" "+mode.String(), func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "fit.safetensors")
				fit := func(epochs int, checkpoint string, resume bool) (train.Fitted, []any) {
					store, o, _ := fitting(t, mode, tensor.Float32)
					o.Solver, o.Epochs = solver(), epochs
					o.Options = train.Options{
						Rate:     train.WarmUp{Steps: 7, Then: train.Cosine{From: .02, Steps: 30}},
						ClipNorm: 5,
					}
					o.Checkpoint, o.Resume = checkpoint, resume
					got, err := train.Fit(store, normed, o)
					require.NoError(t, err)
					return got, allWeights(store)
				}
				want, weights := fit(7, "", false)
				fit(2, file, false) // within the warm-up's epochs
				fit(5, file, true)
				got, resumed := fit(7, file, true)
				assert.Equal(t, want.History, got.History)
				assert.Equal(t, weights, resumed)
			})
		}
	}
}

// A model may multiply by numbers that are not trained, in every budget.
func TestConstantsOfAModel(t *testing.T) {
	build := func(told bool) train.Build {
		return func(sc *param.Scope, in modes.Input) (train.Model, error) {
			m, err := classifier(sc, in)
			if err != nil {
				return m, err
			}
			table := tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]float32{2, 0, 0, 1}))
			fixed := G.NewMatrix(sc.Graph(), tensor.Float32, G.WithName("table"), G.WithShape(2, 2), G.WithValue(table))
			z, err := G.Mul(m.Output, fixed)
			if err != nil {
				return m, err
			}
			if told {
				m.Constants = []*G.Node{fixed}
			}
			m.Loss, err = losses.ClassCrossEntropy(z, in.Labels, in.TargetIDs, losses.ClassOptions{})
			return m, err
		}
	}
	store, o, _ := fitting(t, modes.Batch, tensor.Float32)
	o.Epochs = 1
	_, err := train.Fit(store, build(false), o)
	require.ErrorContains(t, err, "train: table: the loss multiplies by what looks like a weight and is not trained")
	_, err = train.Fit(store, build(true), o)
	require.NoError(t, err)
}
