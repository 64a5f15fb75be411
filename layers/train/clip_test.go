package train

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

func gradients(dt tensor.Dtype) []*weight {
	return []*weight{
		{grad: dense(dt, []float64{3, -0.5}, 2)},
		{grad: dense(dt, []float64{-4}, 1)},
	}
}

func TestClip(t *testing.T) {
	norm := math.Sqrt(3*3 + 0.5*0.5 + 4*4)
	for _, c := range []struct {
		value, norm float64
		want        []float64
	}{
		{0, 0, []float64{3, -0.5, -4}},
		{2, 0, []float64{2, -0.5, -2}},
		{0, 10, []float64{3, -0.5, -4}},
		{0, 1, []float64{3 / norm, -0.5 / norm, -4 / norm}},
		{2, 1, []float64{2 / math.Sqrt(8.25), -0.5 / math.Sqrt(8.25), -2 / math.Sqrt(8.25)}},
	} {
		for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
			ws := gradients(dt)
			clip(ws, c.value, c.norm)
			got := append(floats(t, ws[0].grad), floats(t, ws[1].grad)...)
			assert.InDeltaSlice(t, c.want, got, map[tensor.Dtype]float64{tensor.Float64: 1e-15, tensor.Float32: 1e-6}[dt])
		}
	}
}

// Gradients whose squares are beyond the numbers of their dtype, or vanish, are
// clipped all the same.
func TestClipOfLargeAndSmallGradients(t *testing.T) {
	for _, c := range []struct {
		dt   tensor.Dtype
		size float64 // of gradients 3, −0.5 and −4
		norm float64
	}{
		{tensor.Float64, 1e160, 1},
		{tensor.Float64, 4e307, 1e-12},
		{tensor.Float64, 1e300, 1e290},
		{tensor.Float64, 1e-170, 1e-180},
		{tensor.Float64, 1e-300, 1e-305},
		{tensor.Float32, 8e37, 1},
		{tensor.Float32, 8e37, 1e-12},
		{tensor.Float32, 1e-30, 1e-32},
	} {
		ws := gradients(c.dt)
		for _, w := range ws {
			scaleData(w.grad.Data(), 1, c.size)
		}
		clip(ws, 0, c.norm)
		got := append(floats(t, ws[0].grad), floats(t, ws[1].grad)...)
		for i, want := range []float64{3, -.5, -4} {
			want *= c.norm / math.Sqrt(25.25)
			assert.InEpsilon(t, want, got[i], map[tensor.Dtype]float64{tensor.Float64: 1e-12, tensor.Float32: 1e-6}[c.dt], "%v of %g to %g", c.dt, c.size, c.norm)
		}
		before := append([]float64(nil), got...)
		clip(ws, 0, 2*c.norm)
		assert.Equal(t, before, append(floats(t, ws[0].grad), floats(t, ws[1].grad)...), "below the norm")
	}
}

func TestClipOfZeroGradients(t *testing.T) {
	ws := []*weight{{grad: dense(tensor.Float64, []float64{0, 0}, 2)}}
	clip(ws, 1, 1)
	assert.Equal(t, []float64{0, 0}, floats(t, ws[0].grad))
}

func TestStepClips(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	before := append(floats(t, m.w.Value()), floats(t, m.b.Value())...)
	tr, err := New(m.sc, m.loss, G.NewVanillaSolver(G.WithLearnRate(1)), Options{ClipNorm: 0.125})
	require.NoError(t, err)
	defer tr.Close()
	_, err = tr.Step()
	require.NoError(t, err)
	moved := 0.0
	for i, v := range append(floats(t, m.w.Value()), floats(t, m.b.Value())...) {
		moved += (v - before[i]) * (v - before[i])
	}
	assert.InDelta(t, 0.125, math.Sqrt(moved), 1e-12)
}
