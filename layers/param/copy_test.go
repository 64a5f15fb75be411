package param

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestCloneAndCopyFrom(t *testing.T) {
	s := newStore(t, tensor.Float32, 3)
	g := G.NewGraph()
	n, err := s.Scope(g, true).Param("w", GlorotUniform{}, Spec{Constraint: NonNeg{}}, 2, 2)
	require.NoError(t, err)
	saved := s.Clone()
	before := slices.Clone(s.Get("w").Tensor.Data().([]float32))
	s.Get("w").Tensor.Data().([]float32)[0] = 99
	assert.Equal(t, before, saved.Get("w").Tensor.Data(), "a clone has memory of its own")
	assert.Equal(t, Spec{Constraint: NonNeg{}}, saved.Get("w").Spec)
	require.NoError(t, s.CopyFrom(saved))
	assert.Equal(t, before, n.Value().Data(), "the node sees the copy")
}

func TestCopyFromRefusesOtherStores(t *testing.T) {
	build := func(dt tensor.Dtype, names ...string) *Store {
		s := newStore(t, dt, 3)
		for _, name := range names {
			_, err := s.Scope(G.NewGraph(), true).Param(name, Ones{}, Spec{}, 2)
			require.NoError(t, err)
		}
		return s
	}
	s := build(tensor.Float64, "a", "b")
	assert.EqualError(t, s.CopyFrom(nil), "param: copy: the other store is nil")
	assert.EqualError(t, s.CopyFrom(build(tensor.Float32, "a", "b")), "param: copy: the other store is of float32, this one of float64")
	assert.EqualError(t, s.CopyFrom(build(tensor.Float64, "b")), "param: copy: missing a")
	assert.EqualError(t, s.CopyFrom(build(tensor.Float64)), "param: copy: missing a (and 1 more)")
	assert.EqualError(t, s.CopyFrom(build(tensor.Float64, "a", "b", "c")), "param: copy: c: not among the weights of the store")
}
