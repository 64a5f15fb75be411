package modes

import (
	"fmt"
	"math/rand/v2"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// eval runs the nodes' graph once and returns their values as float64.
func eval(t require.TestingT, nodes ...*G.Node) [][]float64 {
	vals := make([]G.Value, len(nodes))
	for i, n := range nodes {
		G.Read(n, &vals[i])
	}
	vm := G.NewTapeMachine(nodes[0].Graph().SubgraphRoots(nodes...))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	out := make([][]float64, len(vals))
	for i, v := range vals {
		out[i] = numbers(v)
	}
	return out
}

// numbers is the elements of v as float64.
func numbers(v G.Value) []float64 {
	switch d := v.Data().(type) {
	case []float64:
		return append([]float64{}, d...)
	case []float32:
		out := make([]float64, len(d))
		for i, x := range d {
			out[i] = float64(x)
		}
		return out
	case []int:
		out := make([]float64, len(d))
		for i, x := range d {
			out[i] = float64(x)
		}
		return out
	}
	return nil
}

// tester is a test, or one run of a property.
type tester interface {
	require.TestingT
	Helper()
}

// need is n, of a call that cannot fail in the test at hand.
func need[N any](t require.TestingT) func(n N, err error) N {
	return func(n N, err error) N {
		require.NoError(t, err)
		return n
	}
}

// f64 is a matrix of float64.
func f64(rows, cols int, x ...float64) *tensor.Dense { return denseOf(x, rows, cols) }

// path is the graph 0 – 1 – … – n−1 with features of a given width that no two
// nodes have in common.
func path(n, width int) *Host {
	var row, col []int
	for i := range n - 1 {
		row, col = append(row, i, i+1), append(col, i+1, i)
	}
	h, err := FromCOO(n, row, col, nil)
	if err != nil {
		panic(err)
	}
	if n > 0 {
		h.X = numbered(n, width)
	}
	return h
}

// numbered is the matrix of 1, 2, 3, …
func numbered(rows, cols int) *tensor.Dense {
	x := make([]float64, rows*cols)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return f64(rows, cols, x...)
}

// weighted is h with the weights 1, 2, 3, … as copies of the rest.
func weighted(h *Host) *Host {
	out := *h
	out.Weights = make([]float64, h.Pattern.NNZ())
	for i := range out.Weights {
		out.Weights[i] = float64(i + 1)
	}
	return &out
}

// densely is h with a dense adjacency and dense features.
func densely(h *Host) *Host {
	out := &Host{Nodes: h.Nodes, X: h.X}
	if h.Nodes == 0 {
		return out
	}
	var a []float64
	for _, row := range matrix(h) {
		a = append(a, row...)
	}
	out.DenseA = f64(h.Nodes, h.Nodes, a...)
	if h.SparseX != nil {
		out.X = f64(h.Nodes, h.SparseX.Pattern.Cols(), featuresOf(h)...)
	}
	return out
}

// matrix is h's adjacency.
func matrix(h *Host) [][]float64 {
	a := make([][]float64, h.Nodes)
	for i := range a {
		a[i] = make([]float64, h.Nodes)
	}
	row, col, w := h.COO()
	for e := range row {
		a[row[e]][col[e]] += w[e]
	}
	return a
}

// featuresOf is h's features row by row; a column of ones where it has none.
func featuresOf(h *Host) []float64 {
	switch {
	case h.X != nil:
		return elements[float64](h.X)
	case h.SparseX != nil:
		m := h.SparseX.csr(h.Nodes, h.SparseX.Pattern.Cols())
		out := make([]float64, m.rows*m.cols)
		scatter(out, m)
		return out
	}
	out := make([]float64, h.Nodes)
	for i := range out {
		out[i] = 1
	}
	return out
}

// assertHolds checks that in holds the graphs: what a layer computes of it is
// what plain loops give for each graph on its own, and nothing for padding.
func assertHolds(t tester, in Graph, graphs []*Host) {
	t.Helper()
	require.NoError(t, in.CheckA())
	ids := need[[]int](t)(in.HostIDs())
	x := need[*G.Node](t)(in.X.ToDense())
	node := need[*G.Node](t)
	got := eval(t, x, node(in.A.Mul(x)), node(in.A.Degree(x)), node(in.A.SquareSum(x)), node(in.Counts()), node(in.Mask()),
		node(ops.SegmentSum(x, in.Segments())))
	width := in.X.Width()
	seen := make([]int, in.Graphs)
	for r, id := range ids {
		if id < 0 {
			assert.Equal(t, make([]float64, width), got[0][r*width:(r+1)*width], "features of padding, row %d", r)
			assert.Equal(t, make([]float64, width), got[1][r*width:(r+1)*width], "product at padding, row %d", r)
			assert.Zero(t, got[2][r]+got[3][r]+got[5][r], "degree and mask of padding, row %d", r)
			continue
		}
		h, i := graphs[id], seen[id]
		seen[id]++
		feats, a := featuresOf(h), matrix(h)
		assert.InDeltaSlice(t, feats[i*width:(i+1)*width], got[0][r*width:(r+1)*width], 1e-5, "features of node %d of graph %d", i, id)
		product, degree, square := make([]float64, width), 0.0, 0.0
		for j, w := range a[i] {
			degree += w
			for c := range product {
				product[c] += w * feats[j*width+c]
			}
		}
		for _, w := range a[i] {
			square += w * w
		}
		assert.InDeltaSlice(t, product, got[1][r*width:(r+1)*width], 1e-4, "product at node %d of graph %d", i, id)
		assert.InDelta(t, degree, got[2][r], 1e-4)
		assert.InDelta(t, square, got[3][r], 1e-4)
		assert.Equal(t, 1.0, got[5][r])
	}
	for id := range seen {
		n, sum := 0, make([]float64, width)
		if id < len(graphs) {
			n = graphs[id].Nodes
			if n > 0 {
				for i, v := range featuresOf(graphs[id]) {
					sum[i%width] += v
				}
			}
		}
		assert.Equal(t, n, seen[id], "nodes of graph %d", id)
		assert.Equal(t, float64(n), got[4][id], "count of graph %d", id)
		assert.InDeltaSlice(t, sum, got[6][id*width:(id+1)*width], 1e-4, "sum of graph %d", id)
	}
}

// randomHost is a graph of at most so many nodes: directed, with self loops
// and isolated nodes among them.
func randomHost(r *rand.Rand, nodes, width int, weighted, sparseX bool) *Host {
	if nodes == 0 {
		return &Host{}
	}
	var row, col []int
	var w []float64
	for range r.IntN(2*nodes + 1) {
		row, col, w = append(row, r.IntN(nodes)), append(col, r.IntN(nodes)), append(w, float64(r.IntN(9)+1)/4)
	}
	if !weighted {
		w = nil
	}
	h, err := FromCOO(nodes, row, col, w)
	if err != nil {
		panic(fmt.Sprint(row, col, err))
	}
	x := make([]float64, nodes*width)
	for i := range x {
		x[i] = float64(r.IntN(17)-8) / 4
	}
	if h.X = f64(nodes, width, x...); sparseX {
		h.SparseX, h.X = sparseOf(x, nodes, width), nil
	}
	return h
}

// sparseOf is the elements of x that are not 0.
func sparseOf(x []float64, rows, cols int) *HostSparse {
	var row, col []int
	values := []float64{}
	for i, v := range x {
		if v != 0 {
			row, col, values = append(row, i/cols), append(col, i%cols), append(values, v)
		}
	}
	p, values, err := merged(rows, cols, row, col, values)
	if err != nil {
		panic(err)
	}
	return &HostSparse{Pattern: p, Values: values}
}
