package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// Sparse features compute what dense ones do, with the same gradients.
func TestSparseFeaturesAreDenseOnes(t *testing.T) {
	x := []float64{0, 2, 0, 0, 3, 0, 1, 0, 0, 0, 0, 4}
	s := sparseOf(x, 4, 3)
	w := gradcheck.Input{Name: "w", Value: f64(3, 2, 1, -2, 3, 0.5, -1, 2)}
	b := gradcheck.Input{Name: "b", Value: denseOf([]float64{0.25, -0.75}, 2)}
	assign := gradcheck.Input{Name: "s", Value: numbered(4, 2)}
	ids := gradcheck.Input{Name: "ids", Value: denseOf([]int{1, 0, -1, 1}, 4)}
	kinds := map[string]struct {
		in []gradcheck.Input
		of func(in G.Nodes) Features
	}{
		"dense": {[]gradcheck.Input{{Name: "x", Value: f64(4, 3, x...)}}, func(in G.Nodes) Features { return Features{Dense: in[0]} }},
		"sparse": {[]gradcheck.Input{{Name: "values", Value: denseOf(s.Values, len(s.Values))}, {Name: "p", Value: s.Pattern}}, func(in G.Nodes) Features {
			return Features{Sparse: &ops.Sparse{Pattern: in[1], Weights: in[0], Rows: 4, Cols: 3, Capacity: len(s.Values)}}
		}},
	}
	for name, c := range map[string]struct {
		in    []gradcheck.Input
		build func(x Features, in G.Nodes) (*G.Node, error)
		want  []float64
	}{
		"Mul": {
			[]gradcheck.Input{w},
			func(x Features, in G.Nodes) (*G.Node, error) { return x.Mul(in[0]) },
			[]float64{6, 1, 9, 1.5, 1, -2, -4, 8},
		},
		"Linear": {
			[]gradcheck.Input{w, b},
			func(x Features, in G.Nodes) (*G.Node, error) { return x.Linear(in[0], in[1], ops.ReLU) },
			[]float64{6.25, 0.25, 9.25, 0.75, 1.25, 0, 0, 7.25},
		},
		"Linear without bias": {
			[]gradcheck.Input{w},
			func(x Features, in G.Nodes) (*G.Node, error) { return x.Linear(in[0], nil, ops.ReLU) },
			[]float64{6, 1, 9, 1.5, 1, 0, 0, 8},
		},
		"TransMul": {
			[]gradcheck.Input{assign},
			func(x Features, in G.Nodes) (*G.Node, error) { return x.TransMul(in[0], ops.OneSegment()) },
			[]float64{5, 11, 28, 6, 16, 32},
		},
		"TransMul by graph": {[]gradcheck.Input{assign, ids}, func(x Features, in G.Nodes) (*G.Node, error) {
			return x.TransMul(in[0], ops.Segments{IDs: in[1], Count: 2})
		}, []float64{0, 9, 0, 0, 12, 0, 0, 2, 28, 0, 4, 32}},
		"ToDense": {nil, func(x Features, _ G.Nodes) (*G.Node, error) { return x.ToDense() }, x},
	} {
		for kind, k := range kinds {
			assert.NoError(t, gradcheck.Check(gradcheck.Case{
				Name: kind + " " + name, Inputs: append(append([]gradcheck.Input{}, k.in...), c.in...),
				Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
					return gradcheck.One(c.build(k.of(in), in[len(k.in):]))
				},
				Forward: func([]G.Value) ([][]float64, error) { return [][]float64{c.want}, nil },
			}, gradcheck.Options{}))
		}
	}
}

func TestFeaturesThatAreNone(t *testing.T) {
	var none Features
	assert.Zero(t, none.Rows()+none.Width())
	assert.Nil(t, none.Like())
	_, err := none.Mul(nil)
	assert.ErrorIs(t, err, errNoFeatures)
	_, err = none.TransMul(nil, ops.OneSegment())
	assert.ErrorIs(t, err, errNoFeatures)
	_, err = none.ToDense()
	assert.ErrorIs(t, err, errNoFeatures)
}

func TestGraphCheck(t *testing.T) {
	g := G.NewGraph()
	x := G.NodeFromAny(g, numbered(3, 1), G.WithName("x"))
	ids := G.NodeFromAny(g, denseOf([]int{0, 1}, 2), G.WithName("ids"))
	for _, c := range []struct {
		in   Graph
		want string
	}{
		{Graph{}, "Graphs = 0, want at least 1"},
		{Graph{Graphs: 2, X: Features{Dense: x}}, "2 graphs without ids, want the graph of each node"},
		{Graph{Graphs: 1}, "the graph has no features, want X"},
		{Graph{Graphs: 2, X: Features{Dense: x}, IDs: ids}, "2 ids for 3 nodes, want one a node"},
		{Graph{Graphs: 1, X: Features{Dense: x}}, "the graph has no adjacency, want A"},
		{Graph{Graphs: 1, X: Features{Dense: x}, A: DenseAdj{Node: G.NodeFromAny(g, numbered(2, 2), G.WithName("a"))}}, "the adjacency is of 2 nodes and X of 3, want as many"},
	} {
		assert.EqualError(t, c.in.CheckA(), c.want)
	}
	in := Graph{Graphs: 1, X: Features{Dense: x}}
	require.NoError(t, in.Check())
	assert.Equal(t, 3, in.RowsPerGraph())
	assert.Equal(t, x, in.WithX(x).X.Dense)
	assert.Equal(t, []float64{3}, eval(t, need[*G.Node](t)(in.Counts()))[0])
	assert.Equal(t, []float64{1, 1, 1}, eval(t, need[*G.Node](t)(in.Mask()))[0])
	_, err := Graph{Graphs: 1}.Counts()
	assert.ErrorIs(t, err, errNoFeatures)
	_, err = Graph{Graphs: 1}.Mask()
	assert.ErrorIs(t, err, errNoFeatures)
}

func TestModesHaveNames(t *testing.T) {
	var names []string
	for m := Single; m <= Mixed+1; m++ {
		names = append(names, m.String())
	}
	assert.Equal(t, []string{"single", "disjoint", "batch", "mixed", "Mode(4)"}, names)
}

func TestSparseInputOfFloat32(t *testing.T) {
	in := need[Graph](t)(NewSingle(G.NewGraph(), "g", &Host{Nodes: 2, SparseX: sparseOf([]float64{1, 0, 0, 2}, 2, 2)}, tensor.Float32))
	assert.Equal(t, tensor.Float32, in.X.Like().Dtype())
	assert.Equal(t, []float64{1, 0, 0, 2}, eval(t, need[*G.Node](t)(in.X.ToDense()))[0])
}

// Features whose values are all 1 have no weights, and compute what others do.
func TestFeaturesOfOnes(t *testing.T) {
	x := []float64{0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1}
	ones := sparseOf(x, 4, 3)
	h := &Host{Nodes: 4, SparseX: &HostSparse{Pattern: ones.Pattern}}
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		in := need[Graph](t)(NewSingle(G.NewGraph(), "g", h, dt))
		require.NotNil(t, in.X.Sparse)
		assert.Nil(t, in.X.Sparse.Weights)
		assert.Equal(t, dt, in.X.Like().Dtype())
		w := need[*G.Node](t)(ops.Full(in.X.Like(), 2, 3, 1))
		s := need[*G.Node](t)(ops.Full(in.X.Like(), 3, 4, 1))
		assert.Equal(t, []float64{2, 4, 2, 2}, eval(t, need[*G.Node](t)(in.X.Mul(w)))[0])
		assert.Equal(t, []float64{3, 6, 6}, eval(t, need[*G.Node](t)(in.X.TransMul(s, ops.OneSegment())))[0])
		assert.Equal(t, x, eval(t, need[*G.Node](t)(in.X.ToDense()))[0])
		assert.Equal(t, []float64{1, 1, 1, 1}, eval(t, need[*G.Node](t)(in.Mask()))[0])

		fewer := sparseOf([]float64{1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}, 4, 3)
		assert.EqualError(t, SetSingle(in, &Host{Nodes: 4, SparseX: fewer}),
			"modes: features: weighted, want none: the graph was built without weights")
		require.NoError(t, SetSingle(in, &Host{Nodes: 4, SparseX: &HostSparse{Pattern: fewer.Pattern}}))
		assert.Equal(t, []float64{2, 2, 2, 0}, eval(t, need[*G.Node](t)(in.X.Mul(w)))[0])
	}
}
