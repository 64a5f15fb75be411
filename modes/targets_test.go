package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// load is the only batch of some graphs, bound to an input.
func load(t *testing.T, graphs []*Host, targets Targets, o LoaderOptions) Input {
	t.Helper()
	o.Ordered = true
	l, err := NewLoader(graphs, targets, o)
	require.NoError(t, err)
	in, err := l.Input(G.NewGraph(), "g", len(l.Budgets())-1)
	require.NoError(t, err)
	l, err = l.Over(graphs, targets)
	require.NoError(t, err)
	for b, err := range l.Epoch(0) {
		require.NoError(t, err)
		require.NoError(t, in.Set(b))
	}
	return in
}

// Two graphs, of three and two nodes, in a batch with one place more, in batch
// mode with a row of padding.
func TestTargetsAtTheirPlaces(t *testing.T) {
	graphs := []*Host{ringOf(3, 1), ringOf(2, 1)}
	nan := math.NaN()
	batch := LoaderOptions{Batch: 2, Mode: Batch, Sparse: true, Dtype: tensor.Float64}
	values := func(x ...float64) *tensor.Dense { return denseOf(x, len(x)/2, 2) }
	t.Run("classes of graphs", func(t *testing.T) {
		in := load(t, graphs, GraphClasses([]int{4, -1}), LoaderOptions{Batch: 2})
		assert.Equal(t, []int{4, -1}, in.Labels.Value().Data())
		assert.Equal(t, []int{0, 1}, in.TargetIDs.Value().Data())
		assert.Nil(t, in.Values)
	})
	t.Run("classes of nodes", func(t *testing.T) {
		in := load(t, []*Host{ringOf(3, 1), ringOf(3, 1)}, NodeClasses([][]int{{5, 6, 7}, {8, 9, -1}}), batch)
		assert.Equal(t, []int{5, 6, 7, 8, 9, -1}, in.Labels.Value().Data())
	})
	t.Run("values of graphs", func(t *testing.T) {
		targets, err := GraphValues(values(1, nan, 3, 4))
		require.NoError(t, err)
		in := load(t, graphs, targets, LoaderOptions{Batch: 2})
		assert.Equal(t, []float32{1, 0, 3, 4}, in.Values.Value().Data())
		assert.Equal(t, []float32{1, 0, 1, 1}, in.Known.Value().Data())
	})
	t.Run("values of nodes", func(t *testing.T) {
		targets, err := NodeValues([]*tensor.Dense{values(1, 2, 3, 4, 5, 6), values(7, 8, nan, 10)})
		require.NoError(t, err)
		in := load(t, graphs, targets, LoaderOptions{Batch: 2})
		assert.Equal(t, []float32{1, 2, 3, 4, 5, 6, 7, 8, 0, 10}, in.Values.Value().Data())
		assert.Equal(t, []float32{1, 1, 1, 1, 1, 1, 1, 1, 0, 1}, in.Known.Value().Data())
		assert.Equal(t, []int{0, 0, 0, 1, 1}, in.TargetIDs.Value().Data())
	})
	t.Run("classes of edges", func(t *testing.T) {
		in := load(t, []*Host{ringOf(3, 1), ringOf(1, 1), ringOf(3, 1)}, EdgeClasses([][]int{{0, 1, 2, 3, 4, 5}, {}, {6, 7, 8, 9, 10, 11}}), LoaderOptions{Batch: 3})
		assert.Equal(t, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, in.Labels.Value().Data())
		assert.Equal(t, []int{0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2}, in.TargetIDs.Value().Data())
	})
	t.Run("values of edges", func(t *testing.T) {
		targets, err := EdgeValues([]*tensor.Dense{nil, values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)})
		require.NoError(t, err)
		in := load(t, []*Host{ringOf(1, 1), ringOf(3, 1)}, targets, LoaderOptions{Batch: 2})
		assert.Equal(t, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, in.Values.Value().Data())
	})
	t.Run("sets of labels", func(t *testing.T) {
		targets, err := GraphLabelSets([][]int{{0, 2}, {}}, 3)
		require.NoError(t, err)
		in := load(t, graphs, targets, LoaderOptions{Batch: 2})
		assert.Equal(t, []float32{1, 0, 1, 0, 0, 0}, in.Values.Value().Data())
		assert.Equal(t, []float32{1, 1, 1, 1, 1, 1}, in.Known.Value().Data())
	})
}

// Places without a graph are not known.
func TestTargetsOfEmptyPlaces(t *testing.T) {
	graphs := []*Host{ringOf(3, 1), ringOf(3, 1), ringOf(3, 1)}
	targets, err := GraphValues(denseOf([]float64{1, 2, 3}, 3, 1))
	require.NoError(t, err)
	l, err := NewLoader(graphs, targets, LoaderOptions{Batch: 3})
	require.NoError(t, err)
	in, err := l.Input(G.NewGraph(), "g", 0)
	require.NoError(t, err)
	part, err := l.Part([]int{1}, true)
	require.NoError(t, err)
	for b, err := range part.Epoch(0) {
		require.NoError(t, err)
		require.NoError(t, in.Set(b))
	}
	assert.Equal(t, []float32{2, 0, 0}, in.Values.Value().Data())
	assert.Equal(t, []float32{1, 0, 0}, in.Known.Value().Data())
	assert.Equal(t, []int{0, -1, -1}, in.TargetIDs.Value().Data())
	over, err := l.Over(graphs[:2], Targets{})
	require.NoError(t, err)
	for b, err := range over.Epoch(0) {
		require.NoError(t, err)
		require.NoError(t, in.Set(b))
	}
	assert.Equal(t, []float32{0, 0, 0}, in.Known.Value().Data(), "without targets none is known")
}

// A vector is a column.
func TestVectorsAsTargets(t *testing.T) {
	column := need[Targets](t)(GraphValues(denseOf([]float64{4, 5}, 2, 1)))
	assert.Equal(t, column, need[Targets](t)(GraphValues(denseOf([]float64{4, 5}, 2))))
	nodes := need[Targets](t)(NodeValues([]*tensor.Dense{denseOf([]float64{1, 2, 3}, 3), denseOf([]float64{4}, 1, 1)}))
	assert.Equal(t, need[Targets](t)(NodeValues([]*tensor.Dense{denseOf([]float64{1, 2, 3}, 3, 1), denseOf([]float64{4}, 1, 1)})), nodes)
}

func TestTargetsRefusals(t *testing.T) {
	_, err := GraphValues(nil)
	assert.EqualError(t, err, "modes: targets: no tensor, want rows×T values, or a vector of one a row")
	_, err = GraphValues(denseOf([]float64{1, 2}, 2, 1, 1))
	assert.EqualError(t, err, "modes: targets: shape (2, 1, 1), want rows×T values, or a vector of one a row")
	_, err = GraphValues(denseOf([]int{1}, 1, 1))
	assert.EqualError(t, err, "modes: targets: dtype int, want float32 or float64")
	_, err = NodeValues([]*tensor.Dense{nil})
	assert.EqualError(t, err, "modes: targets: no graph has any, want values")
	_, err = NodeValues([]*tensor.Dense{denseOf([]float64{1}, 1, 1), denseOf([]float64{1, 2}, 1, 2)})
	assert.EqualError(t, err, "modes: targets: graph 1: shape (1, 2), want 1 columns as before")
	_, err = GraphLabelSets([][]int{{3}}, 3)
	assert.EqualError(t, err, "modes: targets: label 3 of graph 0, want 0 to 2")
	_, err = GraphLabelSets(nil, 0)
	assert.EqualError(t, err, "modes: targets: labels = 0, want 1 to 1048576")
	inf, err := GraphValues(denseOf([]float64{math.Inf(1)}, 1, 1))
	require.NoError(t, err)
	_, err = NewLoader([]*Host{ringOf(3, 1)}, inf, LoaderOptions{Batch: 1})
	assert.EqualError(t, err, "modes: loader: targets: graph 0: value 0 is +Inf, want a finite number, or NaN where it is not known")
	_, err = NewLoader([]*Host{ringOf(3, 1)}, EdgeClasses([][]int{{0, 0, 0, 0, 0, 0}}), LoaderOptions{Batch: 1, Mode: Batch})
	assert.EqualError(t, err, "modes: loader: targets of edges with dense adjacencies, want Sparse")
	assert.Equal(t, "graphs nodes edges Level(7)", OfGraphs.String()+" "+OfNodes.String()+" "+OfEdges.String()+" "+Level(7).String())
}
