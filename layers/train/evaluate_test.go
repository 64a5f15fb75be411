package train

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

func TestEvaluatorFollowsWeightsAndInputs(t *testing.T) {
	store := newStore(t, tensor.Float64)
	m := newModel(t, store, param.Spec{}, param.Spec{})
	tr, err := New(m.sc, m.loss, NewAdam(.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	e := newModel(t, store, param.Spec{}, param.Spec{})
	ev, err := NewEvaluator(e.loss, e.out, e.w)
	require.NoError(t, err)
	for range 3 {
		values, err := ev.Run()
		require.NoError(t, err)
		assert.Equal(t, floats(t, store.Get("dense/kernel").Tensor), floats(t, values[2]))
		want, err := tr.Step()
		require.NoError(t, err)
		assert.InDelta(t, want, floats(t, values[0])[0], 1e-14)
		assert.Equal(t, tensor.Shape{4, 2}, values[1].Shape())
	}
	require.NoError(t, G.Let(e.x, dense(tensor.Float64, make([]float64, 12), 4, 3)))
	values, err := ev.Run()
	require.NoError(t, err)
	b := floats(t, store.Get("dense/bias").Tensor)
	assert.Equal(t, append(b, b...), floats(t, values[1])[:4])
	require.NoError(t, ev.Close())
	require.NoError(t, ev.Close())
	_, err = ev.Run()
	assert.EqualError(t, err, "train: the evaluator is closed")
}

func TestEvaluateErrors(t *testing.T) {
	_, err := Evaluate()
	assert.EqualError(t, err, "train: nothing to evaluate")
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	o := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	_, err = Evaluate(m.out, o.out)
	assert.EqualError(t, err, "train: output 1 is nil or of another graph")
	_, err = Evaluate(nil)
	assert.Error(t, err)
	unset := G.NewVector(m.g, tensor.Float64, G.WithName("unset"), G.WithShape(2))
	_, err = Evaluate(G.Must(G.Square(unset)))
	assert.ErrorContains(t, err, "train: evaluation: ")
	assert.ErrorContains(t, err, "unset")
}

func TestEvaluatorRunsIntoMemory(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	e, err := NewEvaluator(m.out)
	require.NoError(t, err)
	defer e.Close()
	own, err := e.Run()
	require.NoError(t, err)
	want := slices.Clone(floats(t, own[0]))
	out := tensor.New(tensor.Of(tensor.Float64), tensor.WithShape(4, 2))
	require.NoError(t, e.RunInto(out))
	assert.Equal(t, want, floats(t, out))

	out.Data().([]float64)[0] = 7
	own, err = e.Run()
	require.NoError(t, err)
	assert.Equal(t, want, floats(t, own[0]))
	assert.Equal(t, 7., floats(t, out)[0], "a later run writes into its own memory")

	assert.EqualError(t, e.RunInto(), "train: memory for 0 outputs, want it for 1")
	for _, other := range []*tensor.Dense{
		tensor.New(tensor.Of(tensor.Float64), tensor.WithShape(2, 4)),
		tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(4, 2)),
	} {
		assert.EqualError(t, e.RunInto(other), "train: output 0 is float64 of shape (4, 2), want memory of the same, a tensor")
	}
	assert.EqualError(t, e.RunInto(nil), "train: memory of output 0 is nil")
	columns := tensor.New(tensor.Of(tensor.Float64), tensor.WithShape(4, 2), tensor.AsFortran(nil))
	assert.EqualError(t, e.RunInto(columns), "train: memory of output 0 is not row by row")
	turned := tensor.New(tensor.Of(tensor.Float64), tensor.WithShape(2, 4))
	require.NoError(t, turned.T())
	assert.EqualError(t, e.RunInto(turned), "train: memory of output 0 is not row by row")
	two, err := NewEvaluator(m.out, m.w)
	require.NoError(t, err)
	defer two.Close()
	assert.EqualError(t, two.RunInto(out, out), "train: memory of output 1 is that of another")
	scalar, err := NewEvaluator(m.loss)
	require.NoError(t, err)
	defer scalar.Close()
	assert.EqualError(t, scalar.RunInto(out), "train: output 0 is float64 of shape (), want memory of the same, a tensor")
}

// Evaluating a graph that is also trained must not disturb the training.
func TestEvaluateOnATrainingGraph(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	_, err := Evaluate(m.out)
	require.NoError(t, err)
	tr, err := New(m.sc, m.loss, nil, Options{})
	require.NoError(t, err)
	defer tr.Close()
	a, err := tr.Run()
	require.NoError(t, err)
	values, err := Evaluate(m.loss)
	require.NoError(t, err)
	assert.Equal(t, a, floats(t, values[0])[0])
	b, err := tr.Run()
	require.NoError(t, err)
	assert.Equal(t, a, b)
}
