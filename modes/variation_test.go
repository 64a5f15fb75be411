package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// Every kind of adjacency gives the total variation of its matrix.
func TestTotalVariation(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			n := len(c.rows)
			x := make([]float64, 2*n)
			for i := range x {
				x[i] = math.Sin(float64(3 * i))
			}
			in := G.NodeFromAny(graphOf(c.a), shapedFor(c.a, denseOf(x, n, 2)), G.WithName("x of "+t.Name()))
			got := eval(t, need[*G.Node](t)(c.a.TotalVariation(in)))[0]
			for i, row := range c.rows {
				var want float64
				for j, w := range row {
					want += w * (math.Abs(x[2*i]-x[2*j]) + math.Abs(x[2*i+1]-x[2*j+1]))
				}
				assert.InDelta(t, want, got[i], 1e-12, "row %d", i)
			}
		})
	}
}

func TestTotalVariationGradients(t *testing.T) {
	h := weighted(path(3, 1))
	x := denseOf([]float64{.3, -.4, 1.2, .9, -.7, .1}, 3, 2)
	for _, host := range []*Host{h, densely(h)} {
		require.NoError(t, gradcheck.Check(gradcheck.Case{
			Inputs: []gradcheck.Input{{Name: "s", Value: x}},
			Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				graph, err := NewSingle(g, "g", host, tensor.Float64)
				if err != nil {
					return nil, err
				}
				return gradcheck.One(graph.A.TotalVariation(in[0]))
			},
			Params: func(name string) bool { return name == "g/a" || name == "g/a/weights" },
		}, gradcheck.Options{}))
	}
}
