package train

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"
)

func TestCosine(t *testing.T) {
	c := Cosine{From: 1, To: .2, Steps: 4}
	want := []float64{1, .6 + .4*math.Sqrt(.5), .6, .6 - .4*math.Sqrt(.5), .2, .2}
	for step, w := range want {
		assert.InDelta(t, w, c.At(step), 1e-12, step)
	}
	assert.Equal(t, .2, Cosine{From: 1, To: .2}.At(0))
}

func TestWarmUp(t *testing.T) {
	w := WarmUp{Steps: 4, Then: Linear{From: 2, To: 0, End: 2}}
	for step, want := range []float64{.5, 1, 1.5, 2, 2, 1, 0, 0} {
		assert.InDelta(t, want, w.At(step), 1e-12, step)
	}
	assert.Equal(t, 3., WarmUp{Then: ConstantRate(3)}.At(0))
}

func TestPlateau(t *testing.T) {
	p := &Plateau{Rate: 1, Factor: .5, Patience: 1, Least: .2}
	for i, c := range []struct{ figure, rate float64 }{
		{5, 1}, {4, 1}, {4, 1}, {4, .5}, {4, .5}, {6, .25}, {3, .25}, {3, .25}, {3, .2},
	} {
		require.NoError(t, p.Observe(c.figure))
		assert.Equal(t, c.rate, p.At(99), "observation %d", i)
	}
	p = &Plateau{Rate: 1, Factor: .1, Larger: true, Delta: .5}
	for _, c := range []struct{ figure, rate float64 }{{1, 1}, {1.6, 1}, {2, .1}} {
		require.NoError(t, p.Observe(c.figure))
		assert.Equal(t, c.rate, p.Rate)
	}
	assert.EqualError(t, p.Observe(math.NaN()), "train: plateau: the figure is NaN, want a number")
	assert.EqualError(t, (&Plateau{Factor: 1}).Observe(1), "train: plateau: Factor = 1, want (0, 1)")
}

func TestEarlyStopping(t *testing.T) {
	store := newStore(t, tensor.Float64)
	w := dense(tensor.Float64, []float64{0}, 1)
	require.NoError(t, store.Put("w", w))
	e := &EarlyStopping{Patience: 1, Larger: true}
	assert.ErrorContains(t, e.Restore(store), "nothing was observed")
	for i, c := range []struct {
		figure float64
		stop   bool
	}{{.5, false}, {.7, false}, {.6, false}, {.7, true}} {
		require.NoError(t, store.Get("w").Tensor.Memset(float64(i)))
		stop, err := e.Observe(store, c.figure)
		require.NoError(t, err)
		assert.Equal(t, c.stop, stop, i)
	}
	figure, at := e.Best()
	assert.Equal(t, .7, figure)
	assert.Equal(t, 1, at, "the first of equal ones")
	require.NoError(t, e.Restore(store))
	assert.Equal(t, []float64{1}, floats(t, store.Get("w").Tensor))
	_, err := e.Observe(store, math.NaN())
	assert.EqualError(t, err, "train: early stopping: the figure is NaN, want a number")
}

// TestAPlateauIsSaved takes it up in the middle: the rates that follow are the same.
func TestAPlateauIsSaved(t *testing.T) {
	figures := []float64{3, 2, 2, 2, 1, 1, 1, 1, 1, 1, .5}
	made := func() *Plateau { return &Plateau{Rate: 1, Factor: .5, Patience: 1, Least: .1} }
	whole := made()
	for at, v := range figures {
		saved, err := json.Marshal(whole)
		require.NoError(t, err)
		other := made()
		require.NoError(t, json.Unmarshal(saved, other))
		require.NoError(t, other.Observe(v))
		require.NoError(t, whole.Observe(v))
		require.Equal(t, whole, other, "at %d", at)
	}
	assert.Less(t, whole.Rate, 1.)
	for _, text := range []string{`{"rate":-1}`, `{"rate":"x"}`, `{"rate":1,"since":-1}`} {
		assert.ErrorContains(t, json.Unmarshal([]byte(text), made()), "train: plateau")
	}
}
