package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
)

func scalar(g *G.ExprGraph, name string, v float64) *G.Node {
	return G.NewScalar(g, tensor.Float64, G.WithName(name), G.WithValue(v))
}

func TestTotal(t *testing.T) {
	g := G.NewGraph()
	a, b, c := scalar(g, "a", 2), scalar(g, "b", 3), scalar(g, "c", 5)
	rate := scalar(g, "rate", .5)
	total, err := losses.Total([]losses.Term{
		{Name: "a", Weight: 1, Node: a}, {Name: "b", Weight: 10, Node: b, Scale: rate}, {Name: "c", Node: c},
	})
	require.NoError(t, err)
	derivs, err := G.Grad(total, a, b)
	require.NoError(t, err)
	values := make([]G.Value, 3)
	vm := G.NewTapeMachine(g.SubgraphRoots(G.Read(total, &values[0]), G.Read(derivs[0], &values[1]), G.Read(derivs[1], &values[2])))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	assert.Equal(t, 17., elements(values[0])[0])
	assert.Equal(t, 1., elements(values[1])[0])
	assert.Equal(t, 5., elements(values[2])[0])
	require.NoError(t, G.Let(rate, 0.))
	vm.Reset()
	require.NoError(t, vm.RunAll())
	assert.Equal(t, 2., elements(values[0])[0], "the scale is an input")
}

func TestTotalOfNothing(t *testing.T) {
	_, err := losses.Total(nil)
	assert.EqualError(t, err, "losses: no term has a weight other than 0")
	_, err = losses.Total([]losses.Term{{Name: "a", Node: scalar(G.NewGraph(), "a", 1)}})
	assert.EqualError(t, err, "losses: no term has a weight other than 0")
}

func TestTotalOfOneIsTheLossItself(t *testing.T) {
	a := scalar(G.NewGraph(), "a", 1)
	total, err := losses.Total([]losses.Term{{Name: "a", Weight: 1, Node: a}})
	require.NoError(t, err)
	assert.Same(t, a, total)
}

func TestTotalNamesATermItCannotAdd(t *testing.T) {
	g := G.NewGraph()
	a, b := scalar(g, "a", 1), scalar(g, "b", 1)
	for want, bad := range map[string]losses.Term{
		"losses: cut: the weight is NaN, want a finite number":   {Name: losses.NameCut, Weight: math.NaN(), Node: b},
		"losses: cut: the weight is +Inf, want a finite number":  {Name: losses.NameCut, Weight: math.Inf(1), Node: b},
		"losses: link: the weight is -Inf, want a finite number": {Name: losses.NameLink, Weight: math.Inf(-1), Node: b},
		"losses: link: the weight is 1e+300, want at most 3.403e+38, what float32 holds": {
			Name: losses.NameLink, Weight: 1e300, Node: G.NewScalar(g, tensor.Float32, G.WithName("narrow")),
		},
		"losses: link: the node is nil, want a scalar": {Name: losses.NameLink, Weight: 1},
	} {
		good := losses.Term{Name: "a", Weight: 1, Node: a}
		for _, terms := range [][]losses.Term{{bad}, {good, bad}, {bad, good}} {
			n, err := losses.Total(terms)
			assert.Nil(t, n)
			assert.EqualError(t, err, want)
		}
	}
}

func TestTotalLeavesOutTermsOfNoWeight(t *testing.T) {
	a := scalar(G.NewGraph(), "a", 1)
	total, err := losses.Total([]losses.Term{{Name: "not made"}, {Name: "a", Weight: 1, Node: a}})
	require.NoError(t, err)
	assert.Same(t, a, total)
}
