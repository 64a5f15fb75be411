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

// The edges of every kind of adjacency are its matrix, one entry an edge.
func TestEdgesAreTheMatrix(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			m := need[ops.Sparse](t)(build(func() ops.Sparse { return edgesOf(c.a) }))
			require.Equal(t, len(c.rows), m.Rows)
			assertMatrix(t, c.rows, SparseAdj{Sparse: m})
			var p G.Value
			G.Read(m.Pattern, &p)
			eval(t, m.Pattern)
			want := 0
			for _, row := range c.rows {
				for _, w := range row {
					if w != 0 {
						want++
					}
				}
			}
			assert.Equal(t, want, p.(*ops.Pattern).NNZ())
		})
	}
}

// Parallel edges are one, of their sum, unless they have attributes; stored
// zeros are edges of a sparse adjacency and none of a dense one.
func TestEdgesOfParallelEntries(t *testing.T) {
	p, _, err := ops.PatternFromCOO(2, 2, []int{0, 0, 0, 1}, []int{1, 1, 0, 0})
	require.NoError(t, err)
	h := &Host{Nodes: 2, Pattern: p, Weights: []float64{2, 3, 0, 4}, X: numbered(2, 1), E: numbered(4, 2)}
	in := need[Graph](t)(NewSingle(G.NewGraph(), "g", h, tensor.Float64))
	count := func(m ops.Sparse) int {
		var p G.Value
		G.Read(m.Pattern, &p)
		eval(t, m.Pattern)
		return p.(*ops.Pattern).NNZ()
	}
	assert.Equal(t, 3, count(need[ops.Sparse](t)(in.Edges())))
	m, e, err := in.AttributedEdges()
	require.NoError(t, err)
	assert.Equal(t, 4, count(m))
	assert.Equal(t, in.E, e)
	h.E = nil
	dense := need[Graph](t)(NewSingle(G.NewGraph(), "g", densely(h), tensor.Float64))
	assert.Equal(t, 2, count(need[ops.Sparse](t)(dense.Edges())))
}

// On a shared graph each signal has the edges and their attributes.
func TestAttributedEdgesOfSignals(t *testing.T) {
	h := attributed(3)
	x, _ := signals(h, 2, 1)
	in := need[Graph](t)(NewMixed(G.NewGraph(), "g", bare(h), x, tensor.Float64))
	in.E = G.NodeFromAny(in.X.Dense.Graph(), h.E, G.WithName("attributes"))
	m, e, err := in.AttributedEdges()
	require.NoError(t, err)
	assert.Equal(t, []float64{1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}, eval(t, e)[0])
	assert.Equal(t, 6, m.Rows)
}

func TestEdgesThatAreRefused(t *testing.T) {
	in := need[Graph](t)(NewSingle(G.NewGraph(), "g", path(3, 1), tensor.Float64))
	_, _, err := in.AttributedEdges()
	assert.EqualError(t, err, "modes: edges: the graph has no edge attributes, want E")
	in.E = G.NodeFromAny(in.X.Dense.Graph(), numbered(3, 2), G.WithName("e"))
	_, _, err = in.AttributedEdges()
	assert.EqualError(t, err, "modes: edges: edge attributes of shape (3, 2), want 4 rows, one for each entry that A has room for")
	dense := need[Graph](t)(NewSingle(G.NewGraph(), "g", densely(path(3, 1)), tensor.Float64))
	dense.E = G.NodeFromAny(dense.X.Dense.Graph(), numbered(4, 2), G.WithName("e"))
	_, _, err = dense.AttributedEdges()
	assert.EqualError(t, err, "modes: edges: edge attributes beside a dense adjacency, want a sparse one")
	dense.A = nil
	_, err = dense.Edges()
	assert.EqualError(t, err, "modes: edges: the graph has no adjacency, want A")
	for want, eps := range map[string]float64{"modes: distance: ε = 0, want a number above 0": 0, "modes: distance: ε = +Inf, want a number above 0": math.Inf(1)} {
		_, err = in.A.OverDistance(in.X.Dense, eps)
		assert.EqualError(t, err, want)
	}
	_, err = in.A.OverDistance(in.E, 1)
	assert.NoError(t, err)
	_, err = in.A.OverDistance(nil, 1)
	assert.EqualError(t, err, "modes: a nil node, want a matrix of 3 rows, those of A")
}

// Every kind of adjacency gives its matrix without the diagonal, and over the
// distances of rows.
func TestWithoutLoopsAndOverDistance(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			n := len(c.rows)
			x, want := make([]float64, 2*n), make([][]float64, n)
			for i := range x {
				x[i] = math.Sin(float64(3 * i))
			}
			for i, row := range c.rows {
				want[i] = make([]float64, n)
				for j, w := range row {
					want[i][j] = w / max(math.Abs(x[2*i]-x[2*j])+math.Abs(x[2*i+1]-x[2*j+1]), 1)
				}
			}
			h := G.NodeFromAny(graphOf(c.a), shapedFor(c.a, denseOf(x, n, 2)), G.WithName("h of "+t.Name()))
			assertMatrix(t, want, need[Adj](t)(c.a.OverDistance(h, 1)))
			got := eval(t, need[*G.Node](t)(c.a.Differences(h)))[0]
			for i, row := range c.rows {
				var sum [2]float64
				for j, w := range row {
					sum[0] += w * (x[2*i] - x[2*j])
					sum[1] += w * (x[2*i+1] - x[2*j+1])
				}
				assert.InDeltaSlice(t, sum[:], got[2*i:2*i+2], 1e-12)
			}
			for i := range c.rows {
				c.rows[i][i] = 0
			}
			assertMatrix(t, c.rows, need[Adj](t)(c.a.WithoutLoops()))
		})
	}
}

func TestOverDistanceGradients(t *testing.T) {
	h := weighted(path(3, 1))
	x := denseOf([]float64{.3, -.4, 1.2, .9, -.7, .1}, 3, 2)
	for _, host := range []*Host{h, densely(h)} {
		require.NoError(t, gradcheck.Check(gradcheck.Case{
			Inputs: []gradcheck.Input{{Name: "h", Value: x}},
			Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				graph, err := NewSingle(g, "g", host, tensor.Float64)
				if err != nil {
					return nil, err
				}
				a, err := graph.A.OverDistance(in[0], 0.5)
				if err != nil {
					return nil, err
				}
				return gradcheck.One(a.Differences(in[0]))
			},
			Params: func(name string) bool { return name == "g/a" || name == "g/a/weights" },
		}, gradcheck.Options{}))
	}
}
