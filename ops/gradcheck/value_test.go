package gradcheck

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestEntriesOfFollowsStrides(t *testing.T) {
	m := tensor.New(tensor.WithShape(2, 3), tensor.WithBacking([]float64{1, 2, 3, 4, 5, 6}))
	column, err := m.Slice(nil, G.S(1))
	require.NoError(t, err)
	turned := m.Clone().(*tensor.Dense)
	require.NoError(t, turned.T())
	byColumn := tensor.New(tensor.WithShape(2, 3), tensor.AsFortran([]float64{1, 2, 3, 4, 5, 6}))
	for _, tc := range []struct {
		name string
		v    G.Value
		want []float64
	}{
		{"plain", m, []float64{1, 2, 3, 4, 5, 6}},
		{"column", column.(*tensor.Dense), []float64{2, 5}},
		{"transposed", turned, []float64{1, 4, 2, 5, 3, 6}},
		{"column-major", byColumn, []float64{1, 2, 3, 4, 5, 6}},
		{"scalar", G.NewF32(0.5), []float64{0.5}},
		{"scalar tensor", tensor.New(tensor.FromScalar(2.0)), []float64{2}},
	} {
		e, err := entriesOf(tc.v)
		require.NoError(t, err, tc.name)
		assert.Equal(t, tc.want, e.appendTo(nil), tc.name)
		c, err := copyOf(tc.v)
		require.NoError(t, err, tc.name)
		assert.True(t, sameBits(tc.v, c), tc.name)
		before := e.at(e.n - 1)
		e.set(e.n-1, -7)
		assert.Equal(t, -7.0, e.at(e.n-1), tc.name)
		assert.False(t, sameBits(tc.v, c), tc.name)
		e.set(e.n-1, before)
	}
	assert.Equal(t, []float64{1, 2, 3, 4, 5, 6}, m.Data())
}

func TestEntriesOfErrors(t *testing.T) {
	_, err := entriesOf(G.NewI(1))
	assert.ErrorContains(t, err, "is no float tensor or scalar")
	_, err = entriesOf(tensor.New(tensor.WithBacking([]int{1})))
	assert.ErrorContains(t, err, "tensor of int, want float32 or float64")
}

func TestUnravel(t *testing.T) {
	assert.Equal(t, []int{1, 0, 2}, unravel(14, []int{2, 3, 4}))
	assert.Empty(t, unravel(0, nil))
}
