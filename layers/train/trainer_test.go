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

func TestTrainerLearns(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		m := newModel(t, newStore(t, dt), param.Spec{}, param.Spec{})
		tr, err := New(m.sc, m.loss, NewAdam(.05), Options{Outputs: []*G.Node{m.loss, m.out}})
		require.NoError(t, err)
		first, err := tr.Step()
		require.NoError(t, err)
		last := first
		for range 400 {
			last, err = tr.Step()
			require.NoError(t, err)
		}
		// Four equations in four unknowns a column: an exact fit exists.
		assert.Less(t, last, 1e-2*first)
		assert.Equal(t, 401, tr.Steps())
		kept, err := tr.Scalar(m.loss)
		require.NoError(t, err)
		assert.Equal(t, last, kept)
		assert.False(t, math.IsNaN(kept))
		require.NoError(t, tr.Close())
	}
}

func TestSeveralGraphsShareWeightsAndOneSolver(t *testing.T) {
	one, two := newStore(t, tensor.Float64), newStore(t, tensor.Float64)
	solver := NewAdam(.1)
	m := newModel(t, one, param.Spec{}, param.Spec{})
	tr, err := New(m.sc, m.loss, NewAdam(.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	for range 4 {
		want, err := tr.Step()
		require.NoError(t, err)
		fresh := newModel(t, two, param.Spec{}, param.Spec{})
		other, err := New(fresh.sc, fresh.loss, solver, Options{})
		require.NoError(t, err)
		got, err := other.Step()
		require.NoError(t, err)
		assert.Equal(t, want, got)
		require.NoError(t, other.Close())
	}
}

func TestInputsCanBeSwappedBetweenSteps(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	tr, err := New(m.sc, m.loss, nil, Options{})
	require.NoError(t, err)
	defer tr.Close()
	first, err := tr.Run()
	require.NoError(t, err)
	require.NoError(t, G.Let(m.x, dense(tensor.Float64, make([]float64, 12), 4, 3)))
	second, err := tr.Run()
	require.NoError(t, err)
	sum := 0.0
	for _, v := range targets {
		sum += v * v / 8
	}
	assert.InDelta(t, sum, second, 1e-12)
	require.NoError(t, G.Let(m.x, dense(tensor.Float64, inputs, 4, 3)))
	third, err := tr.Run()
	require.NoError(t, err)
	assert.Equal(t, first, third)
}

func TestGradientsOnly(t *testing.T) {
	gradients := func(o Options) (loss float64, g map[string][]float64) {
		m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
		tr, err := New(m.sc, m.loss, nil, o)
		require.NoError(t, err)
		defer tr.Close()
		loss, err = tr.Run()
		require.NoError(t, err)
		g = map[string][]float64{}
		for _, u := range m.sc.Used() {
			v, err := tr.Gradient(u.Path)
			require.NoError(t, err)
			g[u.Path] = v.Data().([]float64)
		}
		return loss, g
	}
	loss, want := gradients(Options{})
	none, got := gradients(Options{GradientsOnly: true})
	assert.NotZero(t, loss)
	assert.Zero(t, none)
	assert.Equal(t, want, got)
}

func TestNewErrors(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	other := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	single := G.NewScalar(m.g, tensor.Float32, G.WithName("single"))
	far := G.Must(G.Sum(m.x))
	for want, f := range map[string]func() error{
		"scope or loss is nil": func() error { _, err := New(nil, m.loss, nil, Options{}); return err },
		"loss of shape (4, 2) and dtype float64, want a scalar of float64": func() error { _, err := New(m.sc, m.out, nil, Options{}); return err },
		"loss of shape () and dtype float32, want a scalar of float64":     func() error { _, err := New(m.sc, single, nil, Options{}); return err },
		"the loss belongs to another graph":                                func() error { _, err := New(m.sc, other.loss, nil, Options{}); return err },
		"the loss depends on no weight":                                    func() error { _, err := New(m.sc, far, nil, Options{}); return err },
		"ClipValue = -1":                                                   func() error { _, err := New(m.sc, m.loss, nil, Options{ClipValue: -1}); return err },
		"ClipNorm = NaN":                                                   func() error { _, err := New(m.sc, m.loss, nil, Options{ClipNorm: math.NaN()}); return err },
		"Outputs[0] is nil":                                                func() error { _, err := New(m.sc, m.loss, nil, Options{Outputs: []*G.Node{nil}}); return err },
		"Sealed[0] is nil, of another graph or not an input": func() error {
			_, err := New(m.sc, m.loss, nil, Options{Sealed: []*G.Node{m.loss}})
			return err
		},
		"Outputs[1] is nil or of another graph": func() error {
			_, err := New(m.sc, m.loss, nil, Options{Outputs: []*G.Node{m.out, other.out}})
			return err
		},
		"GradientsOnly is set, want no solver": func() error {
			_, err := New(m.sc, m.loss, G.NewVanillaSolver(), Options{GradientsOnly: true})
			return err
		},
		"Rate is set, but *gorgonia.VanillaSolver has no method SetLR": func() error {
			_, err := New(m.sc, m.loss, G.NewVanillaSolver(), Options{Rate: ConstantRate(1)})
			return err
		},
	} {
		assert.ErrorContains(t, f(), "train: "+want)
	}
}

// Gorgonia gives the second of two losses that share nodes the gradients of
// the first, without an error.
func TestNewRefusesAGraphThatWasDifferentiated(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	other := G.Must(G.Mean(G.Must(G.Square(m.out))))
	tr, err := New(m.sc, m.loss, nil, Options{})
	require.NoError(t, err)
	defer tr.Close()
	_, err = New(m.sc, other, nil, Options{})
	assert.ErrorContains(t, err, "was differentiated already, want a graph of its own")
}
