package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

func TestScalarWeighsALossBetweenSteps(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		m := newModel(t, newStore(t, dt), param.Spec{}, param.Spec{})
		lambda, err := NewScalar(m.g, "lambda", dt, 1)
		require.NoError(t, err)
		loss := G.Must(G.Mul(lambda.Node(), m.loss))
		tr, err := New(m.sc, loss, nil, Options{Outputs: []*G.Node{m.loss}})
		require.NoError(t, err)
		defer tr.Close()
		full, err := tr.Run()
		require.NoError(t, err)
		grad, err := tr.Gradient("dense/kernel")
		require.NoError(t, err)
		first := floats(t, grad)
		for _, weight := range []float64{0.5, 0, 2, 1} {
			require.NoError(t, lambda.Set(weight))
			got, err := tr.Run()
			require.NoError(t, err)
			assert.InDelta(t, weight*full, got, 1e-6)
			raw, err := tr.Scalar(m.loss)
			require.NoError(t, err)
			assert.Equal(t, full, raw, "the loss itself is kept without its weight")
			for i, g := range floats(t, grad) {
				assert.InDelta(t, weight*first[i], g, 1e-6)
			}
		}
	}
}

func TestNewScalarErrors(t *testing.T) {
	g := G.NewGraph()
	_, err := NewScalar(g, "a", tensor.Float64, 1)
	require.NoError(t, err)
	_, err = NewScalar(g, "a", tensor.Float64, 1)
	assert.EqualError(t, err, `train: scalar "a": want a graph and a name that is new to it`)
	_, err = NewScalar(g, "", tensor.Float64, 1)
	assert.Error(t, err)
	_, err = NewScalar(g, "b", tensor.Int, 1)
	assert.EqualError(t, err, "train: scalar b: dtype int, want float32 or float64")
	_, err = NewScalar(g, "b", tensor.Dtype{}, 1)
	assert.EqualError(t, err, "train: scalar b: dtype <nil>, want float32 or float64")
}
