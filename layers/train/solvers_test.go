package train

import (
	"errors"
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

// One step by hand: the kernel 2 decays to 2 − 0.1·0.5·2 = 1.9, the bias 2 does
// not; then Adam moves both by LR.
func TestAdamWByHand(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		a := NewAdamW(.1, .5)
		kernel := pair{w: dense(dt, []float64{2}, 1, 1), g: dense(dt, []float64{4}, 1, 1)}
		bias := pair{w: dense(dt, []float64{2}, 1), g: dense(dt, []float64{4}, 1)}
		require.NoError(t, a.Step([]G.ValueGrad{kernel, bias}))
		assert.InDelta(t, 1.8, floats(t, kernel.w)[0], 1e-6)
		assert.InDelta(t, 1.9, floats(t, bias.w)[0], 1e-6)
		assert.Equal(t, []float64{0}, floats(t, kernel.g), "the gradient is zeroed")
	}
}

// Without decay the steps are Adam's, bit for bit, over several blocks.
func TestAdamWWithoutDecayIsAdam(t *testing.T) {
	n := 10000
	x, g := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], g[i] = math.Sin(float64(i)), math.Cos(float64(3*i))
	}
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		a, b := NewAdam(.01), NewAdamW(.01, 0)
		p, q := pair{w: dense(dt, x, n/2, 2)}, pair{w: dense(dt, x, n/2, 2)}
		for range 3 {
			p.g, q.g = dense(dt, g, n/2, 2), dense(dt, g, n/2, 2)
			require.NoError(t, a.Step([]G.ValueGrad{p}))
			require.NoError(t, b.Step([]G.ValueGrad{q}))
		}
		assert.Equal(t, p.w.Data(), q.w.Data())
	}
}

// Two steps by hand, LR 0.1, momentum 0.5, decay 1 of the kernel:
//
//	w = 2, g = 1 + 2 = 3: v = 3,   w = 1.7
//	w = 1.7, g = 1.7:     v = 3.2, w = 1.38
//
// and with Nesterov: w = 2 − 0.1(3 + 1.5) = 1.55; g = 1.55, v = 3.05, w = 1.55 − 0.1(1.55 + 1.525)
func TestSGDByHand(t *testing.T) {
	for nesterov, want := range map[bool][]float64{false: {1.7, 1.38}, true: {1.55, 1.2425}} {
		for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
			s := NewSGD(.1, .5)
			s.Nesterov, s.Decay = nesterov, 1
			p := pair{w: dense(dt, []float64{2}, 1, 1), g: dense(dt, []float64{1}, 1, 1)}
			for _, w := range want {
				require.NoError(t, s.Step([]G.ValueGrad{p}))
				assert.InDelta(t, w, floats(t, p.w)[0], 1e-6)
				assert.Equal(t, []float64{0}, floats(t, p.g))
			}
			s.Reset()
			bias := pair{w: dense(dt, []float64{2}, 1), g: dense(dt, []float64{1}, 1)}
			require.NoError(t, s.Step([]G.ValueGrad{bias}))
			assert.InDelta(t, map[bool]float64{false: 1.9, true: 1.85}[nesterov], floats(t, bias.w)[0], 1e-6, "no decay")
		}
	}
}

func TestSGDEqualsGorgonias(t *testing.T) {
	ours := pair{w: dense(tensor.Float64, []float64{1, -2}, 2)}
	theirs := pair{w: dense(tensor.Float64, []float64{1, -2}, 2)}
	a, b := NewSGD(.1, 0), G.NewVanillaSolver(G.WithLearnRate(.1))
	for i := range 5 {
		g := []float64{float64(i), .5}
		ours.g, theirs.g = dense(tensor.Float64, g, 2), dense(tensor.Float64, g, 2)
		require.NoError(t, a.Step([]G.ValueGrad{ours}))
		require.NoError(t, b.Step([]G.ValueGrad{theirs}))
	}
	assert.InDeltaSlice(t, floats(t, theirs.w), floats(t, ours.w), 1e-12)
}

func TestSolverErrors(t *testing.T) {
	good := pair{w: dense(tensor.Float64, []float64{1, 2}, 1, 2), g: dense(tensor.Float64, []float64{1, 2}, 1, 2)}
	for want, s := range map[string]G.Solver{
		"train: adamw: Decay = -1, want at least 0":  NewAdamW(.1, -1),
		"train: adamw: Decay = NaN, want at least 0": NewAdamW(.1, math.NaN()),
		"train: adam: LR = -1, want at least 0":      NewAdamW(-1, 0),
		"train: sgd: LR = NaN, want at least 0":      NewSGD(math.NaN(), 0),
		"train: sgd: Momentum = 1, want [0, 1)":      NewSGD(.1, 1),
		"train: sgd: Decay = +Inf, want at least 0":  &SGD{Decay: math.Inf(1)},
	} {
		assert.EqualError(t, s.Step([]G.ValueGrad{good}), want)
	}
	for solver, s := range map[string]G.Solver{"adamw": NewAdamW(1, 1), "sgd": NewSGD(1, .5)} {
		for want, p := range map[string]pair{
			"no gradient":     {w: good.w, err: errors.New("no gradient")},
			"want contiguous": {w: good.w, g: G.NewF64(1)},
			"want one size":   {w: good.w, g: dense(tensor.Float32, []float64{1, 2}, 2)},
		} {
			err := s.Step([]G.ValueGrad{good, p})
			assert.ErrorContains(t, err, want)
			assert.ErrorContains(t, err, "train: "+solver+": ")
			assert.Equal(t, []float64{1, 2}, floats(t, good.w), "an error changes nothing")
		}
	}
}

// Every solver of the package goes on from a checkpoint to the same bits.
func TestACheckpointOfEverySolver(t *testing.T) {
	nesterov := func() *SGD { s := NewSGD(.05, .9); s.Nesterov, s.Decay = true, .01; return s }
	for _, make := range []func() G.Solver{
		func() G.Solver { return NewAdamW(.05, .1) }, func() G.Solver { return nesterov() },
	} {
		trainer := func(store *param.Store, s G.Solver) *Trainer {
			m := newModel(t, store, param.Spec{}, param.Spec{})
			tr, err := New(m.sc, m.loss, s, Options{})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, tr.Close()) })
			return tr
		}
		file := filepath.Join(t.TempDir(), "a.safetensors")
		whole := newStore(t, tensor.Float32)
		tr := trainer(whole, make())
		steps(t, tr, 3)
		require.NoError(t, tr.SaveCheckpoint(file, nil))
		want := steps(t, tr, 4)

		other := newStore(t, tensor.Float32)
		again := trainer(other, make())
		steps(t, again, 1) // its own steps do not matter
		_, err := again.LoadCheckpoint(file)
		require.NoError(t, err)
		assert.Equal(t, want, steps(t, again, 4))
		assert.Equal(t, weightsOf(whole), weightsOf(other))

		adam := trainer(newStore(t, tensor.Float32), NewAdam(.1))
		if _, err = adam.LoadCheckpoint(file); err != nil {
			assert.ErrorContains(t, err, "the solver was sgd, want adam, that of the trainer")
		}
	}
}
