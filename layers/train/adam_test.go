package train

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

type pair struct {
	w, g G.Value
	err  error
}

func (p pair) Value() G.Value         { return p.w }
func (p pair) Grad() (G.Value, error) { return p.g, p.err }

// Two steps worked by hand, with β₁ = 0.5, β₂ = 0.75, LR = 0.1, ε = 1:
//
//	g = 4: m = 2, v = 4;  m̂ = 4, v̂ = 16; w = 1 − 0.1·4/5     = 0.92
//	g = 0: m = 1, v = 3;  m̂ = 4/3, v̂ = 48/7; w −= 0.1·(4/3)/(√(48/7) + 1)
func TestAdamByHand(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		a := &Adam{LR: .1, Beta1: .5, Beta2: .75, Eps: 1}
		p := pair{w: dense(dt, []float64{1}, 1), g: dense(dt, []float64{4}, 1)}
		require.NoError(t, a.Step([]G.ValueGrad{p}))
		assert.InDelta(t, 0.92, floats(t, p.w)[0], 1e-7)
		assert.Equal(t, []float64{0}, floats(t, p.g), "the gradient is zeroed")
		require.NoError(t, a.Step([]G.ValueGrad{p}))
		assert.InDelta(t, 0.92-.1*(4./3)/(math.Sqrt(48./7)+1), floats(t, p.w)[0], 1e-7)
	}
}

func TestAdamEqualsGorgonias(t *testing.T) {
	for dt, tol := range map[tensor.Dtype]float64{tensor.Float64: 1e-12, tensor.Float32: 1e-6} {
		rng := rand.New(rand.NewPCG(1, 2))
		values := make([]float64, 60)
		for i := range values {
			values[i] = rng.NormFloat64()
		}
		ours := []G.ValueGrad{pair{w: dense(dt, values[:40], 5, 8)}, pair{w: dense(dt, values[40:], 20)}}
		theirs := []G.ValueGrad{pair{w: dense(dt, values[:40], 5, 8)}, pair{w: dense(dt, values[40:], 20)}}
		a, b := NewAdam(.01), G.NewAdamSolver(G.WithLearnRate(.01))
		for range 20 {
			for i := range ours {
				o, th := ours[i].(pair), theirs[i].(pair)
				shape := o.w.Shape()
				g := make([]float64, shape.TotalSize())
				for j := range g {
					g[j] = math.Exp(4*rng.NormFloat64()) * rng.NormFloat64()
				}
				o.g, th.g = dense(dt, g, shape...), dense(dt, g, shape...)
				ours[i], theirs[i] = o, th
			}
			require.NoError(t, a.Step(ours))
			require.NoError(t, b.Step(theirs))
			for i := range ours {
				want := floats(t, theirs[i].Value())
				for j, got := range floats(t, ours[i].Value()) {
					assert.InDelta(t, want[j], got, tol*max(1, math.Abs(want[j])))
				}
			}
		}
	}
}

func TestAdamKeepsMomentsByTensor(t *testing.T) {
	w, v := dense(tensor.Float64, []float64{1}, 1), dense(tensor.Float64, []float64{1}, 1)
	a := NewAdam(.1)
	step := func(x *tensor.Dense, g float64) float64 {
		require.NoError(t, a.Step([]G.ValueGrad{pair{w: x, g: dense(tensor.Float64, []float64{g}, 1)}}))
		return floats(t, x)[0]
	}
	first := step(w, 3)
	step(w, -2)
	assert.Equal(t, first, step(v, 3), "the first step of a weight is a first step, whatever others did")
	a.Reset()
	assert.InDelta(t, floats(t, v)[0]-.1, step(v, 3), 1e-9, "a first step moves by LR")
}

func TestAdamErrors(t *testing.T) {
	good := pair{w: dense(tensor.Float64, []float64{1, 2}, 2), g: dense(tensor.Float64, []float64{1, 2}, 2)}
	for want, a := range map[string]*Adam{
		"LR = NaN":  {LR: math.NaN(), Beta1: .9, Beta2: .9, Eps: 1},
		"LR = -1":   {LR: -1, Beta1: .9, Beta2: .9, Eps: 1},
		"Beta1 = 1": {Beta1: 1, Beta2: .9, Eps: 1},
		"Beta2 = 2": {Beta1: .9, Beta2: 2, Eps: 1},
		"Eps = 0":   {Beta1: .9, Beta2: .9},
	} {
		assert.ErrorContains(t, a.Step([]G.ValueGrad{good}), "train: adam: "+want)
	}
	for want, p := range map[string]pair{
		"no gradient":     {w: good.w, err: errors.New("no gradient")},
		"want contiguous": {w: good.w, g: G.NewF64(1)},
		"weight float64(2) and gradient float32(2)": {w: good.w, g: dense(tensor.Float32, []float64{1, 2}, 2)},
		"weight float64(2) and gradient float64(3)": {w: good.w, g: dense(tensor.Float64, []float64{1, 2, 3}, 3)},
	} {
		assert.ErrorContains(t, NewAdam(1).Step([]G.ValueGrad{good, p}), want)
		assert.Equal(t, []float64{1, 2}, floats(t, good.w), "an error changes nothing")
	}
}

func BenchmarkAdam(b *testing.B) {
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		b.Run(fmt.Sprintf("n=1e5/%v", dt), func(b *testing.B) {
			n := 100000
			model := []G.ValueGrad{pair{w: dense(dt, make([]float64, n), n), g: dense(dt, make([]float64, n), n)}}
			a := NewAdam(1e-3)
			b.SetBytes(int64(n) * int64(dt.Size()) * 7) // reads w, g, m, v; writes w, m, v
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, a.Step(model))
			}
		})
	}
}
