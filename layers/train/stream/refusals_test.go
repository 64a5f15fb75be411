package stream_test

import (
	"errors"
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/layers/train/stream"
)

// wrong is a source of which one thing is not as it should be.
type wrong struct {
	stream.Source
	features func(h, b int, x []float32) ([]float32, error)
	edges    func(b int, e *stream.Edges) error
	meta     func(m *stream.Meta)
}

func (w wrong) Meta() stream.Meta {
	m := w.Source.Meta()
	if w.meta != nil {
		w.meta(&m)
	}
	return m
}

func (w wrong) Features(h, b int, x []float32) ([]float32, error) {
	x, err := w.Source.Features(h, b, x)
	if err == nil && w.features != nil {
		return w.features(h, b, x)
	}
	return x, err
}

func (w wrong) Edges(b int, e *stream.Edges) error {
	err := w.Source.Edges(b, e)
	if err == nil && w.edges != nil {
		return w.edges(b, e)
	}
	return err
}

func TestRefusals(t *testing.T) {
	s := stored(t, planted(t, false, false))
	gcn, dmon := encoders()["gcn"](), layers.NewDMoNPool(clusters)
	dropped := layers.NewDMoNPool(clusters)
	dropped.Dropout = .5
	active := layers.NewDMoNPool(clusters)
	active.Activity = param.L2{Factor: 1}
	for want, build := range map[string]func() (*stream.Trainer, error){
		"the solver is nil": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dmon}, s, nil, stream.Options{})
		},
		"Partitions = -1": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dmon}, s, adam(), stream.Options{Partitions: -1})
		},
		"hops = -1": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dmon}, s, adam(), stream.Options{Hops: -1})
		},
		"propagated over 3 hops, and the store has 2, want a store with --hops 3": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dmon}, s, adam(), stream.Options{Hops: 2})
		},
		"the store or the source is nil": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dmon}, nil, adam(), stream.Options{})
		},
		"the model has dropout or statistics of the batch": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dropped}, s, adam(), stream.Options{})
		},
		"activity regulariser": func() (*stream.Trainer, error) {
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, active}, s, adam(), stream.Options{})
		},
		"the graph has 0 columns of features": func() (*stream.Trainer, error) {
			w := wrong{Source: s, meta: func(m *stream.Meta) { m.Features = 0 }}
			return stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{gcn, dmon}, w, adam(), stream.Options{})
		},
	} {
		_, err := build()
		assert.ErrorContains(t, err, want)
	}
}

// A source that fails within a pass leaves the weights as they were, and the
// next step goes on.
func TestASourceThatFails(t *testing.T) {
	h := planted(t, false, false)
	broken := errors.New("the disk is gone")
	for want, change := range map[string]func(w *wrong, on *bool){
		"the disk is gone": func(w *wrong, on *bool) {
			w.features = func(_, b int, x []float32) ([]float32, error) {
				if *on && b == 5 {
					return nil, broken
				}
				return x, nil
			}
		},
		"block 3 has 7 numbers of features, want 200×12": func(w *wrong, on *bool) {
			w.features = func(_, b int, x []float32) ([]float32, error) {
				if *on && b == 3 {
					return x[:7], nil
				}
				return x, nil
			}
		},
		"column of entry 0 is 9999, want 0 to 1499": func(w *wrong, on *bool) {
			w.edges = func(b int, e *stream.Edges) error {
				if *on && b == 2 {
					e.Col[0] = 9999
				}
				return nil
			}
		},
		"block 1 has 200 row pointers, want 201": func(w *wrong, on *bool) {
			w.edges = func(b int, e *stream.Edges) error {
				if *on && b == 1 {
					e.Ptr = e.Ptr[:200]
				}
				return nil
			}
		},
	} {
		on := true
		w := wrong{Source: stored(t, h)}
		change(&w, &on)
		store := newStore(t, tensor.Float32)
		tr, err := stream.NewTrainer(store, []layers.Layer{encoders()["gcn"](), layers.NewDMoNPool(clusters)}, w, adam(), stream.Options{Partitions: 2})
		require.NoError(t, err)
		before := store.Clone()
		_, err = tr.Step()
		assert.ErrorContains(t, err, want)
		for p := range before.All() {
			assert.Equal(t, p.Tensor.Data(), store.Get(p.Path).Tensor.Data(), p.Path)
		}
		on = false
		_, err = tr.Step()
		assert.NoError(t, err)
		assert.Equal(t, 1, tr.Steps())
		assert.NoError(t, tr.Close())
	}
}

// A loss that is not finite is the error of a training in memory.
func TestADivergedTraining(t *testing.T) {
	w := wrong{Source: stored(t, planted(t, false, false)), features: func(_, _ int, x []float32) ([]float32, error) {
		for i := range x {
			x[i] = float32(math.NaN())
		}
		return x, nil
	}}
	tr, err := stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{encoders()["gcn"](), layers.NewDMoNPool(clusters)}, w, adam(), stream.Options{})
	require.NoError(t, err)
	_, err = tr.Step()
	var l *train.LossError
	require.ErrorAs(t, err, &l)
	assert.Zero(t, tr.Steps())
}

// Checkpoints hold weights and moments: what follows has the same bits.
func TestCheckpoints(t *testing.T) {
	s := stored(t, planted(t, true, false))
	build := func() (*stream.Trainer, *param.Store) {
		store := newStore(t, tensor.Float32)
		tr, err := stream.NewTrainer(store, []layers.Layer{encoders()["gcn-skip"](), layers.NewMinCutPool(clusters)}, s, adam(), stream.Options{})
		require.NoError(t, err)
		return tr, store
	}
	run := func(tr *stream.Trainer, n int) (totals []float64) {
		for range n {
			e, err := tr.Step()
			require.NoError(t, err)
			totals = append(totals, e.Total)
		}
		return totals
	}
	whole, first := build()
	want := run(whole, 8)
	a, _ := build()
	have := run(a, 3)
	file := filepath.Join(t.TempDir(), "c.safetensors")
	require.NoError(t, a.SaveCheckpoint(file, []byte(`{"a":1}`)))
	b, second := build()
	config, err := b.LoadCheckpoint(file)
	require.NoError(t, err)
	assert.JSONEq(t, `{"a":1}`, string(config))
	assert.Equal(t, want, append(have, run(b, 5)...))
	for p := range first.All() {
		assert.Equal(t, p.Tensor.Data(), second.Get(p.Path).Tensor.Data())
	}
}
