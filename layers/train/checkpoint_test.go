package train

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// dropping is the trainer of a model whose output is dropped at random.
func dropping(t *testing.T, store *param.Store) *Trainer {
	t.Helper()
	m := newModel(t, store, param.Spec{}, param.Spec{})
	dropped, err := ops.Dropout(m.out, .4, 3)
	require.NoError(t, err)
	loss := G.Must(G.Mean(G.Must(G.Square(G.Must(G.Sub(dropped, m.y))))))
	tr, err := New(m.sc, loss, NewAdam(.05), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, tr.Close()) })
	return tr
}

func steps(t *testing.T, tr *Trainer, n int) (losses []float64) {
	t.Helper()
	for range n {
		loss, err := tr.Step()
		require.NoError(t, err)
		losses = append(losses, loss)
	}
	return losses
}

func weightsOf(store *param.Store) (all []any) {
	for p := range store.All() {
		all = append(all, p.Path, p.Tensor.Clone().(*tensor.Dense).Data())
	}
	return all
}

func TestACheckpointGoesOnToTheSameBits(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		file := filepath.Join(t.TempDir(), "a.safetensors")
		whole := newStore(t, dt)
		tr := dropping(t, whole)
		want := steps(t, tr, 4)
		require.NoError(t, tr.SaveCheckpoint(file, []byte(`{"k":3}`)))
		_, err := tr.Run() // looking at values between changes nothing
		require.NoError(t, err)
		require.NoError(t, tr.SaveCheckpoint(file, []byte(`{"k":3}`)))
		alone, err := CheckpointConfig(file)
		require.NoError(t, err)
		assert.JSONEq(t, `{"k":3}`, string(alone))
		want = append(want, steps(t, tr, 6)...)

		other := newStore(t, dt)
		again := dropping(t, other)
		steps(t, again, 2) // of no effect
		config, err := again.LoadCheckpoint(file)
		require.NoError(t, err)
		assert.JSONEq(t, `{"k":3}`, string(config))
		assert.Equal(t, 4, again.Steps())
		assert.Equal(t, want[4:], steps(t, again, 6), "losses of %v", dt)
		assert.Equal(t, weightsOf(whole), weightsOf(other), "weights of %v", dt)
	}
}

// Dropouts run without a step too: by Forward, or in a run that fails after some
// of them. Each goes on from its own count.
func TestACheckpointKnowsTheRunsOfEachDropout(t *testing.T) {
	fails := false
	between := ops.Custom{
		Name: "Between", Inputs: "f", F32: func(*ops.Run[float32]) error { return nil },
		F64: func(r *ops.Run[float64]) error {
			if copy(r.Out, r.Floats(0)); fails {
				return errors.New("no")
			}
			return nil
		},
		Diff: func(_ G.Nodes, _, g *G.Node) (G.Nodes, error) { return G.Nodes{g}, nil },
	}
	twice := func(store *param.Store) (*Trainer, *G.Node) {
		m := newModel(t, store, param.Spec{}, param.Spec{})
		first := must(t)(ops.Dropout(m.out, .4, 3))
		second := must(t)(ops.Dropout(must(t)(between.Apply(first)), .3, 4))
		loss := G.Must(G.Mean(G.Must(G.Square(G.Must(G.Sub(second, m.y))))))
		tr, err := New(m.sc, loss, NewAdam(.05), Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, tr.Close()) })
		return tr, first
	}
	file := filepath.Join(t.TempDir(), "a.safetensors")
	whole := newStore(t, tensor.Float64)
	tr, first := twice(whole)
	steps(t, tr, 2)
	_, err := Forward(first)
	require.NoError(t, err)
	fails = true
	_, err = tr.Step()
	require.ErrorContains(t, err, "Between: no")
	fails = false
	require.NoError(t, tr.SaveCheckpoint(file, nil))
	want := steps(t, tr, 4)

	other := newStore(t, tensor.Float64)
	again, _ := twice(other)
	_, err = again.LoadCheckpoint(file)
	require.NoError(t, err)
	assert.Equal(t, want, steps(t, again, 4))
	assert.Equal(t, weightsOf(whole), weightsOf(other))

	one := newStore(t, tensor.Float64)
	before := dropping(t, one)
	_, err = before.LoadCheckpoint(file)
	assert.ErrorContains(t, err, "the runs of 2 dropouts, want 1, those of the model")
	assert.NotEqual(t, weightsOf(whole), weightsOf(one), "nothing was changed")
	plain := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	none, err := New(plain.sc, plain.loss, NewAdam(.05), Options{})
	require.NoError(t, err)
	defer none.Close()
	_, err = none.LoadCheckpoint(file)
	assert.NoError(t, err, "a graph that draws nothing needs no runs")
}

func TestACheckpointHasTheSameBytesEachTime(t *testing.T) {
	dir := t.TempDir()
	tr := dropping(t, newStore(t, tensor.Float32))
	steps(t, tr, 3)
	var files [2][]byte
	for i, name := range []string{"a", "b"} {
		require.NoError(t, tr.SaveCheckpoint(filepath.Join(dir, name), nil))
		var err error
		files[i], err = os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
	}
	assert.Equal(t, files[0], files[1])
}

func TestCheckpointsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	store := newStore(t, tensor.Float64)
	tr := dropping(t, store)
	steps(t, tr, 1)
	before := weightsOf(store)

	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	plain, err := New(m.sc, m.loss, G.NewVanillaSolver(), Options{})
	require.NoError(t, err)
	assert.ErrorContains(t, plain.SaveCheckpoint(file("v"), nil), "want train.Adam")
	_, err = plain.LoadCheckpoint(file("v"))
	assert.ErrorContains(t, err, "want train.Adam")

	require.NoError(t, store.Save(file("weights"), nil))
	_, err = tr.LoadCheckpoint(file("weights"))
	assert.ErrorContains(t, err, "no checkpoint of a trainer")
	_, err = tr.LoadCheckpoint(file("missing"))
	assert.ErrorContains(t, err, "no such file")

	narrow := dropping(t, newStore(t, tensor.Float32))
	steps(t, narrow, 1)
	require.NoError(t, narrow.SaveCheckpoint(file("narrow"), nil))
	_, err = tr.LoadCheckpoint(file("narrow"))
	assert.ErrorContains(t, err, "want float64")

	require.NoError(t, tr.SaveCheckpoint(file("whole"), nil))
	data, err := os.ReadFile(file("whole"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file("cut"), data[:len(data)-5], 0o600))
	_, err = tr.LoadCheckpoint(file("cut"))
	assert.ErrorContains(t, err, "not a whole safetensors file")

	assert.Equal(t, before, weightsOf(store), "nothing was changed")
	assert.Equal(t, 1, tr.Steps())
}
