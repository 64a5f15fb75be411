package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestCopyValueReusesMemory(t *testing.T) {
	for _, src := range []*tensor.Dense{
		dense(tensor.Float64, []float64{1, 2, 3, 4}, 2, 2),
		dense(tensor.Float32, []float64{1, 2, 3, 4}, 2, 2),
		tensor.New(tensor.WithShape(4), tensor.WithBacking([]int{1, 2, 3, 4})),
	} {
		first, err := copyValue(nil, src)
		require.NoError(t, err)
		assert.Equal(t, src.Data(), first.Data())
		assert.NotSame(t, src, first)
		second, err := copyValue(first, src)
		require.NoError(t, err)
		assert.Same(t, first, second)
		third, err := copyValue(dense(tensor.Float64, []float64{1, 2}, 2), src)
		require.NoError(t, err)
		assert.Equal(t, src.Shape(), third.Shape())
	}
	bools := tensor.New(tensor.WithShape(2), tensor.WithBacking([]bool{true, false}))
	v, err := copyValue(bools.Clone().(*tensor.Dense), bools)
	require.NoError(t, err)
	assert.Equal(t, []bool{true, false}, v.Data())
}

func TestCopyValueOfViewsIsRowMajor(t *testing.T) {
	m := dense(tensor.Float64, []float64{1, 2, 3, 4, 5, 6}, 2, 3)
	view, err := m.Slice(nil, tensor.S(1, 3))
	require.NoError(t, err)
	v, err := copyValue(nil, view.(*tensor.Dense))
	require.NoError(t, err)
	assert.Equal(t, []float64{2, 3, 5, 6}, v.Data())
	turned := m.Clone().(*tensor.Dense)
	require.NoError(t, turned.T())
	v, err = copyValue(nil, turned)
	require.NoError(t, err)
	assert.Equal(t, []float64{1, 4, 2, 5, 3, 6}, v.Data())
	assert.Equal(t, tensor.Shape{3, 2}, v.Shape())
}

func TestScalarOf(t *testing.T) {
	for _, v := range []G.Value{
		G.NewF64(2), G.NewF32(2), G.NewI(2),
		dense(tensor.Float64, []float64{2}, 1), dense(tensor.Float32, []float64{2}, 1, 1),
		tensor.New(tensor.FromScalar(2.)), tensor.New(tensor.WithShape(1), tensor.WithBacking([]int{2})),
	} {
		x, err := scalarOf(v)
		require.NoError(t, err)
		assert.Equal(t, 2., x)
	}
	for _, v := range []G.Value{nil, G.NewB(true), dense(tensor.Float64, []float64{1, 2}, 2)} {
		_, err := scalarOf(v)
		assert.ErrorContains(t, err, "is not a single number")
	}
}
