package gradcheck

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestContractionIsRightOnBothMachines(t *testing.T) {
	cot := [][]float64{{0.5, -1, 1.5, -0.75}, {1.25}}
	for _, vm := range []VM{Tape, Lisp} {
		c := Case{
			Inputs: []Input{
				{Name: "x", Value: tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]float64{1, 2, 3, 4}))},
				{Name: "y", Value: G.NewF64(8)},
			},
			Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return in, nil },
		}
		in, err := newInstance(c)
		require.NoError(t, err)
		s, err := evaluate(vm, c, in, cot)
		require.NoError(t, err)
		assert.Equal(t, cot, s.grads, vm)
		assert.Equal(t, [][]float64{{1, 2, 3, 4}, {8}}, s.outs, vm)
	}
}

func TestContractionValue(t *testing.T) {
	o := &contraction{c: [][]float64{{0.5, -1}, {2}}, dt: G.Float32}
	v, err := o.Do(tensor.New(tensor.WithBacking([]float32{3, 4})), G.NewF32(5))
	require.NoError(t, err)
	assert.Equal(t, float32(7.5), v.Data())
	_, err = o.Do(tensor.New(tensor.WithBacking([]float32{3, 4, 5})), G.NewF32(5))
	assert.ErrorContains(t, err, "output 0 has 3 entries, want 2")
}

func TestCotangentsAreNeverSmall(t *testing.T) {
	c := cotangents([][]float64{make([]float64, 500), make([]float64, 1)}, 1)
	signs := map[bool]int{}
	for _, x := range append(c[0], c[1]...) {
		assert.Equal(t, x, float64(float32(x)))
		assert.InDelta(t, 1, max(x, -x), 0.5)
		signs[x > 0]++
	}
	assert.Greater(t, min(signs[true], signs[false]), 150)
	assert.Equal(t, c[0], cotangents([][]float64{make([]float64, 500)}, 1)[0])
	assert.NotEqual(t, c[0], cotangents([][]float64{make([]float64, 500)}, 2)[0])
}

func TestSample(t *testing.T) {
	assert.Equal(t, []int{0, 1, 2}, sample(3, 0, 1, 0))
	assert.Equal(t, []int{0, 1, 2}, sample(3, 5, 1, 0))
	some := sample(100, 10, 1, 0)
	assert.Len(t, some, 10)
	assert.IsIncreasing(t, some)
	assert.NotEqual(t, some, sample(100, 10, 1, 1))
}
