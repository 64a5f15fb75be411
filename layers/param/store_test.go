package param

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func newStore(t testing.TB, dt tensor.Dtype, seed uint64) *Store {
	t.Helper()
	s, err := NewStore(dt, seed)
	require.NoError(t, err)
	return s
}

func paths(s *Store) []string {
	var out []string
	for p := range s.All() {
		out = append(out, p.Path)
	}
	return out
}

func TestNewStoreRefusesOtherDtypes(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Int, tensor.Bool, {}} {
		_, err := NewStore(dt, 1)
		assert.ErrorContains(t, err, "want float32 or float64")
		assert.NotContains(t, err.Error(), "PANIC", "the zero Dtype")
	}
}

func TestStoreKeepsOrderAndTensors(t *testing.T) {
	s := newStore(t, tensor.Float32, 1)
	sc := s.Scope(G.NewGraph(), true)
	for _, name := range []string{"z", "a", "m"} {
		_, err := sc.Sub(name).Param("kernel", GlorotUniform{}, Spec{}, 2, 3)
		require.NoError(t, err)
	}
	assert.Equal(t, []string{"z/kernel", "a/kernel", "m/kernel"}, paths(s))
	assert.Equal(t, 3, s.Len())
	assert.Equal(t, 18, s.Size())
	assert.Nil(t, s.Get("kernel"))
	p := s.Get("a/kernel")
	require.NotNil(t, p)
	assert.Equal(t, tensor.Float32, p.Tensor.Dtype())
	assert.Equal(t, tensor.Shape{2, 3}, p.Tensor.Shape())
}

func TestWeightsDependOnSeedAndPathAlone(t *testing.T) {
	draw := func(seed uint64, names ...string) *Store {
		s := newStore(t, tensor.Float64, seed)
		sc := s.Scope(G.NewGraph(), true)
		for _, name := range names {
			_, err := sc.Param(name, GlorotUniform{}, Spec{}, 4, 4)
			require.NoError(t, err)
		}
		return s
	}
	a, b, other := draw(1, "x", "y"), draw(1, "new", "y", "x"), draw(2, "x")
	assert.Equal(t, a.Get("x").Tensor.Data(), b.Get("x").Tensor.Data())
	assert.Equal(t, a.Get("y").Tensor.Data(), b.Get("y").Tensor.Data())
	assert.NotEqual(t, a.Get("x").Tensor.Data(), a.Get("y").Tensor.Data())
	assert.NotEqual(t, a.Get("x").Tensor.Data(), other.Get("x").Tensor.Data())
}

func TestFloat32WeightsAreTheFloat64OnesRounded(t *testing.T) {
	a, b := newStore(t, tensor.Float64, 5), newStore(t, tensor.Float32, 5)
	for _, s := range []*Store{a, b} {
		_, err := s.Scope(G.NewGraph(), true).Param("w", HeNormal{}, Spec{}, 3, 5)
		require.NoError(t, err)
	}
	single := b.Get("w").Tensor.Data().([]float32)
	for i, v := range a.Get("w").Tensor.Data().([]float64) {
		assert.Equal(t, float32(v), single[i])
	}
}

func TestSealedStoreDrawsNothing(t *testing.T) {
	s := newStore(t, tensor.Float32, 1)
	sc := s.Scope(G.NewGraph(), true)
	_, err := sc.Param("known", Zeros{}, Spec{}, 2)
	require.NoError(t, err)
	s.Seal()
	_, err = sc.Param("new", Zeros{}, Spec{}, 2)
	assert.EqualError(t, err, "param: new: not among the 1 weights of the sealed store")
	_, err = sc.Param("known", Zeros{}, Spec{}, 2)
	assert.NoError(t, err)
	s.Unseal()
	_, err = sc.Param("new", Zeros{}, Spec{}, 2)
	assert.NoError(t, err)
}

type badInit struct{}

func (badInit) Draw(*rand.Rand, []int) ([]float64, error) { return []float64{1}, nil }

func TestObtainErrors(t *testing.T) {
	sc := newStore(t, tensor.Float64, 1).Scope(G.NewGraph(), true).Sub("layer")
	_, err := sc.Param("w", badInit{}, Spec{}, 2, 2)
	assert.EqualError(t, err, "param: layer/w: the initializer drew 1 values, want 4")
	_, err = sc.Param("w", nil, Spec{}, 2)
	assert.EqualError(t, err, "param: layer/w: no initializer")
	_, err = sc.Param("w", Orthogonal{}, Spec{}, 2)
	assert.EqualError(t, err, "param: layer/w: orthogonal: shape (2), want at least two axes")
	assert.Zero(t, sc.Store().Len(), "a failed draw must leave nothing behind")
}
