package param

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"
)

// w has rows (3, 4, 0) and (-4, 3, 0): column norms 5, 5, 0; row norms 5, 5.
var matrix = []float64{3, 4, 0, -4, 3, 0}

func TestConstraintsByHand(t *testing.T) {
	const e = 1e-7
	for _, c := range []struct {
		c    Constraint
		want []float64
	}{
		{MaxNorm{}, []float64{3 * 2 / (5 + e), 4 * 2 / (5 + e), 0, -4 * 2 / (5 + e), 3 * 2 / (5 + e), 0}},
		{MaxNorm{Max: 10, Axis: 1}, []float64{3 * 5 / (5 + e), 4 * 5 / (5 + e), 0, -4 * 5 / (5 + e), 3 * 5 / (5 + e), 0}},
		{UnitNorm{}, []float64{3 / (5 + e), 4 / (5 + e), 0, -4 / (5 + e), 3 / (5 + e), 0}},
		{UnitNorm{Axis: AllAxes}, []float64{3 / (math.Sqrt(50) + e), 4 / (math.Sqrt(50) + e), 0, -4 / (math.Sqrt(50) + e), 3 / (math.Sqrt(50) + e), 0}},
		{MinMaxNorm{}, []float64{3 / (5 + e), 4 / (5 + e), 0, -4 / (5 + e), 3 / (5 + e), 0}},
		{MinMaxNorm{Min: 6, Max: 8, Axis: -1}, []float64{3 * 6 / (5 + e), 4 * 6 / (5 + e), 0, -4 * 6 / (5 + e), 3 * 6 / (5 + e), 0}},
		{MinMaxNorm{Max: 1, Rate: 0.25}, []float64{3 * 4 / (5 + e), 4 * 4 / (5 + e), 0, -4 * 4 / (5 + e), 3 * 4 / (5 + e), 0}},
		{NonNeg{}, []float64{3, 4, 0, 0, 3, 0}},
	} {
		for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
			w := denseOf(dt, []int{2, 3}, append([]float64(nil), matrix...))
			require.NoError(t, c.c.Apply(w))
			want := denseOf(dt, []int{2, 3}, c.want)
			if dt == tensor.Float64 {
				assert.InDeltaSlice(t, want.Data(), w.Data(), 1e-14, "%#v", c.c)
			} else {
				assert.InDeltaSlice(t, want.Data(), w.Data(), 1e-6, "%#v", c.c)
			}
		}
	}
}

func TestConstraintErrors(t *testing.T) {
	ints := tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]int{1, 2, 3, 4}))
	good := denseOf(tensor.Float64, []int{2, 3}, append([]float64(nil), matrix...))
	view, err := good.Slice(nil, tensor.S(0, 2))
	require.NoError(t, err)
	for _, c := range []struct {
		c    Constraint
		w    *tensor.Dense
		want string
	}{
		{MaxNorm{Max: -1}, good, "max_norm: Max = -1, want more than 0"},
		{MaxNorm{Axis: 2}, good, "max_norm: Axis = 2, but the shape is (2, 3)"},
		{UnitNorm{Axis: -3}, good, "unit_norm: Axis = -3, but the shape is (2, 3)"},
		{MinMaxNorm{Min: 2}, good, "min_max_norm: Min = 2, Max = 1, want 0 ≤ Min ≤ Max"},
		{MinMaxNorm{Rate: 2}, good, "min_max_norm: Rate = 2, want (0, 1]"},
		{NonNeg{}, ints, "non_neg: dtype int, want float32 or float64"},
		{UnitNorm{}, ints, "unit_norm: dtype int, want float32 or float64"},
		{NonNeg{}, nil, "non_neg: the weight is not a contiguous tensor"},
		{UnitNorm{}, view.(*tensor.Dense), "unit_norm: the weight is not a contiguous tensor"},
	} {
		assert.EqualError(t, c.c.Apply(c.w), c.want)
	}
	assert.Equal(t, matrix, good.Data(), "an error changes nothing")
}
