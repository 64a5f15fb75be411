package cluster_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

func trainedOn(t *testing.T, h *modes.Host, o cluster.Options, raw bool) (*cluster.Task, *cluster.Trained) {
	t.Helper()
	task, err := cluster.New(h, o.Features)
	if raw {
		task, err = cluster.NewRaw(h)
	}
	require.NoError(t, err)
	var start []int
	if !raw {
		start, err = task.Start(context.Background(), o.K, o.Seed)
		require.NoError(t, err)
	}
	out, err := task.Train(context.Background(), start, o, 0)
	require.NoError(t, err)
	return task, out
}

func TestASavedModelPredictsTheBitsOfItsTraining(t *testing.T) {
	withFeatures := cliques(t, 4, 5)
	x := make([]float32, 20*7)
	for i := range x {
		if i/7/5 == i%7 || i%11 == 0 {
			x[i] = 1
		}
	}
	withFeatures.X = tensor.New(tensor.WithShape(20, 7), tensor.WithBacking(x))
	for name, c := range map[string]struct {
		h     *modes.Host
		dtype tensor.Dtype
		raw   bool
	}{
		"adjacency": {cliques(t, 4, 5), tensor.Float32, false},
		"float64":   {cliques(t, 4, 5), tensor.Float64, false},
		"features":  {withFeatures, tensor.Float32, false},
		"raw":       {withFeatures, tensor.Float32, true},
	} {
		o := quick(4)
		o.Dtype = c.dtype
		if c.raw {
			o.Init, o.Encoder = cluster.Random, func() []layers.Layer { return []layers.Layer{layers.NewGCNConv(6)} }
		}
		task, out := trainedOn(t, c.h, o, c.raw)
		file := filepath.Join(t.TempDir(), "m.safetensors")
		require.NoError(t, task.Model(out).Save(file, []byte(`{"a":1}`)), name)
		m, note, err := cluster.Load(file)
		require.NoError(t, err, name)
		assert.JSONEq(t, `{"a":1}`, string(note))
		assert.Equal(t, 4, m.K)
		again, shares, err := m.Predict(c.h)
		require.NoError(t, err, name)
		assert.Equal(t, out.Shares, shares, name)
		assert.Equal(t, task.Z, again.Z, name)
	}
}

func TestASavedModelMixesTheNeighboursItsTrainingSaw(t *testing.T) {
	h, o := cliques(t, 4, 5), quick(4)
	o.Encoder = func() []layers.Layer { return []layers.Layer{layers.NewGCNConv(6)} }
	task, err := cluster.New(h, o.Features)
	require.NoError(t, err)
	require.NoError(t, task.Mix(0.5, 3))
	start, err := task.Start(context.Background(), o.K, o.Seed)
	require.NoError(t, err)
	out, err := task.Train(context.Background(), start, o, 0)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	require.NoError(t, task.Model(out).Save(file, nil))
	m, _, err := cluster.Load(file)
	require.NoError(t, err)
	_, shares, err := m.Predict(h)
	require.NoError(t, err)
	assert.Equal(t, out.Shares, shares)
}

func TestAModelClustersANewGraphOfTheSameFeatures(t *testing.T) {
	h := cliques(t, 4, 5)
	x := make([]float32, 20*4)
	for i := range 20 {
		x[i*4+i/5] = 1
	}
	h.X = tensor.New(tensor.WithShape(20, 4), tensor.WithBacking(x))
	task, out := trainedOn(t, h, quick(4), false)
	more := cliques(t, 4, 8)
	y := make([]float32, 32*4)
	for i := range 32 {
		y[i*4+i/8] = 1
	}
	more.X = tensor.New(tensor.WithShape(32, 4), tensor.WithBacking(y))
	_, shares, err := task.Model(out).Predict(more)
	require.NoError(t, err)
	for i := range 32 { // each clique goes where the smaller one of its feature went
		best, want := 0, out.Clusters[i/8*5]
		for c := range 4 {
			if shares[i*4+c] > shares[i*4+best] {
				best = c
			}
		}
		assert.Equal(t, want, best, "node %d", i)
	}
	_, _, err = task.Model(out).Predict(cliques(t, 4, 5))
	assert.ErrorContains(t, err, "a graph without features, want 4")
}

func TestFilesThatAreNoModel(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m")
	store, err := param.NewStore(tensor.Float32, 1)
	require.NoError(t, err)
	require.NoError(t, store.Save(file, []byte(`{"k":0}`)))
	_, _, err = cluster.Load(file)
	assert.ErrorContains(t, err, "no model of package cluster")
	require.NoError(t, store.Save(file, []byte(`{"k":2,"layers":[],"features":{"kind":1,"directions":[3,2,2],"scale":[1,2,3]}}`)))
	_, _, err = cluster.Load(file)
	assert.ErrorContains(t, err, "features/basis: missing")
	require.NoError(t, store.Save(file, []byte(`{"k":2,"layers":[],"features":{"kind":1,"directions":[3,2,2],"scale":[1]}}`)))
	_, _, err = cluster.Load(file)
	assert.ErrorContains(t, err, "scales of other than the 3 columns")
	require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
	_, _, err = cluster.Load(file)
	assert.ErrorContains(t, err, "not a whole safetensors file")
}
