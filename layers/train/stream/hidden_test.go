package stream_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/shard"
)

// What the first layer gives is kept of no block, of some or of all, and changes
// no bit.
func TestKeptHidden(t *testing.T) {
	s := stored(t, planted(t, true, false))
	ends := encoders()
	ends["none"] = nil
	for name, layer := range ends {
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			model := func() []layers.Layer {
				ls := []layers.Layer{layers.NewMinCutPool(clusters)}
				if layer != nil {
					ls = append([]layers.Layer{layer()}, ls...)
				}
				return ls
			}
			want := streamed(t, s, dt, stream.Options{}, model()...)
			for _, keep := range keeps(t, s, dt, model()) {
				have := streamed(t, s, dt, stream.Options{Keep: keep}, model()...)
				assert.Equal(t, want.totals, have.totals, "%s, %d bytes", name, keep)
				assert.Equal(t, want.first, have.first)
				for p := range want.store.All() {
					assert.Equal(t, p.Tensor.Data(), have.store.Get(p.Path).Tensor.Data(), p.Path)
				}
			}
		}
	}
}

// keeps is so many bytes that what the first layer gives is kept of some blocks,
// and of all; only the latter, of nothing to keep, where the pooler is alone.
func keeps(t *testing.T, s *shard.Store, dt tensor.Dtype, ls []layers.Layer) (some []int64) {
	t.Helper()
	m, err := stream.New(newStore(t, dt), ls, s, 0)
	require.NoError(t, err)
	defer func() { assert.NoError(t, m.Close()) }()
	shares, blocks := m.Shares(), m.Blocks()
	kept := func(bytes int64) int {
		m.Keep(bytes)
		require.NoError(t, m.Forward(blocks, shares, stream.Wants{}, func(int, stream.Sums) error { return nil }))
		return m.KeepsHidden()
	}
	const all = 1 << 30
	if len(ls) == 1 {
		require.Zero(t, kept(all))
		return []int64{all}
	}
	require.Equal(t, blocks.To, kept(all))
	for bytes := int64(1 << 21); bytes > 0; bytes -= 1 << 14 {
		if n := kept(bytes); n > 0 && n < blocks.To {
			return []int64{bytes, all}
		}
	}
	t.Fatal("there is no number of bytes for some blocks")
	return nil
}

// What was made by other weights is made again.
func TestHiddenOfOtherWeights(t *testing.T) {
	s := stored(t, planted(t, true, false))
	store := newStore(t, tensor.Float64)
	ls := []layers.Layer{encoders()["gcn"](), layers.NewDMoNPool(clusters)}
	m, err := stream.New(store, ls, s, 0)
	require.NoError(t, err)
	defer func() { assert.NoError(t, m.Close()) }()
	o, err := stream.NewObjective(m.Pooler(), m.K(), nil)
	require.NoError(t, err)
	shares := m.Shares()
	forward := func() stream.Losses {
		sums := stream.NewSums(clusters)
		take := func(_ int, x stream.Sums) error {
			sums.Add(x)
			return nil
		}
		require.NoError(t, m.Forward(m.Blocks(), shares, o.Wants(), take))
		require.NoError(t, m.Edges(m.Blocks(), shares, take))
		at, err := o.At(sums)
		require.NoError(t, err)
		return at
	}
	gradient := func(at stream.Losses) stream.Gradients {
		total := stream.Gradients{}
		require.NoError(t, m.Gradient(m.Blocks(), shares, at.By, true, func(_ int, g stream.Gradients, _ stream.Sums) error {
			total.Add(g)
			return nil
		}))
		return total
	}
	change := func(by float64) {
		for p := range store.All() {
			p.Tensor.Data().([]float64)[0] += by
		}
	}
	change(.5)
	at := forward() // keeps nothing
	want := gradient(at)
	change(-.5)
	m.Keep(1 << 30)
	before := forward()
	require.Equal(t, m.Blocks().To, m.KeepsHidden())
	assert.NotEqual(t, want, gradient(before))
	change(.5)
	forward()
	assert.Equal(t, want, gradient(at), "made anew")
	change(-.5)
	forward()
	change(.5) // S is that of other weights than what the gradient is asked for
	other := gradient(at)
	m.Keep(0)
	assert.Equal(t, gradient(at), other, "not what was kept")
}
