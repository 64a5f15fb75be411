package ops

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

// machine differentiates Σ y of an expression y.
type machine struct {
	name   string
	slopes func(t testing.TB, build func(in G.Nodes) (*G.Node, error), in ...G.Value) [][]float64
}

func machines() []machine {
	return []machine{{"TapeMachine", tapeSlopes}, {"LispMachine", lispSlopes}}
}

// sumOf is the loss and the graph's inputs, of which the float ones are wrt.
func sumOf(t testing.TB, build func(in G.Nodes) (*G.Node, error), vals []G.Value) (loss *G.Node, wrt G.Nodes) {
	g := G.NewGraph()
	var in G.Nodes
	for i, v := range vals {
		n := node(g, fmt.Sprint("in", i), v)
		in = append(in, n)
		if isFloat(v.Dtype()) {
			wrt = append(wrt, n)
		}
	}
	return must[*G.Node](t)(Sum(must[*G.Node](t)(build(in)))), wrt
}

// tapeSlopes is the gradient of Σ y with respect to the float inputs.
func tapeSlopes(t testing.TB, build func(in G.Nodes) (*G.Node, error), vals ...G.Value) [][]float64 {
	loss, wrt := sumOf(t, build, vals)
	grads, err := G.Grad(loss, wrt...)
	require.NoError(t, err)
	var out [][]float64
	for _, v := range eval(t, grads...) {
		out = append(out, nums(v))
	}
	return out
}

func lispSlopes(t testing.TB, build func(in G.Nodes) (*G.Node, error), vals ...G.Value) [][]float64 {
	loss, wrt := sumOf(t, build, vals)
	vm := G.NewLispMachine(loss.Graph().SubgraphRoots(loss))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	var out [][]float64
	for _, n := range wrt {
		g, err := n.Grad()
		require.NoError(t, err)
		out = append(out, nums(g))
	}
	return out
}
