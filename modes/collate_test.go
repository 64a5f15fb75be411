package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// assertSame compares graphs by their values.
func assertSame(t require.TestingT, want, got *Host) {
	require.Equal(t, want.Nodes, got.Nodes)
	require.Equal(t, matrix(want), matrix(got))
	if want.Nodes > 0 {
		require.Equal(t, featuresOf(want), featuresOf(got))
	}
	require.Equal(t, want.E == nil, got.E == nil)
	if want.E != nil {
		require.Equal(t, elements[float64](want.E), elements[float64](got.E))
	}
}

func TestCollateAndSplit(t *testing.T) {
	for name, graphs := range collections() {
		if name == "no features" {
			graphs[1].X = nil
		}
		h, ids, err := Collate(graphs)
		require.NoError(t, err, name)
		require.NoError(t, h.Check(), name)
		back, err := Split(h, ids, len(graphs))
		require.NoError(t, err, name)
		for b := range graphs {
			assertSame(t, graphs[b], back[b])
		}
	}
}

func TestCollateByHand(t *testing.T) {
	h, ids, err := Collate([]*Host{attributed(2), {}, {Nodes: 1, X: numbered(1, 2)}, attributed(2)})
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 2, 3, 3}, ids)
	assert.Equal(t, []int32{1, 0, 4, 3}, h.Pattern.Col())
	assert.Equal(t, []float64{1, 2, 1, 2}, h.Weights)
	assert.Equal(t, []float64{1, 2, 3, 4, 1, 2, 3, 4}, elements[float64](h.E))
	assert.Equal(t, tensor.Shape{5, 2}, h.X.Shape())

	h, ids, err = Collate([]*Host{{}, {}})
	require.NoError(t, err)
	assert.Equal(t, &Host{}, h)
	assert.Empty(t, ids)
	back := need[[]*Host](t)(Split(h, ids, 2))
	assert.Equal(t, []*Host{{}, {}}, back)
	_, _, err = Collate(nil)
	assert.EqualError(t, err, "modes: no graphs, want at least 1")
	one := path(2, 1)
	one.X = denseValue(one.X, tensor.Float32)
	h, _, err = Collate([]*Host{one, one})
	require.NoError(t, err)
	assert.Equal(t, tensor.Float32, h.X.Dtype())
}

func TestSplitOfScatteredNodes(t *testing.T) {
	h := need[*Host](t)(FromCOO(4, []int{0, 2, 3}, []int{2, 0, 3}, []float64{2, 3, 5}))
	h.X = numbered(4, 1)
	back := need[[]*Host](t)(Split(h, []int{1, -1, 1, 0}, 3))
	assert.Equal(t, [][]float64{{5}}, matrix(back[0]))
	assert.Equal(t, [][]float64{{0, 2}, {3, 0}}, matrix(back[1]))
	assert.Equal(t, []float64{1, 3}, featuresOf(back[1]))
	assert.Equal(t, &Host{}, back[2])
	for _, c := range []struct {
		h     *Host
		ids   []int
		count int
		want  string
	}{
		{nil, nil, 1, "a nil graph"},
		{h, []int{0, 0, 1, 0}, 2, "an edge from node 0 of graph 0 to node 2 of graph 1, want none between graphs"},
		{h, []int{0, 0, -1, 0}, 2, "an edge from node 0 of graph 0 to node 2 of graph -1, want none between graphs"},
		{h, []int{0, 0}, 2, "2 ids for 4 rows, want one a row"},
		{h, []int{0, 0, 0, 2}, 2, "id 3 is 2, want 0 to 1, or -1 for padding"},
		{h, []int{0, 0, 0, 0}, 0, "the number of graphs = 0, want at least 1"},
		{densely(h), []int{0, 0, 0, 0}, 1, "a dense adjacency, want a sparse one, as of Collate"},
	} {
		_, err := Split(c.h, c.ids, c.count)
		assert.EqualError(t, err, "modes: split: "+c.want)
	}
}

func TestSplitRows(t *testing.T) {
	ids := []int{0, 2, -1, 2}
	rows := need[[]*tensor.Dense](t)(SplitRows(numbered(4, 2), ids, 4))
	assert.Equal(t, []float64{1, 2}, rows[0].Data())
	assert.Nil(t, rows[1])
	assert.Equal(t, []float64{3, 4, 7, 8}, rows[2].Data())
	assert.Equal(t, tensor.Shape{2, 2}, rows[2].Shape())
	assert.Nil(t, rows[3])

	rows = need[[]*tensor.Dense](t)(SplitRows(denseOf([]float32{1, 2, 3, 4}, 2, 2, 1), ids, 3))
	assert.Equal(t, []float32{2, 4}, rows[2].Data())
	rows = need[[]*tensor.Dense](t)(SplitRows(denseOf([]int{5, 6, 7, 8}, 4), ids, 3))
	assert.Equal(t, []int{6, 8}, rows[2].Data())
	assert.Equal(t, tensor.Shape{2}, rows[2].Shape())

	for want, x := range map[string]*tensor.Dense{
		"<nil>, want a tensor of rank 1 or more":   nil,
		"4 ids for 3 rows, want one a row":         numbered(3, 2),
		"dtype bool, want float32, float64 or int": denseOf(make([]bool, 4), 4),
	} {
		_, err := SplitRows(x, ids, 3)
		assert.EqualError(t, err, "modes: split: "+want)
	}
}

func TestHostIDsOfComputedIDs(t *testing.T) {
	in := need[Graph](t)(NewDisjoint(G.NewGraph(), "graphs", []*Host{path(2, 1)}, tensor.Float64, Budget{}))
	out := need[Graph](t)(in.ToBatch(2))
	_, err := out.HostIDs()
	assert.EqualError(t, err, "modes: the ids are computed, want the graph as its constructor returned it")
	in = need[Graph](t)(NewSingle(G.NewGraph(), "graph", path(2, 1), tensor.Float64))
	assert.Equal(t, []int{0, 0}, need[[]int](t)(in.HostIDs()))
}
