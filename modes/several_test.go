package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// constructor makes several graphs an input, in one of the modes for them.
type constructor struct {
	name string
	make func(g *G.ExprGraph, name string, graphs []*Host, dt tensor.Dtype, b Budget) (Graph, error)
	set  func(in Graph, graphs []*Host) error
	mode Mode
}

func constructors() []constructor {
	return []constructor{
		{"disjoint", NewDisjoint, SetDisjoint, Disjoint},
		{"batch", NewBatch, SetBatch, Batch},
		{"sparse batch", NewSparseBatch, SetBatch, Batch},
	}
}

// collections is several graphs that go together, empty ones among them.
func collections() map[string][]*Host {
	s := weighted(path(3, 2))
	s.SparseX, s.X = sparseOf([]float64{0, 2, 0, 0, 3, 0}, 3, 2), nil
	ones := &Host{Nodes: 2, SparseX: sparseOf([]float64{1, 0, 0, 1}, 2, 2)}
	ones.SparseX.Values = nil
	single := path(3, 2)
	single.X = denseValue(single.X, tensor.Float32)
	return map[string][]*Host{
		"paths":            {path(3, 2), path(1, 2), path(2, 2)},
		"empty graphs":     {{}, path(3, 2), {}, path(2, 2), {}},
		"weighted":         {path(2, 2), weighted(path(3, 2)), {Nodes: 1, X: numbered(1, 2)}},
		"dense and sparse": {densely(weighted(path(3, 2))), path(2, 2)},
		"sparse features":  {s, {}, ones},
		"no features":      {{Nodes: 2}, weighted(path(3, 0)), {}},
		"two dtypes":       {single, path(2, 2)},
		"one graph":        {path(4, 1)},
		"no edges":         {{Nodes: 3, X: numbered(3, 1)}, {Nodes: 1, X: numbered(1, 1)}},
	}
}

func TestSeveralGraphsAreHeld(t *testing.T) {
	for _, c := range constructors() {
		for name, graphs := range collections() {
			for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
				t.Run(c.name+"/"+name+"/"+dt.String(), func(t *testing.T) {
					if name == "no features" {
						graphs[1].X = nil
					}
					in, err := c.make(G.NewGraph(), "graphs", graphs, dt, Budget{})
					require.NoError(t, err)
					assert.Equal(t, c.mode, in.Mode)
					assert.Equal(t, len(graphs), in.Graphs)
					assert.Equal(t, dt, in.X.Like().Dtype())
					assertHolds(t, in, graphs)
				})
			}
		}
	}
}

func TestSeveralGraphsByHand(t *testing.T) {
	graphs := []*Host{path(2, 1), {}, weighted(path(2, 1))}
	in := need[Graph](t)(NewDisjoint(G.NewGraph(), "graphs", graphs, tensor.Float64, Budget{Nodes: 5}))
	assert.Equal(t, []int{0, 0, 2, 2, -1}, need[[]int](t)(in.HostIDs()))
	assert.Equal(t, tensor.Shape{5, 1}, in.X.Dense.Shape())
	assert.Equal(t, []float64{2, 1, 2, 2, 0}, eval(t, need[*G.Node](t)(in.A.Mul(in.X.Dense)))[0])

	in = need[Graph](t)(NewBatch(G.NewGraph(), "graphs", graphs, tensor.Float64, Budget{NodesPerGraph: 3}))
	assert.Equal(t, []int{0, 0, -1, -1, -1, -1, 2, 2, -1}, need[[]int](t)(in.HostIDs()))
	assert.Equal(t, tensor.Shape{3, 3, 1}, in.X.Dense.Shape())
	assert.Equal(t, tensor.Shape{3, 3, 3}, in.A.(DenseAdj).Node.Shape())
	a := eval(t, need[*G.Node](t)(in.A.Mul(in.X.Dense)), in.A.(DenseAdj).Node)
	assert.Equal(t, []float64{2, 1, 0, 0, 0, 0, 2, 2, 0}, a[0])
	assert.Equal(t, []float64{
		0, 1, 0, 1, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 1, 0, 2, 0, 0, 0, 0, 0,
	}, a[1])
}

func TestOneInputServesEveryBatchWithinItsBudget(t *testing.T) {
	batches := [][]*Host{
		{path(3, 2), path(2, 2)},
		{path(1, 2)},
		{{}, weighted(path(4, 2)), {}, path(1, 2)},
		{densely(path(4, 2)), {}, path(1, 2)},
		{{}, {}},
		{path(2, 2), {Nodes: 2, X: numbered(2, 2)}},
	}
	budget := Budget{Graphs: 4, Nodes: 6, NodesPerGraph: 4, Edges: 8, Weighted: true}
	for _, c := range constructors() {
		in, err := c.make(G.NewGraph(), "graphs", batches[0], tensor.Float64, budget)
		require.NoError(t, err)
		for _, b := range batches {
			require.NoError(t, c.set(in, b), c.name)
			assertHolds(t, in, b)
		}
	}
	s := weighted(path(3, 2))
	s.SparseX, s.X = sparseOf([]float64{0, 2, 0, 0, 3, 0}, 3, 2), nil
	other := &Host{Nodes: 4, SparseX: sparseOf([]float64{1, 2, 3, 4, 5, 0, 0, 0}, 4, 2)}
	in := need[Graph](t)(NewDisjoint(G.NewGraph(), "graphs", []*Host{s}, tensor.Float64, Budget{Nodes: 7, Stored: 7, Graphs: 2}))
	require.NotNil(t, in.X.Sparse)
	require.NoError(t, SetDisjoint(in, []*Host{other, s}))
	assertHolds(t, in, []*Host{other, s})
}

func TestNothingIsSwappedBeyondTheBudget(t *testing.T) {
	first := []*Host{path(3, 2), path(2, 2)}
	sparse := []*Host{{Nodes: 1, SparseX: sparseOf([]float64{1, 2}, 1, 2)}}
	attributed := path(2, 2)
	attributed.E = numbered(2, 1)
	for _, c := range []struct {
		graphs []*Host
		want   map[string]string // by constructor; "" is all others
	}{
		{nil, map[string]string{"": "no graphs, want at least 1"}},
		{[]*Host{nil}, map[string]string{"": "graph 0: a nil graph"}},
		{[]*Host{{}, {}, {}}, map[string]string{"": "3 graphs, want at most 2, the budget"}},
		{[]*Host{path(4, 2), path(2, 2)}, map[string]string{
			"disjoint": "6 nodes, want at most 5, the budget", "": "4 nodes in a graph, want at most 3, the budget",
		}},
		{[]*Host{path(3, 2), densely(&Host{Nodes: 2, X: numbered(2, 2), DenseA: f64(2, 2, 1, 1, 1, 1)})}, map[string]string{
			"batch": "", "": "8 edges, want at most 6, the budget",
		}},
		{[]*Host{weighted(path(3, 2))}, map[string]string{
			"batch": "", "": "edge weights, want none: the graph was built without; Budget.Weighted makes room",
		}},
		{[]*Host{path(2, 3)}, map[string]string{"": "3 features a node, want 2, as the graph was built for"}},
		{[]*Host{{Nodes: 2}}, map[string]string{"": "1 features a node, want 2, as the graph was built for"}},
		{[]*Host{path(2, 2), path(2, 3)}, map[string]string{"": "graph 1: 3 features a node, want 2 as in the graphs before it"}},
		{[]*Host{path(2, 2), sparse[0]}, map[string]string{"": "graph 1: sparse features, want dense as in the graphs before it"}},
		{sparse, map[string]string{"disjoint": "sparse features, want dense, as the graph was built for", "": ""}},
		{[]*Host{attributed}, map[string]string{"": "1 attributes an edge, want 0, as the graph was built for"}},
	} {
		for _, con := range constructors() {
			in := need[Graph](t)(con.make(G.NewGraph(), "graphs", first, tensor.Float64, Budget{}))
			want, ok := c.want[con.name]
			if !ok {
				want = c.want[""]
			}
			if want == "" {
				require.NoError(t, con.set(in, c.graphs), con.name)
				assertHolds(t, in, c.graphs)
				continue
			}
			assert.EqualError(t, con.set(in, c.graphs), "modes: "+want, con.name)
			assertHolds(t, in, first)
		}
	}
}

func TestSeveralGraphsThatAreRefused(t *testing.T) {
	attributed := path(2, 1)
	attributed.E = numbered(2, 1)
	for _, c := range []struct {
		graphs []*Host
		b      Budget
		want   string
	}{
		{nil, Budget{}, "no graphs, want at least 1"},
		{[]*Host{{}, {}}, Budget{}, "no nodes in any graph, want at least 1, which tell how many features there are"},
		{[]*Host{path(2, 1)}, Budget{Edges: -1}, "Budget.Edges = -1, want at least 0"},
		{[]*Host{path(2, 1), path(2, 1)}, Budget{Graphs: 1}, "2 graphs, want at most 1, the budget"},
		{[]*Host{path(2, 1), attributed}, Budget{}, "graph 1: 1 attributes an edge, want 0 as in the graphs before it"},
		{[]*Host{{Nodes: 0, X: numbered(1, 1)}}, Budget{}, "graph 0: features: shape (1, 1), want 0 rows and at least 1 column"},
	} {
		for _, con := range constructors() {
			_, err := con.make(G.NewGraph(), "graphs", c.graphs, tensor.Float64, c.b)
			assert.EqualError(t, err, "modes: graphs: "+c.want, con.name)
		}
	}
	_, err := NewBatch(G.NewGraph(), "graphs", []*Host{attributed}, tensor.Float64, Budget{})
	assert.EqualError(t, err, "modes: graphs: edge attributes, want none beside a dense adjacency; NewSparseBatch keeps it sparse")
	_, err = NewDisjoint(G.NewGraph(), "graphs", []*Host{path(2, 1)}, tensor.Int, Budget{})
	assert.EqualError(t, err, "modes: graphs: dtype = int, want float32 or float64")
	in := need[Graph](t)(NewDisjoint(G.NewGraph(), "graphs", []*Host{path(2, 1)}, tensor.Float64, Budget{}))
	assert.EqualError(t, SetBatch(in, []*Host{path(2, 1)}), "modes: disjoint mode, want batch")
	in.A = nil
	assert.EqualError(t, SetDisjoint(in, []*Host{path(2, 1)}), "modes: adjacency: a <nil>, want the graph as its constructor returned it")
	in.X.Dense = nil
	assert.EqualError(t, SetDisjoint(in, []*Host{path(2, 1)}), "modes: the graph has no features or no ids, want it as its constructor returned it")
}
