package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/mat"
	"gorgonia.org/tensor"
)

func TestFromDense(t *testing.T) {
	a, x := f64(2, 2, 0, 1, 2, 0), numbered(2, 3)
	h := need[*Host](t)(FromDense(a, x))
	assert.Equal(t, &Host{Nodes: 2, DenseA: a, X: x}, h)
	h = need[*Host](t)(FromDense(nil, x))
	assert.Equal(t, &Host{Nodes: 2, X: x}, h)
	h = need[*Host](t)(FromDense(a, nil))
	assert.Equal(t, &Host{Nodes: 2, DenseA: a}, h)
	for _, c := range []struct {
		a, x *tensor.Dense
		want string
	}{
		{nil, nil, "modes: neither adjacency nor features, want one of them"},
		{numbered(2, 3), nil, "modes: adjacency: shape (2, 3), want 2 rows and 2 columns"},
		{a, numbered(3, 1), "modes: features: shape (3, 1), want 2 rows and at least 1 column"},
		{denseOf([]float64{1}, 1), nil, "modes: adjacency: shape (1), want 0 rows and 0 columns"},
		{nil, denseOf([]float64{1}, 1), "modes: features: shape (1), want 0 rows and at least 1 column"},
		{f64(1, 1, math.Inf(-1)), nil, "modes: adjacency: element [0 0] is not a finite number"},
	} {
		_, err := FromDense(c.a, c.x)
		assert.EqualError(t, err, c.want)
	}
}

func TestFromMat(t *testing.T) {
	a := mat.NewSymDense(2, []float64{0, 3, 3, 1})
	x := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	h := need[*Host](t)(FromMat(a, x))
	assert.Equal(t, [][]float64{{0, 3}, {3, 1}}, matrix(h))
	assert.Equal(t, []float64{1, 2, 3, 4, 5, 6}, featuresOf(h))
	h = need[*Host](t)(FromMat(nil, x.T()))
	assert.Equal(t, 3, h.Nodes)
	assert.Equal(t, []float64{1, 4, 2, 5, 3, 6}, featuresOf(h))
	_, err := FromMat(nil, nil)
	assert.EqualError(t, err, "modes: neither adjacency nor features, want one of them")
	_, err = FromMat(x, nil)
	assert.EqualError(t, err, "modes: adjacency: shape (2, 3), want 2 rows and 2 columns")
	_, err = FromMat(&mat.Dense{}, nil)
	assert.EqualError(t, err, "modes: adjacency: 0×0, want at least 1×1")
	var missing *mat.Dense
	_, err = FromMat(missing, nil)
	assert.ErrorContains(t, err, "modes: reading a matrix: ")
}

func TestFromCS(t *testing.T) {
	byRow := tensor.NewCSR([]int{2, 0, 1}, []int{0, 1, 1, 3}, []float64{5, 3, 4}, tensor.WithShape(3, 3))
	byCol := tensor.NewCSC([]int{2, 2, 0}, []int{0, 1, 2, 3}, []float32{3, 4, 5}, tensor.WithShape(3, 3))
	want := [][]float64{{0, 0, 5}, {0, 0, 0}, {3, 4, 0}}
	for _, m := range []*tensor.CS{byRow, byCol} {
		h := need[*Host](t)(FromCS(m, nil))
		assert.Equal(t, want, matrix(h))
		assert.Equal(t, []int32{2, 0, 1}, h.Pattern.Col())
	}
	x := tensor.NewCSR([]int{1, 1, 0}, []int{0, 2, 3, 3}, []float64{1, 2, 7}, tensor.WithShape(3, 2))
	h := need[*Host](t)(FromCS(byRow, x))
	assert.Equal(t, []float64{0, 3, 7, 0, 0, 0}, featuresOf(h), "entries of one place are added up")
	h = need[*Host](t)(FromCS(nil, x))
	assert.Equal(t, 3, h.Nodes)
	assert.Nil(t, h.Pattern)
}

func TestFromCSRefuses(t *testing.T) {
	shape := tensor.WithShape(2, 2)
	for _, c := range []struct {
		a, x *tensor.CS
		want string
	}{
		{nil, nil, "neither adjacency nor features, want one of them"},
		{tensor.NewCSR(nil, []int{0, 0, 0}, []float64{}), nil, "adjacency: shape (), want a matrix"},
		{tensor.NewCSR([]int{0}, []int{0, 1}, []float64{1}, shape), nil, "adjacency: 2 pointers for 1 entries, want 3 from 0 to 1"},
		{tensor.NewCSR([]int{0}, []int{0, 2, 1}, []float64{1}, shape), nil, "adjacency: pointer 1 is 2, want 0 to 1"},
		{tensor.NewCSR([]int{0, 1}, []int{0, 1, 2}, []float64{1}, shape), nil, "adjacency: 1 values for 2 entries, want one an entry"},
		{tensor.NewCSR([]int{0, 5}, []int{0, 1, 2}, []float64{1, 2}, shape), nil, "adjacency: ops: pattern: entry 1 is (5, 1), want below (2, 2)"},
		{tensor.NewCSR([]int{0, 1}, []int{0, 1, 2}, []int{1, 2}, shape), nil, "adjacency: dtype int, want float32 or float64"},
		{nil, tensor.NewCSR([]int{0, 1}, []int{0, 1, 2}, []float64{1, math.NaN()}, shape), "features: value 1 is NaN, want a finite number"},
		{tensor.NewCSR([]int{0}, []int{0, 1, 1}, []float64{1}, tensor.WithShape(2, 3)), nil, "adjacency: 2×3, want 2×2"},
	} {
		_, err := FromCS(c.a, c.x)
		assert.EqualError(t, err, "modes: "+c.want)
	}
}

func TestFromGonum(t *testing.T) {
	u := simple.NewUndirectedGraph()
	u.SetEdge(u.NewEdge(simple.Node(30), simple.Node(7)))
	u.SetEdge(u.NewEdge(simple.Node(30), simple.Node(100)))
	u.AddNode(simple.Node(8))
	h, ids, err := FromGonum(u)
	require.NoError(t, err)
	assert.Equal(t, []int64{7, 8, 30, 100}, ids)
	assert.Nil(t, h.Weights)
	assert.Equal(t, [][]float64{{0, 0, 1, 0}, {0, 0, 0, 0}, {1, 0, 0, 1}, {0, 0, 1, 0}}, matrix(h))

	d := simple.NewWeightedDirectedGraph(0, 0)
	d.SetWeightedEdge(d.NewWeightedEdge(simple.Node(-1), simple.Node(5), 2.5))
	h, ids, err = FromGonum(d)
	require.NoError(t, err)
	assert.Equal(t, []int64{-1, 5}, ids)
	assert.Equal(t, [][]float64{{0, 2.5}, {0, 0}}, matrix(h), "directions are kept")

	h, ids, err = FromGonum(simple.NewDirectedGraph())
	require.NoError(t, err)
	assert.Empty(t, ids)
	assert.Equal(t, 0, h.Nodes)

	_, _, err = FromGonum(nil)
	assert.EqualError(t, err, "modes: a nil graph")
	var missing *simple.UndirectedGraph
	_, _, err = FromGonum(missing)
	assert.ErrorContains(t, err, "modes: reading a graph: ")
	d.SetWeightedEdge(d.NewWeightedEdge(simple.Node(5), simple.Node(-1), math.NaN()))
	_, _, err = FromGonum(d)
	assert.EqualError(t, err, "modes: adjacency: value 1 is NaN, want a finite number")
}
