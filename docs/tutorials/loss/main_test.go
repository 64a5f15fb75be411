package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// The two cliques are found; 1 − 20/21 is the least loss there is.
func Example() {
	if err := run(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// step 0: loss 0.504
	// step 99: loss 0.050
	// clusters [1 1 1 1 1 0 0 0 0 0]
}

func path(n int, weights ...float64) *modes.Host {
	var row, col []int
	var w []float64
	for i := 1; i < n; i++ {
		row, col, w = append(row, i-1, i), append(col, i, i-1), append(w, weights[i-1], weights[i-1])
	}
	h, err := modes.FromCOO(n, row, col, w)
	if err != nil {
		panic(err)
	}
	h.X = tensor.New(tensor.WithShape(n, 1), tensor.Of(tensor.Float64))
	return h
}

func assignment(rows int, s ...float64) *tensor.Dense {
	return tensor.New(tensor.WithShape(rows, 2), tensor.WithBacking(s))
}

// Values worked by hand: a path of four nodes cut in the middle keeps 2 of 3 of
// each cluster's weight.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		s    *tensor.Dense
		want float64
	}{
		{assignment(4, 1, 0, 1, 0, 0, 1, 0, 1), 1. / 3},
		{assignment(4, 1, 0, 1, 0, 1, 0, 1, 0), 1. / 2}, // all in one: the other is empty
		{assignment(4, 1, 0, 0, 1, 1, 0, 0, 1), 1},      // every edge is cut
	} {
		g := G.NewGraph()
		in, err := modes.NewSingle(g, "path", path(4, 1, 1, 1), tensor.Float64)
		require.NoError(t, err)
		loss, err := normalizedCut(G.NodeFromAny(g, c.s, G.WithName("s")), in)
		require.NoError(t, err)
		got, err := train.Forward(loss)
		require.NoError(t, err)
		assert.InDelta(t, c.want, got[0].Data(), 1e-12)
	}
	_, err := normalizedCut(nil, modes.Graph{})
	assert.ErrorContains(t, err, "normalized cut: assignment")
}

// The gradients to S and to the weights of the edges, over two graphs, padding,
// and a graph without nodes.
func TestGradients(t *testing.T) {
	s := assignment(7, .7, .3, .2, .8, .6, .4, .1, .9, .5, .5, 0, 0, 0, 0)
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "s", Value: s}},
		Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			graphs := []*modes.Host{path(3, .5, 2), path(2, 1.5)}
			a, err := modes.NewDisjoint(g, "paths", graphs, tensor.Float64, modes.Budget{Graphs: 3, Nodes: 7, Edges: 8})
			if err != nil {
				return nil, err
			}
			return gradcheck.One(normalizedCut(in[0], a))
		},
	}, gradcheck.Options{}))
}
