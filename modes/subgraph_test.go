package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// index is a constant input of indices.
func index(g *G.ExprGraph, at ...int) *G.Node {
	return G.NodeFromAny(g, denseOf(at, len(at)), G.WithName("index"))
}

// attributed is a weighted path whose edges have two attributes.
func attributed(n int) *Host {
	h := weighted(path(n, 2))
	h.E = numbered(h.Pattern.NNZ(), 2)
	return h
}

func TestKeepInSingleMode(t *testing.T) {
	g := G.NewGraph()
	in := need[Graph](t)(NewSingle(g, "graph", attributed(4), tensor.Float64))
	// The path's edges are (0,1) (1,0) (1,2) (2,1) (2,3) (3,2), of weight 1 to 6.
	out := need[Graph](t)(in.Subgraph(Subset{Index: index(g, 3, -1, 2, 0)}))
	require.NoError(t, out.CheckA())
	assert.Equal(t, Single, out.Mode)
	dense := need[Graph](t)(out.DenseA())
	got := eval(t, out.X.Dense, dense.A.(DenseAdj).Node, out.E, out.IDs)
	assert.Equal(t, []float64{7, 8, 0, 0, 5, 6, 1, 2}, got[0])
	assert.Equal(t, []float64{0, 0, 6, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0}, got[1])
	assert.Equal(t, []float64{11, 12, 9, 10, 0, 0, 0, 0, 0, 0, 0, 0}, got[2])
	assert.Equal(t, []float64{0, -1, 0, 0}, got[3])
}

func TestKeepInEveryModeOfSeveral(t *testing.T) {
	graphs := []*Host{attributed(3), path(2, 2)}
	graphs[1].E = f64(2, 2, 90, 91, 92, 93)
	kept := []*Host{
		{Nodes: 2, DenseA: f64(2, 2, 0, 2, 1, 0), X: f64(2, 2, 3, 4, 1, 2)}, // nodes 1 and 0
		{Nodes: 1, X: f64(1, 2, 3, 4)},                                      // node 1
	}
	for name, at := range map[string][]int{"disjoint": {1, 0, -1, 4}, "sparse batch": {1, 0, 4, -1}} {
		g := G.NewGraph()
		c := constructors()[map[string]int{"disjoint": 0, "sparse batch": 2}[name]]
		in := need[Graph](t)(c.make(g, "graphs", graphs, tensor.Float64, Budget{}))
		k := Subset{Index: index(g, at...)}
		if c.mode == Batch {
			k.Graphs = 2
		}
		out := need[Graph](t)(in.Subgraph(k))
		require.NoError(t, out.CheckA(), name)
		assert.Equal(t, c.mode, out.Mode)
		assertKept(t, out, kept)
		assert.Equal(t, []float64{3, 4, 1, 2, 0, 0, 0, 0}, eval(t, out.E)[0][:8])
	}
	g := G.NewGraph()
	for _, h := range graphs {
		h.E = nil
	}
	in := need[Graph](t)(NewBatch(g, "graphs", graphs, tensor.Float64, Budget{}))
	out := need[Graph](t)(in.Subgraph(Subset{Index: index(g, 1, 0, 4, -1), Graphs: 2}))
	assertKept(t, out, kept)
}

func TestKeepInMixedModeGivesABatch(t *testing.T) {
	for _, h := range []*Host{bare(attributed(3)), bare(densely(attributed(3)))} {
		g := G.NewGraph()
		x, _ := signals(h, 2, 1)
		in := need[Graph](t)(NewMixed(g, "graph", h, x, tensor.Float64))
		out := need[Graph](t)(in.Subgraph(Subset{Index: index(g, 1, 0, 5, 4), Graphs: 2}))
		require.NoError(t, out.CheckA())
		assert.Equal(t, Batch, out.Mode)
		assertKept(t, out, []*Host{
			{Nodes: 2, DenseA: f64(2, 2, 0, 2, 1, 0), X: f64(2, 1, 2, 1)}, {Nodes: 2, DenseA: f64(2, 2, 0, 4, 3, 0), X: f64(2, 1, 6, 5)},
		})
		if h.E != nil {
			assert.Equal(t, []float64{3, 4, 1, 2, 7, 8, 5, 6}, eval(t, out.E)[0][:8])
		}
	}
}

// assertKept compares the graphs of computed ids with graphs, node by node in
// their order.
func assertKept(t tester, out Graph, graphs []*Host) {
	t.Helper()
	node := need[*G.Node](t)
	got := eval(t, out.IDs, out.X.Dense, node(out.A.Mul(out.X.Dense)))
	width := out.X.Width()
	seen := make([]int, len(graphs))
	for r, id := range got[0] {
		if id < 0 {
			assert.Equal(t, make([]float64, 2*width), append(got[1][r*width:(r+1)*width:(r+1)*width], got[2][r*width:(r+1)*width]...))
			continue
		}
		h, i := graphs[int(id)], seen[int(id)]
		seen[int(id)]++
		x := featuresOf(h)
		assert.Equal(t, x[i*width:(i+1)*width], got[1][r*width:(r+1)*width])
		want := make([]float64, width)
		for j, w := range matrix(h)[i] {
			for c := range want {
				want[c] += w * x[j*width+c]
			}
		}
		assert.Equal(t, want, got[2][r*width:(r+1)*width])
	}
	for b, h := range graphs {
		assert.Equal(t, h.Nodes, seen[b])
	}
}

func TestKeepRefuses(t *testing.T) {
	g := G.NewGraph()
	in := need[Graph](t)(NewBatch(g, "graphs", []*Host{path(2, 1), path(2, 1)}, tensor.Float64, Budget{}))
	_, err := in.Subgraph(Subset{})
	assert.EqualError(t, err, "modes: subgraph: the index is nil, want a node")
	_, err = in.Subgraph(Subset{Index: index(g, 0, 1)})
	assert.EqualError(t, err, "modes: subgraph: Subset.Graphs = 0 in batch mode with 2 graphs, want the graphs in batch and mixed mode and 0 else")
	in.E = in.X.Dense
	_, err = in.InduceE(in.A)
	assert.EqualError(t, err, "edge attributes beside a modes.DenseAdj, want a sparse adjacency")
}

// Features, weights and attributes get the gradients of what was kept.
func TestKeepGradients(t *testing.T) {
	graphs := []*Host{attributed(3), {}, attributed(2)}
	for name, convert := range map[string]func(in Graph) (Graph, error){
		"keep": func(in Graph) (Graph, error) {
			return in.Subgraph(Subset{Index: index(in.IDs.Graph(), 4, 0, -1, 1)})
		},
		"to batch": func(in Graph) (Graph, error) { return in.ToBatch(4) },
		"to batch and back": func(in Graph) (Graph, error) {
			return there(in.ToBatch(4))(func(b Graph) (Graph, error) { return b.ToDisjoint() })
		},
		"to batch with dense A": func(in Graph) (Graph, error) { return there(in.ToBatch(4))(Graph.DenseA) },
	} {
		assert.NoError(t, gradcheck.Check(gradcheck.Case{
			Name: name,
			Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
				in, err := NewDisjoint(g, "graphs", graphs, tensor.Float64, Budget{Nodes: 7, Edges: 8})
				if err != nil {
					return nil, err
				}
				out, err := convert(in)
				if err != nil {
					return nil, err
				}
				y, err := out.A.Mul(out.X.Dense)
				if out.E == nil {
					return G.Nodes{y}, err
				}
				return G.Nodes{y, out.E}, err
			},
		}, gradcheck.Options{}), name)
	}
}

// there goes on with what a first step gave.
func there(g Graph, err error) func(func(Graph) (Graph, error)) (Graph, error) {
	return func(next func(Graph) (Graph, error)) (Graph, error) {
		if err != nil {
			return g, err
		}
		return next(g)
	}
}
