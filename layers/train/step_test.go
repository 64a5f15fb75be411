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

func TestTrainerRunGivesLossAndGradients(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		m := newModel(t, newStore(t, dt), param.Spec{}, param.Spec{})
		tr, err := New(m.sc, m.loss, nil, Options{})
		require.NoError(t, err)
		defer tr.Close()
		tol := map[tensor.Dtype]float64{tensor.Float64: 1e-12, tensor.Float32: 1e-5}[dt]
		for range 3 { // no accumulation from run to run
			loss, err := tr.Run()
			require.NoError(t, err)
			want, gw, gb := reference(floats(t, m.w.Value()), floats(t, m.b.Value()))
			assert.InDelta(t, want, loss, tol)
			got, err := tr.Gradient("dense/kernel")
			require.NoError(t, err)
			assert.InDeltaSlice(t, gw, floats(t, got), tol)
			got, err = tr.Gradient("dense/bias")
			require.NoError(t, err)
			assert.InDeltaSlice(t, gb, floats(t, got), tol)
		}
	}
}

func TestStepAddsPenaltiesAndAppliesConstraints(t *testing.T) {
	store := newStore(t, tensor.Float64)
	m := newModel(t, store, param.Spec{Regularizer: param.L2{Factor: 0.5}, Constraint: param.UnitNorm{}}, param.Spec{})
	require.NoError(t, m.sc.AddPenalty(param.L1{Factor: 0.25}, m.out))
	w, b := floats(t, m.w.Value()), floats(t, m.b.Value())
	out, err := Evaluate(m.out)
	require.NoError(t, err)
	want, _, _ := reference(w, b)
	for _, v := range w {
		want += 0.5 * v * v
	}
	for _, v := range floats(t, out[0]) {
		want += 0.25 * math.Abs(v) / 4
	}
	tr, err := New(m.sc, m.loss, NewAdam(0.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	loss, err := tr.Step()
	require.NoError(t, err)
	assert.InDelta(t, want, loss, 1e-12)
	after := floats(t, m.w.Value())
	for c := range 2 {
		norm := after[c]*after[c] + after[2+c]*after[2+c] + after[4+c]*after[4+c]
		assert.InDelta(t, 1, norm, 1e-6, "the constraint comes after the update")
	}
}

func TestPenaltiesAndConstraintsCanBeLeftOut(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{Regularizer: param.L2{Factor: 5}, Constraint: param.NonNeg{}}, param.Spec{})
	want, _, _ := reference(floats(t, m.w.Value()), floats(t, m.b.Value()))
	tr, err := New(m.sc, m.loss, NewAdam(1e-6), Options{NoPenalties: true, NoConstraints: true})
	require.NoError(t, err)
	defer tr.Close()
	loss, err := tr.Step()
	require.NoError(t, err)
	assert.InDelta(t, want, loss, 1e-12)
	assert.Less(t, slicesMin(floats(t, m.w.Value())), 0.0)
}

func slicesMin(v []float64) float64 {
	low := math.Inf(1)
	for _, x := range v {
		low = math.Min(low, x)
	}
	return low
}

func TestAFailedConstraintIsNamed(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{Constraint: param.UnitNorm{Axis: 1}})
	tr, err := New(m.sc, m.loss, NewAdam(.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	_, err = tr.Step()
	assert.EqualError(t, err, "train: dense/bias: unit_norm: Axis = 1, but the shape is (2)")
}

// Gorgonia's own solvers see the same gradients and work on the same weights.
func TestGorgoniasSolversWork(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	w, b := floats(t, m.w.Value()), floats(t, m.b.Value())
	tr, err := New(m.sc, m.loss, G.NewVanillaSolver(G.WithLearnRate(0.1)), Options{})
	require.NoError(t, err)
	defer tr.Close()
	for range 3 {
		_, gw, gb := reference(w, b)
		for i := range w {
			w[i] -= 0.1 * gw[i]
		}
		for i := range b {
			b[i] -= 0.1 * gb[i]
		}
		_, err = tr.Step()
		require.NoError(t, err)
		assert.InDeltaSlice(t, w, floats(t, m.w.Value()), 1e-12)
		assert.InDeltaSlice(t, b, floats(t, m.b.Value()), 1e-12)
	}
}

func TestErrorsOfARunLeaveTheTrainerUsable(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	extra := G.NewMatrix(m.g, tensor.Float64, G.WithName("late"), G.WithShape(4, 2))
	loss := G.Must(G.Add(m.loss, G.Must(G.Sum(extra))))
	tr, err := New(m.sc, loss, NewAdam(.1), Options{})
	require.NoError(t, err)
	w := floats(t, m.w.Value())
	_, err = tr.Step()
	assert.ErrorContains(t, err, "train: step 0: ")
	assert.ErrorContains(t, err, "late")
	require.NoError(t, G.Let(extra, dense(tensor.Float64, []float64{math.Inf(1), 0, 0, 0, 0, 0, 0, 0}, 4, 2)))
	_, err = tr.Step()
	assert.EqualError(t, err, "train: step 0: the loss is +Inf")
	var diverged *LossError
	require.ErrorAs(t, err, &diverged)
	assert.Equal(t, LossError{Step: 0, Loss: math.Inf(1)}, *diverged)
	assert.Equal(t, w, floats(t, m.w.Value()), "errors change no weight")
	require.NoError(t, G.Let(extra, dense(tensor.Float64, make([]float64, 8), 4, 2)))
	_, err = tr.Step()
	require.NoError(t, err)
	assert.NotEqual(t, w, floats(t, m.w.Value()))

	require.NoError(t, tr.Close())
	require.NoError(t, tr.Close())
	_, err = tr.Step()
	assert.EqualError(t, err, "train: the trainer is closed")
}

type panicSolver struct{}

func (panicSolver) Step([]G.ValueGrad) error { panic("no") }

func TestPanicsBecomeErrors(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	tr, err := New(m.sc, m.loss, panicSolver{}, Options{})
	require.NoError(t, err)
	defer tr.Close()
	_, err = tr.Step()
	assert.EqualError(t, err, "train: step: no")
}

func TestStepNeedsASolver(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	tr, err := New(m.sc, m.loss, nil, Options{})
	require.NoError(t, err)
	defer tr.Close()
	_, err = tr.Step()
	assert.EqualError(t, err, "train: Step without a solver; Run computes gradients only")
}

func TestRateFollowsTheSchedule(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	solver := NewAdam(9)
	tr, err := New(m.sc, m.loss, solver, Options{Rate: Linear{From: .1, To: .01, Start: 0, End: 2}})
	require.NoError(t, err)
	defer tr.Close()
	for _, want := range []float64{.1, .055, .01, .01} {
		_, err = tr.Step()
		require.NoError(t, err)
		assert.InDelta(t, want, solver.LR, 1e-15)
	}
}
