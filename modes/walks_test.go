package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// Every kind of adjacency has the triangles of its matrix, and a detached one
// is the same matrix.
func TestTrianglesOfEveryAdjacency(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			n := len(c.rows)
			want := make([][]float64, n)
			for i := range want {
				want[i] = make([]float64, n)
				for j := range want[i] {
					for k := range n {
						want[i][j] += c.rows[i][j] * c.rows[i][k] * c.rows[k][j]
					}
				}
			}
			like := G.NodeFromAny(graphOf(c.a), numbered(1, 1), G.WithName("like"))
			m := need[Adj](t)(c.a.Triangles(like))
			x := G.NodeFromAny(graphOf(c.a), shapedFor(c.a, numbered(n, 1)), G.WithName("x of "+t.Name()))
			got := eval(t, need[*G.Node](t)(m.Mul(x)))[0]
			for i, row := range want {
				sum := 0.
				for j, w := range row {
					sum += w * float64(j+1)
				}
				assert.InDelta(t, sum, got[i], 1e-12, "row %d", i)
			}
			t.Run("detached", func(t *testing.T) { assertMatrix(t, c.rows, need[Adj](t)(c.a.Detached())) })
		})
	}
}

// Every kind of adjacency gives the sum over its entries, and the rates of its
// walk: those of one graph sum to 1.
func TestEntrySoftplusAndVisitRates(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			n := len(c.rows)
			x := numbered(n, 2)
			for i, v := range x.Data().([]float64) {
				x.Data().([]float64)[i] = math.Sin(v)
			}
			in := G.NodeFromAny(graphOf(c.a), shapedFor(c.a, x), G.WithName("x of "+t.Name()))
			u := x.Data().([]float64)
			ids := make([]int, n)
			for i := range ids {
				ids[i] = i / 3
			}
			seg := ops.Segments{IDs: G.NodeFromAny(graphOf(c.a), denseOf(ids, n), G.WithName("ids of "+t.Name())), Count: (n + 2) / 3}
			node := need[*G.Node](t)
			got := eval(t, node(c.a.EntrySoftplus(in, in)), node(c.a.VisitRates(in, seg, .15)))
			for i, row := range c.rows {
				want := 0.
				for j, w := range row {
					if w != 0 {
						want += math.Log(1 + math.Exp(u[2*i]*u[2*j]+u[2*i+1]*u[2*j+1]))
					}
				}
				assert.InDelta(t, want, got[0][i], 1e-12, "row %d", i)
			}
			others, other := eval(t, node(c.a.OtherSoftplus(in, in, seg, 0, 1)))[0], make([]float64, seg.Count)
			for i, row := range c.rows {
				for j, w := range row {
					if w == 0 && ids[i] == ids[j] {
						other[ids[i]] += math.Log(1 + math.Exp(u[2*i]*u[2*j]+u[2*i+1]*u[2*j+1]))
					}
				}
			}
			assert.InDeltaSlice(t, other, others, 1e-12)
			assert.InDelta(t, 1, got[1][0]+got[1][1]+got[1][2], 1e-14)
			assert.Greater(t, got[1][1], got[1][0], "the middle of a path of three nodes")
		})
	}
}

func TestEntrySoftplusGradients(t *testing.T) {
	h := weighted(path(3, 1))
	x := denseOf([]float64{.3, -.4, 1.2, .9, -.7, .1}, 3, 2)
	y := denseOf([]float64{.2, .5, -1, .4, .3, -.6}, 3, 2)
	for _, host := range []*Host{h, densely(h)} {
		require.NoError(t, gradcheck.Check(gradcheck.Case{
			Inputs: []gradcheck.Input{{Name: "u", Value: x}, {Name: "v", Value: y}},
			Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				graph, err := NewSingle(g, "g", host, tensor.Float64)
				if err != nil {
					return nil, err
				}
				return gradcheck.One(graph.A.EntrySoftplus(in[0], in[1]))
			},
			Params: func(string) bool { return false },
		}, gradcheck.Options{}))
		require.NoError(t, gradcheck.Check(gradcheck.Case{
			Inputs: []gradcheck.Input{{Name: "u", Value: x}, {Name: "v", Value: y}},
			Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				graph, err := NewSingle(g, "g", host, tensor.Float64)
				if err != nil {
					return nil, err
				}
				return gradcheck.One(graph.A.OtherSoftplus(in[0], in[1], graph.Segments(), 0, 1))
			},
			Params: func(string) bool { return false },
		}, gradcheck.Options{}))
	}
}
