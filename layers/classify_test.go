package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

var bothModes = []modes.Mode{modes.Disjoint, modes.Batch}

// generated is graphs to train on, others to test on, and all of them.
func generated(t *testing.T, training, test int) (all, in, out classified) {
	all, err := ringsAndTrees(1, training+test)
	require.NoError(t, err)
	return all, classified{all.graphs[:training], all.labels[:training]}, classified{all.graphs[training:], all.labels[training:]}
}

// generatedRecipe has batches that the graphs do not fill.
func generatedRecipe(mode modes.Mode) recipe {
	return recipe{
		mode: mode, dt: tensor.Float32, seed: 3, classes: 2, batch: 32, units: 32,
		ratio: 0.7, clusters: 3, rate: 1e-2, epochs: 40,
	}
}

// A model of three levels learns to tell rings from trees, by one expression
// graph that serves all batches, the last one part-full.
func TestClassifyGenerated(t *testing.T) {
	all, training, test := generated(t, 150, 100)
	for _, mode := range bothModes {
		t.Run(mode.String(), func(t *testing.T) {
			got, err := generatedRecipe(mode).train(training, all)
			require.NoError(t, err)
			accuracy, err := got.accuracy(test)
			require.NoError(t, err)
			t.Logf("loss %.4f → %.4f, cross-entropy %.4f → %.4f, accuracy %.2f", got.first().total, got.last().total,
				got.first().entropy, got.last().entropy, accuracy)
			require.Positive(t, got.first().total)
			assert.LessOrEqual(t, got.last().total, got.first().total/2)
			assert.LessOrEqual(t, got.last().entropy, got.first().entropy/2)
			assert.Greater(t, accuracy, test.majority())
		})
	}
}

// Padding is the only difference between the modes, and it changes nothing:
// the losses of some epochs and the logits after them are the same.
func TestClassifyDisjointIsBatch(t *testing.T) {
	all, training, test := generated(t, 40, 10)
	var history [][]epoch
	var logits [][]float64
	for _, mode := range bothModes {
		r := generatedRecipe(mode)
		r.dt, r.batch, r.epochs = tensor.Float64, 16, 3
		got, err := r.train(training, all)
		require.NoError(t, err)
		z, err := got.logits(test)
		require.NoError(t, err)
		history, logits = append(history, got.history), append(logits, z)
	}
	for e := range history[0] {
		assert.InDelta(t, history[0][e].total, history[1][e].total, 1e-9)
		assert.InDelta(t, history[0][e].entropy, history[1][e].entropy, 1e-9)
	}
	assert.InDeltaSlice(t, logits[0], logits[1], 1e-9)
}

// A graph's logits do not depend on the graphs beside it, on how many places
// the batch has for more, or on the room for nodes.
func TestClassifyAloneAsInABatch(t *testing.T) {
	all, training, test := generated(t, 40, 10)
	for _, mode := range bothModes {
		r := generatedRecipe(mode)
		r.dt, r.epochs = tensor.Float64, 1
		got, err := r.train(training, all)
		require.NoError(t, err)
		want, err := got.logits(test)
		require.NoError(t, err)
		for i := range test.graphs {
			alone := test.at([]int{i})
			z, err := got.logits(alone)
			require.NoError(t, err)
			assert.InDeltaSlice(t, want[2*i:2*i+2], z, 1e-12, "%v: in a large batch", mode)
			small := *got
			small.batch, small.budget = 1, modes.Budget{}
			z, err = small.logits(alone)
			require.NoError(t, err)
			assert.InDeltaSlice(t, want[2*i:2*i+2], z, 1e-12, "%v: without padding", mode)
		}
	}
}

// Same seed, same bits.
func TestClassifyAgain(t *testing.T) {
	all, training, test := generated(t, 40, 10)
	for _, mode := range bothModes {
		r := generatedRecipe(mode)
		r.epochs = 2
		var logits [][]float64
		for range 2 {
			got, err := r.train(training, all)
			require.NoError(t, err)
			z, err := got.logits(test)
			require.NoError(t, err)
			logits = append(logits, z)
		}
		assert.Equal(t, logits[0], logits[1], mode)
	}
}
