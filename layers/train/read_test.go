package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

func TestKeptValues(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	turned := G.Must(G.Transpose(m.out))
	doubled := G.Must(G.Add(m.out, m.out)) // may overwrite m.out's register
	tr, err := New(m.sc, m.loss, NewAdam(.1), Options{Outputs: []*G.Node{m.loss, m.out, turned, doubled, m.x, m.out}})
	require.NoError(t, err)
	defer tr.Close()

	loss, err := tr.Step()
	require.NoError(t, err)
	kept, err := tr.Scalar(m.loss)
	require.NoError(t, err)
	assert.Equal(t, loss, kept, "scalars are read at every step")
	_, err = tr.Value(m.out)
	assert.ErrorContains(t, err, "has not been read yet")

	require.NoError(t, tr.Fetch())
	w, b := floats(t, m.w.Value()), floats(t, m.b.Value())
	_, err = tr.Step()
	require.NoError(t, err)
	v, err := tr.Value(m.out)
	require.NoError(t, err)
	out := floats(t, v)
	for i := range 4 {
		for c := range 2 {
			want := b[c]
			for k := range 3 {
				want += inputs[i*3+k] * w[k*2+c]
			}
			assert.InDelta(t, want, out[i*2+c], 1e-12)
		}
	}
	v, err = tr.Value(doubled)
	require.NoError(t, err)
	for i, d := range floats(t, v) {
		assert.InDelta(t, 2*out[i], d, 1e-12)
	}
	v, err = tr.Value(turned)
	require.NoError(t, err)
	assert.Equal(t, tensor.Shape{2, 4}, v.Shape())
	assert.Equal(t, out[2], floats(t, v)[1])
	v, err = tr.Value(m.x)
	require.NoError(t, err)
	assert.Equal(t, inputs, floats(t, v), "an input can be kept too")

	_, err = tr.Step()
	require.NoError(t, err)
	v, err = tr.Value(m.out)
	require.NoError(t, err)
	assert.Equal(t, out, floats(t, v), "one Fetch is for one step")
	require.NoError(t, tr.Fetch(m.out))
	_, err = tr.Run()
	require.NoError(t, err)
	assert.NotEqual(t, out, floats(t, v), "the memory is used again")
}

func TestValueErrors(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	tr, err := New(m.sc, m.loss, NewAdam(.1), Options{Outputs: []*G.Node{m.out}})
	require.NoError(t, err)
	defer tr.Close()
	assert.ErrorContains(t, tr.Fetch(m.loss), "is not among Options.Outputs")
	_, err = tr.Scalar(m.loss)
	assert.ErrorContains(t, err, "is not among Options.Outputs")
	require.NoError(t, tr.Fetch(m.out))
	_, err = tr.Run()
	require.NoError(t, err)
	_, err = tr.Scalar(m.out)
	assert.ErrorContains(t, err, "is not a single number")
}
