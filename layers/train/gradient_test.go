package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

func TestWeightsWithoutInfluenceAreNamedAndSkipped(t *testing.T) {
	store := newStore(t, tensor.Float64)
	g := G.NewGraph()
	sc := store.Scope(g, true)
	a, err := sc.Param("a", param.Ones{}, param.Spec{}, 2)
	require.NoError(t, err)
	for _, name := range []string{"idle", "read"} {
		n, err := sc.Param(name, param.Ones{}, param.Spec{}, 2)
		require.NoError(t, err)
		if name == "read" {
			G.Must(G.Square(n))
		}
	}
	frozen, err := sc.Param("frozen", param.Constant{Value: 3}, param.Spec{Frozen: true}, 2)
	require.NoError(t, err)
	loss := G.Must(G.Sum(G.Must(G.HadamardProd(a, frozen))))
	tr, err := New(sc, loss, G.NewVanillaSolver(G.WithLearnRate(1)), Options{})
	require.NoError(t, err)
	defer tr.Close()
	assert.Equal(t, []string{"idle", "read"}, tr.Unused())
	_, err = tr.Step()
	require.NoError(t, err)
	assert.Equal(t, []float64{-2, -2}, floats(t, a.Value()))
	assert.Equal(t, []float64{3, 3}, floats(t, frozen.Value()))
	assert.Equal(t, []float64{1, 1}, floats(t, store.Get("idle").Tensor))
	_, err = tr.Gradient("idle")
	assert.EqualError(t, err, "train: idle is not a trained weight")
}

// Sums of one element may be no more than the element, and their gradient the
// constant 1 that Gorgonia starts from, which no solver may write to.
func TestWeightsOfOneElement(t *testing.T) {
	for _, shape := range [][]int{{1}, {1, 1}, {1, 1, 1}} {
		for range 2 {
			store := newStore(t, tensor.Float64)
			g := G.NewGraph()
			sc := store.Scope(g, true)
			w, err := sc.Param("w", param.Constant{Value: 5}, param.Spec{}, shape...)
			require.NoError(t, err)
			tr, err := New(sc, G.Must(G.Sum(w)), G.NewVanillaSolver(G.WithLearnRate(1)), Options{})
			require.NoError(t, err)
			for i := range 3 {
				loss, err := tr.Step()
				require.NoError(t, err)
				assert.Equal(t, float64(5-i), loss, "%v", shape)
			}
			assert.Equal(t, []float64{2}, floats(t, store.Get("w").Tensor))
			assert.Equal(t, tensor.Shape(shape), store.Get("w").Tensor.Shape())
			require.NoError(t, tr.Close())
		}
	}
}

// One gradient can belong to two weights; Gorgonia then computes it once.
func TestTwoWeightsWithOneGradient(t *testing.T) {
	store := newStore(t, tensor.Float64)
	sc := store.Scope(G.NewGraph(), true)
	a, err := sc.Param("a", param.Ones{}, param.Spec{}, 2)
	require.NoError(t, err)
	b, err := sc.Param("b", param.Ones{}, param.Spec{}, 2)
	require.NoError(t, err)
	loss := G.Must(G.Sum(G.Must(G.Square(G.Must(G.Add(a, b))))))
	tr, err := New(sc, loss, NewAdam(.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	for range 2 {
		_, err = tr.Run()
		require.NoError(t, err)
		for _, name := range []string{"a", "b"} {
			grad, err := tr.Gradient(name)
			require.NoError(t, err)
			assert.Equal(t, []float64{4, 4}, floats(t, grad))
		}
	}
}

func TestLoadRefusesAGradientOfAnotherSize(t *testing.T) {
	store := newStore(t, tensor.Float64)
	sc := store.Scope(G.NewGraph(), true)
	_, err := sc.Param("a", param.Ones{}, param.Spec{}, 2)
	require.NoError(t, err)
	w := &weight{Used: sc.Used()[0], tap: &tap{value: dense(tensor.Float64, []float64{1, 2, 3}, 3)}}
	assert.EqualError(t, w.load(), "train: a: gradient of a wrong shape for (2)")
	w.tap.value = nil
	assert.Error(t, w.load())
}

func TestLoadTakesANumberForAWeightOfOneElement(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		store := newStore(t, dt)
		sc := store.Scope(G.NewGraph(), true)
		_, err := sc.Param("a", param.Ones{}, param.Spec{}, 1)
		require.NoError(t, err)
		w := &weight{Used: sc.Used()[0], tap: &tap{value: G.NewF64(2.5)}, grad: dense(dt, []float64{0}, 1)}
		require.NoError(t, w.load())
		assert.Equal(t, []float64{2.5}, floats(t, w.grad))
		w.tap.value = G.NewB(true)
		assert.ErrorContains(t, w.load(), "train: a: ")
	}
}
