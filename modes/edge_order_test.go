package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// A list in any order, and the same edges in the order of the pattern.
func TestEdgeOrder(t *testing.T) {
	row, col := []int{2, 0, 1, 0}, []int{0, 2, 1, 1}
	h := need[*Host](t)(FromCOO(3, row, col, nil))
	order := need[[]int](t)(h.EdgeOrder(row, col))
	assert.Equal(t, []int{3, 1, 2, 0}, order)
	for e, r := range order {
		i, j, _ := h.COO()
		assert.Equal(t, [2]int{row[r], col[r]}, [2]int{i[e], j[e]})
	}
	got := need[*Host](t)(h.WithAttributes(row, col, f64(4, 2, 20, -20, 2, -2, 11, -11, 1, -1)))
	assert.Equal(t, []float64{1, -1, 2, -2, 11, -11, 20, -20}, got.E.Data())
	assert.Nil(t, h.E, "h stays")
	narrow := need[*Host](t)(h.WithAttributes(row, col, tensor.New(tensor.WithShape(4, 1), tensor.WithBacking([]float32{20, 2, 11, 1}))))
	assert.Equal(t, []float32{1, 2, 11, 20}, narrow.E.Data())
}

// A pattern whose rows are not sorted has its own order.
func TestEdgeOrderOfARowThatIsNotSorted(t *testing.T) {
	p := need[*ops.Pattern](t)(ops.NewPattern(2, 2, []int32{0, 2, 2}, []int32{1, 0}))
	assert.Equal(t, []int{0, 1}, need[[]int](t)((&Host{Nodes: 2, Pattern: p}).EdgeOrder([]int{0, 0}, []int{1, 0})))
}

// A graph without edges has no attributes, beside graphs that have some.
func TestAttributesBesideAGraphWithoutEdges(t *testing.T) {
	none := need[*Host](t)(FromCOO(2, nil, nil, nil))
	none = need[*Host](t)(none.WithAttributes(nil, nil, nil))
	assert.Nil(t, none.E)
	row, col := []int{1, 0}, []int{0, 1}
	h := need[*Host](t)(need[*Host](t)(FromCOO(2, row, col, nil)).WithAttributes(row, col, f64(2, 1, 10, 1)))
	in := need[Graph](t)(NewDisjoint(G.NewGraph(), "graphs", []*Host{none, h, {}}, tensor.Float64, Budget{}))
	assert.Equal(t, []float64{1, 10}, in.E.Value().Data())
}

func TestEdgeOrderRefuses(t *testing.T) {
	h := need[*Host](t)(FromCOO(3, []int{0, 1}, []int{1, 2}, nil))
	twice := &Host{Nodes: 2, Pattern: need[*ops.Pattern](t)(ops.NewPattern(2, 2, []int32{0, 2, 2}, []int32{1, 1}))}
	for _, c := range []struct {
		h        *Host
		row, col []int
		want     string
	}{
		{h, []int{0}, []int{1}, "no edge (1, 2), which the graph has, want each of its 2 edges once"},
		{h, []int{0, 1, 2}, []int{1, 2, 0}, "edge 2 is (2, 0), which the graph has not"},
		{h, []int{0, 1, 0}, []int{1, 2, 1}, "edge 2 is (0, 1), as edge 0 is, want each once"},
		{h, []int{0, 1}, []int{1}, "2 row and 1 column indices, want as many of each"},
		{twice, []int{0}, []int{1}, "no edge (0, 1), which the graph has, want each of its 2 edges once"},
		{&Host{Nodes: 1, DenseA: f64(1, 1, 1)}, []int{0}, []int{0}, "the adjacency is dense, want a sparse one"},
		{nil, nil, nil, "a nil graph"},
	} {
		_, err := c.h.EdgeOrder(c.row, c.col)
		assert.EqualError(t, err, "modes: order of edges: "+c.want)
	}
	_, err := h.WithAttributes([]int{0, 1}, []int{1, 2}, f64(3, 1, 1, 2, 3))
	assert.EqualError(t, err, "modes: attributes of edges: e: shape (3, 1), want 2 rows and at least 1 column")
	_, err = h.WithAttributes([]int{0, 1}, []int{1, 2}, nil)
	assert.EqualError(t, err, "modes: attributes of edges: no tensor")
	_, err = h.WithAttributes([]int{0}, []int{1}, f64(1, 1, 1))
	require.Error(t, err)
}
