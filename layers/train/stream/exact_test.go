package stream_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/shard"
)

// streamed trains the model from the store.
func streamed(t *testing.T, s *shard.Store, dt tensor.Dtype, o stream.Options, ls ...layers.Layer) curve {
	t.Helper()
	store := newStore(t, dt)
	tr, err := stream.NewTrainer(store, ls, s, adam(), o)
	require.NoError(t, err)
	defer tr.Close()
	out := curve{first: map[string][]float64{}, store: store}
	for i := range epochs {
		e, err := tr.Step()
		require.NoError(t, err)
		out.totals = append(out.totals, e.Total)
		if i > 0 {
			continue
		}
		for p := range store.All() {
			out.first[p.Path] = append([]float64(nil), tr.Gradient(p.Path)...)
		}
	}
	return out
}

// grouped is streamed with A·S of so many blocks at a time.
func grouped(t *testing.T, s *shard.Store, blocks int, p layers.Layer) []float64 {
	t.Helper()
	tr, err := stream.NewTrainer(newStore(t, tensor.Float32), []layers.Layer{encoders()["gcn"](), p}, s, adam(), stream.Options{Partitions: 2})
	require.NoError(t, err)
	defer tr.Close()
	tr.Model.Group(blocks)
	var totals []float64
	for range epochs {
		e, err := tr.Step()
		require.NoError(t, err)
		totals = append(totals, e.Total)
	}
	return totals
}

func inputs(t *testing.T) map[string]*modes.Host {
	return map[string]*modes.Host{
		"plain": planted(t, false, false), "weighted": planted(t, true, false), "directed": planted(t, true, true),
	}
}

// In float64, and on the same features, a streamed training is the one in memory
// but for the order of additions.
func TestStreamedIsExact(t *testing.T) {
	for name, h := range inputs(t) {
		s := stored(t, h)
		for method, pooler := range poolers() {
			for encoder, layer := range encoders() {
				if name != "weighted" && encoder != "gcn" {
					continue
				}
				t.Run(name+"/"+method+"/"+encoder, func(t *testing.T) {
					hops := layer().(layers.Propagated).Hops()
					for _, clip := range []float64{0, .01} {
						o := train.Options{ClipNorm: clip}
						want := inMemory(t, h, s, hops, tensor.Float64, o, layer(), pooler())
						have := streamed(t, s, tensor.Float64, stream.Options{Training: o}, layer(), pooler())
						assert.Less(t, relative(have.totals, want.totals), 1e-12)
						o.NoPenalties = true
						bare := inMemory(t, h, s, hops, tensor.Float64, o, layer(), pooler())
						require.Len(t, have.first, len(bare.first))
						for path, g := range bare.first {
							assert.Less(t, relative(have.first[path], g), 1e-12, path)
						}
					}
				})
			}
		}
	}
}

// In float32 it is the real layer, which propagates by itself, and nearer to the
// training in float64 than that: its sums are float64.
func TestStreamedIsTheLayer(t *testing.T) {
	for name, h := range inputs(t) {
		s := stored(t, h)
		for method, pooler := range poolers() {
			for encoder, layer := range encoders() {
				t.Run(name+"/"+method+"/"+encoder, func(t *testing.T) {
					hops := layer().(layers.Propagated).Hops()
					exact := inMemory(t, h, s, hops, tensor.Float64, train.Options{}, layer(), pooler())
					layered := inMemory(t, h, s, nil, tensor.Float32, train.Options{}, layer(), pooler())
					have := streamed(t, s, tensor.Float32, stream.Options{}, layer(), pooler())
					assert.InDeltaSlice(t, layered.totals, have.totals, 2e-6)
					assert.Less(t, relative(have.totals, exact.totals), 1e-6)
				})
			}
		}
	}
}

// What is kept in memory changes no bit: nothing, some of the features, all of
// them and some of the edges, all of these and what the first layer gives.
func TestKept(t *testing.T) {
	s := stored(t, planted(t, true, false))
	for encoder, layer := range encoders() {
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			want := streamed(t, s, dt, stream.Options{}, layer(), layers.NewMinCutPool(clusters))
			for _, keep := range []int64{30_000, 250_000, 1 << 30} {
				have := streamed(t, s, dt, stream.Options{Keep: keep}, layer(), layers.NewMinCutPool(clusters))
				assert.Equal(t, want.totals, have.totals, "%s, %d bytes", encoder, keep)
			}
		}
	}
}

// Of how many blocks A·S is made at a time changes no bit.
func TestGroups(t *testing.T) {
	s := stored(t, planted(t, true, false))
	for method, pooler := range poolers() {
		want := grouped(t, s, s.Blocks(), pooler())
		for _, blocks := range []int{1, 3, s.Blocks() - 1} {
			assert.Equal(t, want, grouped(t, s, blocks, pooler()), "%s, %d blocks", method, blocks)
		}
	}
}

// Neither partitions nor threads change a bit.
func TestPartitionsAndThreads(t *testing.T) {
	s := stored(t, planted(t, true, false))
	for method, pooler := range poolers() {
		t.Run(method, func(t *testing.T) {
			var first curve
			for _, threads := range []int{1, 2} {
				for _, partitions := range []int{0, 1, 4, 8, 13} {
					before := runtime.GOMAXPROCS(threads)
					have := streamed(t, s, tensor.Float32, stream.Options{Partitions: partitions}, encoders()["gcn"](), pooler())
					runtime.GOMAXPROCS(before)
					if first.totals == nil {
						first = have
						continue
					}
					assert.Equal(t, first.totals, have.totals, "%d partitions, %d threads", partitions, threads)
					for p := range first.store.All() {
						assert.Equal(t, p.Tensor.Data(), have.store.Get(p.Path).Tensor.Data(), "%s: %d partitions, %d threads", p.Path, partitions, threads)
					}
				}
			}
		})
	}
}
