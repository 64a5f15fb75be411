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

func softmaxRows() []opRow {
	at := func(name string, x G.Value, tau float64, want ...float64) opCase {
		return plainCase(name, func(in G.Nodes) (*G.Node, error) { return SoftMax(in[0], tau) }, func(in []G.Value) []float64 {
			s := in[0].Shape()
			return softmaxReference(nums(in[0]), s[len(s)-1], tau)
		}, values(x), want...)
	}
	ofLinear := func(name string, a Activation, tau float64, in ...G.Value) opCase {
		c := plainCase(name, func(in G.Nodes) (*G.Node, error) {
			x, err := Linear(in[0], in[1], append(in, nil)[2], a)
			if err != nil {
				return nil, err
			}
			return SoftMax(x, tau)
		}, func(in []G.Value) []float64 { return softmaxReference(linearReference(in, a), width(in[1]), tau) }, in)
		c.free = []int{2}
		return c
	}
	bad := func(tau float64) func(*G.ExprGraph) error {
		return func(g *G.ExprGraph) error { return second(SoftMax(float(g, 2, 2), tau)) }
	}
	return []opRow{{
		op: "SoftMax",
		cases: []opCase{
			at("by hand", mat(2, 2, 0, math.Log(3), 5, 5), 1, 0.25, 0.75, 0.5, 0.5),
			at("warm by hand", mat(1, 2, 0, 2*math.Log(3)), 2, 0.25, 0.75),
			at("cold", random(1, 3, 4), 0.5),
			at("hot", random(2, 3, 4), 10),
			at("vector", random(3, 5), 1),
			at("rank 3", random(4, 2, 3, 4), 0.7),
			at("one column", random(5, 3, 1), 1, 1, 1, 1),
			at("one", vec(3), 1, 1),
			ofLinear("of a linear layer", Identity, .5, random(6, 4, 3), random(7, 3, 5), random(8, 5)),
			ofLinear("of a linear layer of rank 3, without bias", Identity, 2, random(6, 2, 2, 3), random(7, 3, 17)),
			ofLinear("of a layer with an activation", Tanh, 1, random(6, 4, 3), random(7, 3, 5), random(8, 5)),
		},
		bad: []badCase{
			{"zero temperature", bad(0), "temperature = 0, want a number above 0"},
			{"negative temperature", bad(-1), "temperature = -1"},
			{"NaN temperature", bad(math.NaN()), "temperature = NaN"},
			{"infinite temperature", bad(math.Inf(1)), "temperature = +Inf"},
			{"a temperature with no inverse", bad(1e-310), "temperature = 1e-310"},
			{"scalar", func(g *G.ExprGraph) error { return second(SoftMax(scalar(g), 1)) }, "want rank 1 to 4"},
		},
	}}
}

// softmaxReference is the softmax of rows of n.
func softmaxReference(x []float64, n int, tau float64) (out []float64) {
	for _, row := range rowsIn(x, n) {
		var sum float64
		for _, v := range row {
			sum += math.Exp(v / tau)
		}
		for _, v := range row {
			out = append(out, math.Exp(v/tau)/sum)
		}
	}
	return out
}

// The logits are not computed where the softmax alone reads them, and have their
// value where something else does.
func TestLogitsOfASoftMax(t *testing.T) {
	g := G.NewGraph()
	x, w := node(g, "x", random(1, 4, 3)), node(g, "w", random(2, 3, 2))
	logits := must[*G.Node](t)(Linear(x, w, nil, Identity))
	shares := must[*G.Node](t)(SoftMax(logits, 1))
	assert.False(t, g.SubgraphRoots(shares).AllNodes().Contains(logits))
	values := eval(t, logits, shares)
	assert.InDeltaSlice(t, softmaxReference(nums(values[0]), 2, 1), nums(values[1]), 1e-14)
}

func TestLogitsOf(t *testing.T) {
	g := G.NewGraph()
	x, w, b := node(g, "x", random(1, 4, 3)), node(g, "w", random(2, 3, 2)), node(g, "b", vec(.5, -1))
	for _, bias := range []*G.Node{nil, b} {
		y := must[*G.Node](t)(SoftMax(must[*G.Node](t)(Linear(x, w, bias, Identity)), .3))
		logits, temperature, err := LogitsOf(y)
		require.NoError(t, err)
		assert.Equal(t, .3, temperature)
		values := eval(t, logits, y)
		assert.InDeltaSlice(t, softmaxReference(nums(values[0]), 2, .3), nums(values[1]), 1e-14)
	}
	of, temperature, err := LogitsOf(must[*G.Node](t)(SoftMax(x, 2)))
	require.NoError(t, err)
	assert.Equal(t, x, of)
	assert.Equal(t, 2., temperature)
	for _, n := range []*G.Node{x, must[*G.Node](t)(SparseMax(x)), must[*G.Node](t)(Linear(x, w, b, Identity))} {
		of, _, err = LogitsOf(n)
		require.NoError(t, err)
		assert.Nil(t, of)
	}
	_, _, err = LogitsOf(nil)
	assert.EqualError(t, err, "ops: LogitsOf: the node is nil")
}

func TestSoftMaxOfExtremeScores(t *testing.T) {
	x := mat(4, 3, 1e4, 0, -1e4, -1e30, -1e30, -1e30, math.Inf(-1), 7, math.Inf(-1), 1e30, 1e30, -1e30)
	want := []float64{1, 0, 0, 1. / 3, 1. / 3, 1. / 3, 0, 1, 0, 0.5, 0.5, 0}
	for _, v := range []G.Value{x, single(x)} {
		y := must[*G.Node](t)(SoftMax(node(G.NewGraph(), "x", v), 1))
		assert.InDeltaSlice(t, want, nums(eval(t, y)[0]), 1e-7)
	}
}

func TestRowsOfSoftMaxSumToOne(t *testing.T) {
	for v, tol := range map[G.Value]float64{random(1, 50, 16): 1e-14, single(random(1, 50, 16)): 1e-6} {
		for _, tau := range []float64{0.01, 1, 100} {
			y := must[*G.Node](t)(SoftMax(node(G.NewGraph(), "x", v), tau))
			for _, row := range rowsIn(nums(eval(t, y)[0]), 16) {
				var sum float64
				for _, p := range row {
					assert.GreaterOrEqual(t, p, 0.0)
					sum += p
				}
				assert.InDelta(t, 1, sum, tol)
			}
		}
	}
}

// A cold softmax nears the maximum, a hot one the uniform distribution.
func TestTemperature(t *testing.T) {
	x := mat(1, 3, 1, 2, 3)
	at := func(tau float64) []float64 {
		return nums(eval(t, must[*G.Node](t)(SoftMax(node(G.NewGraph(), "x", x), tau)))[0])
	}
	assert.InDeltaSlice(t, []float64{0, 0, 1}, at(0.01), 1e-12)
	assert.InDeltaSlice(t, []float64{1. / 3, 1. / 3, 1. / 3}, at(1e9), 1e-8)
}

// In float32 a share too small to matter is 0, not a denormal number.
func TestSoftMaxFlushesTinyShares(t *testing.T) {
	y := must[*G.Node](t)(SoftMax(node(G.NewGraph(), "x", single(mat(1, 2, 0, -90))), 1))
	assert.Equal(t, []float64{1, 0}, nums(eval(t, y)[0]))
}

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
