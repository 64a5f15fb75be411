package modes

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// units are what all weights of a graph may be multiplied by.
var units = []float64{1e-300, 1e-42, 1e-3, 1, 1e3, 1e38, 1e300}

// times is h, sparse or dense, with its weights multiplied.
func times(h *Host, by float64, dense bool) *Host {
	out := *h
	out.Weights = append([]float64{}, h.Weights...)
	for e := range out.Weights {
		out.Weights[e] *= by
	}
	if dense {
		return &Host{Nodes: h.Nodes, DenseA: densely(&out).DenseA}
	}
	return &out
}

// The unit of the weights changes neither the scaled graph nor what stands in
// for features.
func TestTheUnitOfTheWeightsDoesNotMatter(t *testing.T) {
	h := weighted(path(4, 1)) // weights 1 to 6, mean 3.5
	h.X = nil
	var want []float64
	for _, w := range h.Weights {
		want = append(want, w/3.5)
	}
	for _, by := range units {
		for _, dense := range []bool{false, true} {
			x := times(h, by, dense)
			scaled := need[*Host](t)(x.Scaled())
			_, _, w := scaled.COO()
			assert.InDeltaSlice(t, want, w, 1e-12, by)
			in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", scaled, tensor.Float32))
			features := eval(t, need[*G.Node](t)(in.X.ToDense()))[0]
			assert.InDeltaSlice(t, eval(t, need[*G.Node](t)(in.A.Mul(identity(in))))[0], features, 1e-7, by)
			wide := need[Graph](t)(NewSingle(G.NewGraph(), "graph", x, tensor.Float64))
			assert.InDeltaSlice(t, features, eval(t, need[*G.Node](t)(wide.X.ToDense()))[0], 1e-6, by)
		}
	}
}

func identity(in Graph) *G.Node {
	n := in.Rows()
	x := make([]float32, n*n)
	for i := range n {
		x[i*(n+1)] = 1
	}
	return G.NewMatrix(in.X.Like().Graph(), tensor.Float32, G.WithShape(n, n), G.WithName("I"), G.WithValue(denseOf(x, n, n)))
}

func TestScaledKeepsWhatHasNoUnit(t *testing.T) {
	plain := path(3, 2)
	assert.Nil(t, need[*Host](t)(plain.Scaled()).Weights)
	assert.Same(t, plain.Pattern, need[*Host](t)(plain.Scaled()).Pattern)
	none := &Host{Nodes: 2}
	assert.Equal(t, none, need[*Host](t)(none.Scaled()))
	zeros := weighted(path(2, 1))
	zeros.Weights = []float64{0, 0}
	assert.Equal(t, zeros.Weights, need[*Host](t)(zeros.Scaled()).Weights)
	_, err := (&Host{Nodes: -1}).Scaled()
	require.ErrorContains(t, err, "modes: Nodes = -1")
}

// Entries of one place, of weight 1 and 3, are one of 4.
func TestParallelEntriesScaleAsOne(t *testing.T) {
	p, _, err := ops.PatternFromCOO(2, 2, []int{0, 0, 1}, []int{1, 1, 0})
	require.NoError(t, err)
	h := need[*Host](t)((&Host{Nodes: 2, Pattern: p, Weights: []float64{1, 3, 4}}).Scaled())
	assert.Equal(t, []float64{0.25, 0.75, 1}, h.Weights)
	h = need[*Host](t)((&Host{Nodes: 2, Pattern: p}).Scaled())
	assert.InDeltaSlice(t, []float64{2. / 3, 2. / 3, 2. / 3}, h.Weights, 1e-15)
}

// What float32 does not hold is an error that names it, not an infinity.
func TestValuesBeyondFloat32AreRefused(t *testing.T) {
	g := func(change func(h *Host)) *Host {
		h := weighted(path(3, 2))
		change(h)
		return h
	}
	edges := func(w ...float64) func(h *Host) { return func(h *Host) { h.Weights = w } }
	for name, c := range map[string]struct {
		h    *Host
		want string
	}{
		"weight":          {g(edges(1, 1, 1e300, 1)), "adjacency: value 2 is more than float32 holds"},
		"dense adjacency": {densely(g(edges(1, 1, 1e300, 1))), "adjacency: value 5 is more than float32 holds"},
		"sum of weights":  {g(edges(2e38, 1, 2e38, 1)), "adjacency: the weights add up to 4e+38"},
		"tiny weights":    {g(edges(1e-42, 1e-42, 1e-43, 1e-42)), "adjacency: the largest weight is 1.001e-42"},
		"feature":         {g(func(h *Host) { h.X = f64(3, 2, 1, 2, 3, -1e300, 5, 6) }), "features: value 3 is more than float32 holds"},
		"sparse feature":  {g(func(h *Host) { h.X, h.SparseX = nil, sparseOf([]float64{0, 2, 0, 1e39, 3, 0}, 3, 2) }), "features: value 1 is more than float32 holds"},
		"edge attribute":  {g(func(h *Host) { h.E = f64(4, 1, 1, 2, 3, 1e39) }), "edge attributes: value 3 is more than float32 holds"},
	} {
		_, err := NewSingle(G.NewGraph(), "graph", c.h, tensor.Float32)
		assert.ErrorContains(t, err, "modes: graph: "+c.want, name)
		_, err = NewSingle(G.NewGraph(), "graph", c.h, tensor.Float64)
		require.NoError(t, err, name)
		b := need[Budget](t)(BudgetFor([]*Host{c.h}, 1))
		_, err = NewDisjoint(G.NewGraph(), "graph", []*Host{c.h}, tensor.Float32, b)
		if name != "dense adjacency" {
			assert.ErrorContains(t, err, c.want, name)
		} else {
			assert.Error(t, err)
		}
	}
	in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", path(3, 2), tensor.Float32))
	before := eval(t, in.X.Dense)[0]
	other := path(3, 2)
	other.X = f64(3, 2, 1, 2, 3, math.MaxFloat64, 5, 6)
	require.ErrorContains(t, SetSingle(in, other), "features: value 3 is more than float32 holds")
	assert.Equal(t, before, eval(t, in.X.Dense)[0], "nothing was swapped")
}

// Every element counts, wherever it stands; one that is not a number is left to
// those who compute with it.
func TestSizes(t *testing.T) {
	for n := range 11 {
		for at := range n {
			x := make([]float32, n)
			x[at] = -3
			sum, largest := sizes(x)
			assert.Equal(t, []float64{3, 3}, []float64{sum, largest}, "%d of %d", at, n)
			x[at] = float32(math.Inf(-1))
			assert.ErrorContains(t, checkRange("adjacency", vectorOf(x)), fmt.Sprintf("adjacency: value %d is more than float32 holds", at))
			x[at] = float32(math.NaN())
			assert.NoError(t, checkRange("adjacency", vectorOf(x)))
			x[(at+1)%n] = float32(math.Inf(1))
			assert.ErrorContains(t, checkRange("features", vectorOf(x)), fmt.Sprintf("features: value %d is", (at+1)%n))
		}
	}
}

func vectorOf(x []float32) *tensor.Dense {
	return tensor.New(tensor.WithShape(len(x)), tensor.WithBacking(x))
}
