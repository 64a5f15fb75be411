package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func sparsemaxRows() []opRow {
	of := func(name string, x G.Value, want ...float64) opCase {
		return opCase{
			name: name, want: want, in: []gradcheck.Input{input("x", x)}, build: oneNode(SparseMax),
			ref: func(in []G.Value) []float64 {
				n := width(in[0])
				if in[0].Shape().Dims() == 1 {
					n = len(nums(in[0]))
				}
				var out []float64
				for _, row := range rowsIn(nums(in[0]), n) {
					out = append(out, sparsemaxByBisection(row)...)
				}
				return out
			},
		}
	}
	return []opRow{{
		op: "SparseMax",
		cases: []opCase{
			of("two entries", mat(2, 2, .3, .1, 5, 1), .6, .4, 1, 0),
			of("three of four", vec(.5, .3, -2, .4), 13./30, 7./30, 0, 1./3),
			of("far from 0", vec(64, 63.5, 3), .75, .25, 0),
			of("equal entries", mat(1, 4, 7, 7, 7, 7), .25, .25, .25, .25),
			of("one entry", mat(3, 1, -4, 0, 9), 1, 1, 1),
			of("random", random(1, 5, 7)),
			of("rank 3", random(2, 2, 3, 4)),
			of("rank 4", random(3, 1, 2, 2, 3)),
		},
		bad: []badCase{
			{"scalar", func(g *G.ExprGraph) error { return second(SparseMax(scalar(g))) }, "want rank 1 to 4"},
			{"rank 5", func(g *G.ExprGraph) error { return second(SparseMax(float(g, 1, 1, 1, 1, 2))) }, "want rank 1 to 4"},
		},
	}}
}

// sparsemaxByBisection finds τ with Σ max(0, x − τ) = 1 by halving.
func sparsemaxByBisection(x []float64) []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range x {
		lo, hi = min(lo, v-1), max(hi, v)
	}
	for range 200 {
		tau, sum := (lo+hi)/2, 0.0
		for _, v := range x {
			sum += max(0, v-tau)
		}
		if sum > 1 {
			lo = tau
		} else {
			hi = tau
		}
	}
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = max(0, v-lo)
	}
	return out
}

// No other point of the simplex is nearer, by the condition for the optimum:
// x − y is the same wherever y is above 0, and no larger elsewhere.
func TestSparseMaxIsTheNearestPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), 1, 9).Draw(t, "x")
		y := nums(eval(t, sparsemaxOf(t, vec(x...)))[0])
		sum, tau := 0.0, math.Inf(-1)
		for i := range y {
			sum += y[i]
			tau = max(tau, x[i]-y[i])
		}
		require.InDelta(t, 1, sum, 1e-12)
		for i := range y {
			require.GreaterOrEqual(t, y[i], 0.0)
			if y[i] > 1e-12 {
				require.InDelta(t, tau, x[i]-y[i], 1e-12)
			}
		}
	})
}

func sparsemaxOf(t require.TestingT, x G.Value) *G.Node {
	y, err := SparseMax(node(G.NewGraph(), "x", x))
	require.NoError(t, err)
	return y
}

func TestSparseMaxOfNaN(t *testing.T) {
	y := nums(eval(t, sparsemaxOf(t, mat(2, 2, 1, math.NaN(), 3, 0)))[0])
	assert.True(t, math.IsNaN(y[0]) && math.IsNaN(y[1]), "%v", y)
	assert.Equal(t, []float64{1, 0}, y[2:])
}
