package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// singles is graphs of every kind that single mode takes.
func singles() map[string]*Host {
	looped, _ := FromCOO(4, []int{0, 1, 1, 2}, []int{1, 0, 1, 2}, []float64{2, 3, 0.5, 1})
	looped.X = numbered(4, 3) // node 3 is isolated, 1 and 2 have self loops
	sparse := weighted(path(3, 2))
	sparse.SparseX, sparse.X = sparseOf([]float64{0, 2, 0, 0, 3, 0}, 3, 2), nil
	return map[string]*Host{
		"sparse":                   path(3, 2),
		"weighted":                 weighted(path(3, 2)),
		"self loops":               looped,
		"dense":                    densely(looped),
		"sparse features":          sparse,
		"features of ones":         {Nodes: 3, Pattern: sparse.Pattern, SparseX: &HostSparse{Pattern: sparse.SparseX.Pattern}},
		"dense with sparse X":      {Nodes: 3, DenseA: densely(sparse).DenseA, SparseX: sparse.SparseX},
		"no edges":                 {Nodes: 3, X: numbered(3, 2)},
		"no edges and no features": {Nodes: 3},
		"one node":                 path(1, 1),
	}
}

func TestSingleHoldsTheGraph(t *testing.T) {
	for name, h := range singles() {
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			t.Run(name+"/"+dt.String(), func(t *testing.T) {
				in, err := NewSingle(G.NewGraph(), "graph", h, dt)
				require.NoError(t, err)
				assert.Equal(t, Single, in.Mode)
				assert.Equal(t, dt, in.X.Like().Dtype())
				assertHolds(t, in, []*Host{h})
			})
		}
	}
}

func TestSingleWithoutFeaturesHasTheRowsOfItsAdjacency(t *testing.T) {
	h := weighted(path(3, 1))
	h.X = nil
	want := []float64{0, 0.4, 0, 0.8, 0, 1.2, 0, 1.6, 0} // over the mean weight, 2.5
	for name, h := range map[string]*Host{"sparse": h, "dense": {Nodes: 3, DenseA: densely(h).DenseA}} {
		in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", h, tensor.Float64))
		assert.Equal(t, name == "sparse", in.X.Sparse != nil)
		assert.Equal(t, want, eval(t, need[*G.Node](t)(in.X.ToDense()))[0], name)
	}
}

func TestSetSingleSwapsTheGraph(t *testing.T) {
	other := &Host{Nodes: 3, X: f64(3, 2, -1, -2, -3, -4, -5, -6)}
	in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", path(3, 2), tensor.Float64))
	require.NoError(t, SetSingle(in, other))
	assertHolds(t, in, []*Host{other})
	require.NoError(t, SetSingle(in, path(3, 2)))
	assertHolds(t, in, []*Host{path(3, 2)})

	bare := path(3, 2)
	bare.X = nil
	in = need[Graph](t)(NewSingle(G.NewGraph(), "graph", bare, tensor.Float64))
	require.NoError(t, SetSingle(in, &Host{Nodes: 3}))
	assert.Equal(t, make([]float64, 9), eval(t, need[*G.Node](t)(in.X.ToDense()))[0])

	full := densely(path(3, 2))
	full.X = nil
	in = need[Graph](t)(NewSingle(G.NewGraph(), "graph", full, tensor.Float64))
	require.NoError(t, SetSingle(in, &Host{Nodes: 3, DenseA: f64(3, 3, 9, 8, 7, 6, 5, 4, 3, 2, 1)}))
	assert.Equal(t, []float64{1.8, 1.6, 1.4, 1.2, 1, 0.8, 0.6, 0.4, 0.2}, eval(t, in.X.Dense)[0]) // over the mean, 5
}

func TestSetSingleRefuses(t *testing.T) {
	three := path(3, 2)
	in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", three, tensor.Float64))
	dense := need[Graph](t)(NewSingle(G.NewGraph(), "graph", densely(three), tensor.Float64))
	moved := in
	moved.X.Dense = need[*G.Node](t)(in.A.Mul(in.X.Dense))
	disjoint := need[Graph](t)(NewDisjoint(G.NewGraph(), "graph", []*Host{three}, tensor.Float64, Budget{}))
	more, _ := FromCOO(3, []int{0, 0, 0, 1, 2}, []int{0, 1, 2, 0, 0}, nil)
	more.X = three.X
	sparse := &Host{Nodes: 3, SparseX: sparseOf(make([]float64, 6), 3, 2)}
	rows := path(3, 1)
	rows.X = nil
	byRows := need[Graph](t)(NewSingle(G.NewGraph(), "graph", rows, tensor.Float64))
	for _, c := range []struct {
		in   Graph
		h    *Host
		want string
	}{
		{in, nil, "modes: a nil graph"},
		{in, path(4, 2), "modes: 4 nodes, want 3, as the graph was built for"},
		{in, path(3, 4), "modes: features: shape (3, 4), want (3, 2)"},
		{in, weighted(three), "modes: adjacency: weighted, want none: the graph was built without weights"},
		{in, more, "modes: adjacency: 3×3 with 5 entries, want 3×3 with at most 4"},
		{in, densely(three), "modes: adjacency: dense, want sparse, as the graph was built for"},
		{dense, three, "modes: adjacency: sparse, want dense, as the graph was built for"},
		{in, sparse, "modes: features: sparse, want dense, as the graph was built for"},
		{in, rows, "modes: features: none, so that the rows of A stand for them, want dense ones, as the graph was built for"},
		{in, &Host{Nodes: 3}, "modes: features: shape (3, 1), want (3, 2)"},
		{byRows, three, "modes: features: dense, want sparse, as the graph was built for"},
		{moved, three, "modes: features: a node that is computed, want the graph as its constructor returned it"},
		{disjoint, three, "modes: disjoint mode, want single"},
	} {
		assert.EqualError(t, SetSingle(c.in, c.h), c.want)
	}
	assertHolds(t, in, []*Host{three}) // as before all that
}

func TestNewSingleRefuses(t *testing.T) {
	nan := path(2, 2)
	nan.X = f64(2, 2, 1, 2, 3, math.NaN())
	short := path(2, 1)
	short.Weights = []float64{1}
	inf := path(2, 1)
	inf.Weights = []float64{1, math.Inf(1)}
	both := path(2, 1)
	both.DenseA = f64(2, 2, 0, 0, 0, 0)
	wrong := path(2, 1)
	wrong.Nodes = 3
	attributed := path(3, 1)
	attributed.E = numbered(3, 2)
	for _, c := range []struct {
		h    *Host
		want string
	}{
		{nil, "a nil graph"},
		{&Host{}, "Nodes = 0, want at least 1"},
		{&Host{Nodes: -2}, "Nodes = -2, want at least 0"},
		{nan, "features: element [1 1] is not a finite number"},
		{short, "adjacency: 1 values for 2 entries, want one an entry"},
		{inf, "adjacency: value 1 is +Inf, want a finite number"},
		{both, "a graph with both sparse and dense adjacency or features, want one of each"},
		{wrong, "adjacency: 2×2, want 3×3"},
		{&Host{Nodes: 2, Weights: []float64{1}}, "adjacency: 1 values without a pattern"},
		{&Host{Nodes: 2, DenseA: numbered(2, 3)}, "adjacency: shape (2, 3), want 2 rows and 2 columns"},
		{&Host{Nodes: 2, X: numbered(3, 2)}, "features: shape (3, 2), want 2 rows and at least 1 column"},
		{&Host{Nodes: 2, X: denseOf([]int{1, 2}, 2, 1)}, "features: dtype int, want float32 or float64"},
		{&Host{Nodes: 2, SparseX: &HostSparse{}}, "sparse features without a pattern"},
		{&Host{Nodes: 2, E: numbered(2, 2)}, "edge attributes without a sparse adjacency, want a pattern, whose entries they belong to"},
		{attributed, "edge attributes: shape (3, 2), want 4 rows and at least 1 column"},
	} {
		_, err := NewSingle(G.NewGraph(), "graph", c.h, tensor.Float64)
		assert.EqualError(t, err, "modes: graph: "+c.want)
	}
	_, err := NewSingle(nil, "graph", path(2, 1), tensor.Float64)
	assert.EqualError(t, err, "modes: graph: a nil expression graph")
	_, err = NewSingle(G.NewGraph(), "graph", path(2, 1), tensor.Int)
	assert.EqualError(t, err, "modes: graph: dtype = int, want float32 or float64")
	_, err = NewSingle(G.NewGraph(), "graph", path(2, 1), tensor.Dtype{})
	assert.EqualError(t, err, "modes: graph: dtype = <nil>, want float32 or float64")
}

func TestInputsOfOneNameAreRefused(t *testing.T) {
	g := G.NewGraph()
	_, err := NewSingle(g, "graph", path(2, 1), tensor.Float64)
	require.NoError(t, err)
	_, err = NewSingle(g, "graph", path(3, 1), tensor.Float64)
	assert.EqualError(t, err, "modes: graph: the expression graph has an input graph/x already, want another name")
	_, err = NewSingle(g, "second", path(3, 1), tensor.Float64)
	assert.NoError(t, err)
}

func TestViewsAreReadInOrder(t *testing.T) {
	m := numbered(2, 3)
	require.NoError(t, m.T())
	byColumn := tensor.New(tensor.WithShape(2, 3), tensor.AsFortran([]float64{1, 2, 3, 4, 5, 6}))
	part, err := numbered(3, 3).Slice(nil, G.S(1, 3))
	require.NoError(t, err)
	for _, c := range []struct {
		x    *tensor.Dense
		want []float64
	}{
		{m, []float64{1, 4, 2, 5, 3, 6}},
		{byColumn, []float64{1, 2, 3, 4, 5, 6}},
		{part.(*tensor.Dense), []float64{2, 3, 5, 6, 8, 9}},
	} {
		in, err := NewSingle(G.NewGraph(), "graph", &Host{Nodes: c.x.Shape()[0], X: c.x}, tensor.Float64)
		require.NoError(t, err)
		assert.Equal(t, c.want, eval(t, need[*G.Node](t)(in.A.Mul(in.X.Dense)), in.X.Dense)[1])
	}
}
