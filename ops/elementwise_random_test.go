package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func dropoutRows() []opRow {
	at := func(name string, p float64, x G.Value) opCase {
		c := opCase{
			name: name, in: []gradcheck.Input{input("x", x), input("step", idx(3))},
			build: func(in G.Nodes) (*G.Node, error) { return dropoutAt(in[0], p, 7, in[1]) },
			ref: func(in []G.Value) []float64 {
				out := nums(in[0])
				for i, m := range maskOf(p, 7, 3, len(out), in[0].Dtype() == G.Float32) {
					out[i] *= m
				}
				return out
			},
		}
		return c
	}
	none := plainCase("of nothing", func(in G.Nodes) (*G.Node, error) { return Dropout(in[0], 0, 7) }, nil, values(mat(2, 2, 1, 2, 3, 4)), 1, 2, 3, 4)
	bad := func(p float64) func(*G.ExprGraph) error {
		return func(g *G.ExprGraph) error { return second(Dropout(float(g, 2, 2), p, 1)) }
	}
	badAt := func(p float64) func(*G.ExprGraph) error {
		return func(g *G.ExprGraph) error { return second(dropoutAt(float(g, 2, 2), p, 1, index(g, 0))) }
	}
	return []opRow{{
		op: "Dropout", cases: []opCase{none},
		bad: []badCase{
			{"negative", bad(-0.1), "p = -0.1, want [0, 1)"},
			{"all", bad(1), "p = 1, want [0, 1)"},
			{"NaN", bad(math.NaN()), "p = NaN, want [0, 1)"},
		},
	}, {
		op: "dropoutAt",
		cases: []opCase{
			at("nothing", 0, random(1, 3, 2)), at("a tenth", 0.1, random(2, 5, 4)),
			at("half", 0.5, random(3, 2, 3, 2)), at("most", 0.9, random(4, 20)),
			at("one node", 0.5, mat(1, 1, 3)), at("scalar", 0.5, G.NewF64(2)),
		},
		bad: []badCase{
			{"all", badAt(1), "p = 1, want [0, 1)"},
			{"two steps", func(g *G.ExprGraph) error { return second(dropoutAt(float(g, 2, 2), 0.5, 1, index(g, 0, 1))) }, "want (1)"},
		},
	}}
}

// maskOf reads the mask of a run off a vector of ones.
func maskOf(p float64, seed uint64, step, n int, narrow bool) []float64 {
	g := G.NewGraph()
	var x G.Value = vec(ones(n)...)
	if narrow {
		x = single(x)
	}
	y, err := dropoutAt(node(g, "x", x), p, seed, node(g, "step", idx(step)))
	if err != nil {
		return nil
	}
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	if vm.RunAll() != nil {
		return nil
	}
	return nums(y.Value())
}

var probabilities = []float64{0, 0.1, 0.5, 0.9}

// The mean stays, and every element is 0 or 1/(1−p).
func TestDropoutsMask(t *testing.T) {
	const n = 40_000
	for _, p := range probabilities {
		m := maskOf(p, 1, 0, n, false)
		require.Len(t, m, n)
		var sum float64
		for _, v := range m {
			sum += v
			assert.True(t, v == 0 || v == 1/(1-p))
		}
		assert.InDelta(t, 1, sum/n, 5*math.Sqrt(p/(1-p)/n)+1e-15, "p = %v", p)
	}
}

func TestDropoutIsAFunctionOfSeedAndRun(t *testing.T) {
	a := maskOf(0.5, 1, 0, 100, false)
	assert.Equal(t, a, maskOf(0.5, 1, 0, 100, false))
	assert.NotEqual(t, a, maskOf(0.5, 2, 0, 100, false), "another seed")
	assert.NotEqual(t, a, maskOf(0.5, 1, 1, 100, false), "another run")
	assert.Equal(t, a, maskOf(0.5, 1, 0, 100, true), "another dtype")
}

// The n-th run of Dropout is DropoutAt step n.
func TestDropoutCountsItsRuns(t *testing.T) {
	g := G.NewGraph()
	y := must[*G.Node](t)(Dropout(node(g, "x", vec(ones(50)...)), 0.5, 9))
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	for run := range 3 {
		require.NoError(t, vm.RunAll())
		assert.Equal(t, maskOf(0.5, 9, run, 50, false), nums(y.Value()))
		vm.Reset()
	}
}

// The gradient is the mask of the forward pass, to the bit, on both machines.
func TestTheGradientOfDropoutIsItsMask(t *testing.T) {
	for _, p := range probabilities {
		drop := func(in G.Nodes) (*G.Node, error) { return Dropout(in[0], p, 5) }
		x := vec(ones(200)...)
		for _, vm := range machines() {
			assert.Equal(t, maskOf(p, 5, 0, 200, false), vm.slopes(t, drop, x)[0], "p = %v on the %s", p, vm.name)
		}
		g := G.NewGraph()
		xn := node(g, "x", x)
		y := must[*G.Node](t)(drop(G.Nodes{xn}))
		dx := must[G.Nodes](t)(G.Grad(must[*G.Node](t)(Sum(y)), xn))[0]
		var forward, gradient G.Value
		G.Read(y, &forward)
		G.Read(dx, &gradient)
		vm := G.NewTapeMachine(g)
		for range 3 { // in every run, not only the first
			require.NoError(t, vm.RunAll())
			assert.Equal(t, nums(forward), nums(gradient), "p = %v", p)
			vm.Reset()
		}
		vm.Close()
	}
}

// Each operation counts its own runs.
func TestDropoutRunsOfEach(t *testing.T) {
	build := func() (*G.ExprGraph, *G.Node, *G.Node) {
		g := G.NewGraph()
		a := must[*G.Node](t)(Dropout(node(g, "x", vec(ones(50)...)), .5, 7))
		return g, a, must[*G.Node](t)(Dropout(a, .5, 8))
	}
	g, a, both := build()
	runs := func(n *G.Node) []float64 {
		vm := G.NewTapeMachine(g.SubgraphRoots(n))
		defer vm.Close()
		require.NoError(t, vm.RunAll())
		return append([]float64(nil), nums(n.Value())...)
	}
	runs(a)
	runs(a)
	runs(both)
	assert.Equal(t, []int{3, 1}, DropoutRuns(g))
	want := runs(both)
	g, _, both = build()
	require.NoError(t, SetDropoutRuns(g, []int{3, 1}))
	assert.Equal(t, want, runs(both))
	assert.EqualError(t, SetDropoutRuns(g, []int{3}), "ops: the runs of 1 operations that draw, want 2, those of the graph")
	assert.Equal(t, []int{4, 2}, DropoutRuns(g))
	assert.Empty(t, DropoutRuns(nil))
	assert.NoError(t, SetDropoutRuns(nil, nil))
	assert.Error(t, SetDropoutRuns(nil, []int{1}))
}

func TestSetDropoutRunsGoesOnWithTheMasksOfALaterRun(t *testing.T) {
	g := G.NewGraph()
	x := G.NodeFromAny(g, vec(ones(50)...), G.WithName("x"))
	y, err := Dropout(x, 0.5, 7)
	require.NoError(t, err)
	vm := G.NewTapeMachine(g)
	run := func() []float64 {
		require.NoError(t, vm.RunAll())
		defer vm.Reset()
		return append([]float64(nil), nums(y.Value())...)
	}
	first, second, third := run(), run(), run()
	require.NoError(t, SetDropoutRuns(g, []int{1}))
	assert.Equal(t, second, run())
	assert.Equal(t, third, run())
	require.NoError(t, SetDropoutRuns(g, []int{0}))
	assert.Equal(t, first, run())
	assert.NotEqual(t, first, second)
}
