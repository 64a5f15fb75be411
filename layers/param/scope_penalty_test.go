package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestPenaltiesAreThoseOfThisGraphInOrder(t *testing.T) {
	s := newStore(t, tensor.Float64, 1)
	g := G.NewGraph()
	sc := s.Scope(g, true)
	for i, spec := range []Spec{{Regularizer: L2{1}}, {}, {Regularizer: L1{1}}, {Regularizer: L1{1}, Frozen: true}} {
		_, err := sc.Param(string(rune('a'+i)), Constant{2}, spec, 3)
		require.NoError(t, err)
	}
	out := G.NewVector(g, tensor.Float64, G.WithName("out"), G.WithShape(2), G.WithValue(denseOf(tensor.Float64, []int{2}, []float64{1, -4})))
	require.NoError(t, sc.Sub("layer").AddPenalty(L1{10}, out))
	require.NoError(t, sc.AddPenalty(nil, out))
	terms, err := sc.Penalties()
	require.NoError(t, err)
	require.Len(t, terms, 3)
	values := make([]G.Value, len(terms))
	for i, n := range terms {
		G.Read(n, &values[i])
	}
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	assert.Equal(t, []any{12., 6., 25.}, []any{values[0].Data(), values[1].Data(), values[2].Data()})

	other := s.Scope(G.NewGraph(), false)
	_, err = other.Param("a", Zeros{}, Spec{}, 3)
	require.NoError(t, err)
	terms, err = other.Penalties()
	require.NoError(t, err)
	assert.Empty(t, terms, "a graph has the penalties that it asks for itself")
}

func TestPenaltyErrorsNameTheWeight(t *testing.T) {
	sc := newStore(t, tensor.Float64, 1).Scope(G.NewGraph(), true).Sub("layer")
	n, err := sc.Param("bias", Zeros{}, Spec{Regularizer: OrthogonalPenalty{Factor: 1}}, 3)
	require.NoError(t, err)
	_, err = sc.Penalties()
	assert.EqualError(t, err, "param: layer/bias: orthogonal_regularizer: shape (3), want a matrix")
	assert.EqualError(t, sc.AddPenalty(L1{-1}, n), "param: layer: activity: l1: factor -1, want at least 0")
	assert.Error(t, sc.Sub("a/b").AddPenalty(L1{1}, n))
}
