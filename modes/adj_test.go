package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// adjacencies is one of every kind, with the matrix that each is, over all
// rows.
func adjacencies(t *testing.T) map[string]struct {
	a    Adj
	rows [][]float64
} {
	out := map[string]struct {
		a    Adj
		rows [][]float64
	}{}
	add := func(name string, in Graph, err error, graphs ...*Host) {
		require.NoError(t, err)
		n := in.RowsPerGraph()
		if in.Mode == Disjoint {
			n = 3
		}
		rows := make([][]float64, in.Rows())
		for i := range rows {
			rows[i] = make([]float64, len(rows))
		}
		for b, h := range graphs {
			for i, row := range matrix(h) {
				copy(rows[b*n+i][b*n:], row)
			}
		}
		out[name] = struct {
			a    Adj
			rows [][]float64
		}{in.A, rows}
	}
	h, plain := weighted(path(3, 1)), path(3, 1)
	x, _ := signals(h, 2, 1)
	in, err := NewSingle(G.NewGraph(), "g", h, tensor.Float64)
	add("sparse", in, err, h)
	in, err = NewSingle(G.NewGraph(), "g", plain, tensor.Float64)
	add("sparse without weights", in, err, plain)
	in, err = NewSingle(G.NewGraph(), "g", densely(h), tensor.Float64)
	add("dense", in, err, h)
	in, err = NewDisjoint(G.NewGraph(), "g", []*Host{h, plain}, tensor.Float64, Budget{Nodes: 7})
	add("disjoint", in, err, h, plain)
	in, err = NewBatch(G.NewGraph(), "g", []*Host{h, plain}, tensor.Float64, Budget{})
	add("batch", in, err, h, plain)
	in, err = NewSparseBatch(G.NewGraph(), "g", []*Host{h, plain}, tensor.Float64, Budget{})
	add("sparse batch", in, err, h, plain)
	in, err = NewMixed(G.NewGraph(), "g", bare(h), x, tensor.Float64)
	add("mixed", in, err, h, h)
	in, err = NewMixed(G.NewGraph(), "g", bare(plain), x, tensor.Float64)
	add("mixed without weights", in, err, plain, plain)
	in, err = NewMixed(G.NewGraph(), "g", bare(densely(h)), x, tensor.Float64)
	add("mixed dense", in, err, h, h)
	return out
}

func graphOf(a Adj) *G.ExprGraph {
	if s, ok := a.(SparseAdj); ok {
		return s.Pattern.Graph()
	}
	return a.(DenseAdj).Node.Graph()
}

func TestEveryAdjacencyIsItsMatrix(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, len(c.rows), c.a.Rows())
			assertMatrix(t, c.rows, c.a)
			turned := make([][]float64, len(c.rows))
			ones := make([][]float64, len(c.rows))
			for i := range c.rows {
				turned[i], ones[i] = make([]float64, len(c.rows)), make([]float64, len(c.rows))
				for j := range c.rows {
					turned[i][j] = c.rows[j][i]
					if c.rows[i][j] != 0 {
						ones[i][j] = 1
					}
				}
			}
			assertMatrix(t, turned, need[Adj](t)(c.a.Transpose()))
			assertMatrix(t, ones, need[Adj](t)(c.a.Unweighted()))
		})
	}
}

// shapedFor is x in the shape that a multiplies.
func shapedFor(a Adj, x *tensor.Dense) *tensor.Dense {
	n, width := x.Shape()[0], x.Shape()[1]
	switch b := a.(type) {
	case SparseAdj:
		if b.Copies > 0 {
			return denseOf(elements[float64](x), b.Copies, n/b.Copies, width)
		}
	case DenseAdj:
		if size := b.Node.Shape()[b.Node.Dims()-1]; size != n {
			return denseOf(elements[float64](x), n/size, size, width)
		}
	}
	return x
}

// assertMatrix compares what a computes with the matrix of all rows.
func assertMatrix(t *testing.T, rows [][]float64, a Adj) {
	t.Helper()
	g, n := graphOf(a), len(rows)
	x := shapedFor(a, numbered(n, 2))
	in := G.NodeFromAny(g, x, G.WithName("x of "+t.Name()))
	node := need[*G.Node](t)
	got := eval(t, node(a.Mul(in)), node(a.Degree(in)), node(a.SquareSum(in)), node(a.Stored(in)))
	for i, row := range rows {
		var product [2]float64
		var degree, square, stored float64
		for j, w := range row {
			product[0] += w * float64(2*j+1)
			product[1] += w * float64(2*j+2)
			degree, square = degree+w, square+w*w
			if w != 0 {
				stored++
			}
		}
		assert.InDeltaSlice(t, product[:], got[0][2*i:2*i+2], 1e-12, "product, row %d", i)
		assert.InDelta(t, degree, got[1][i], 1e-12, "degree, row %d", i)
		assert.InDelta(t, square, got[2][i], 1e-12, "sum of squares, row %d", i)
		assert.Equal(t, stored, got[3][i], "entries, row %d", i)
	}
}

func TestSparseServesABatchOfItsRows(t *testing.T) {
	h := weighted(path(4, 1))
	in := need[Graph](t)(NewSingle(G.NewGraph(), "g", h, tensor.Float64))
	x := G.NodeFromAny(graphOf(in.A), denseOf([]float64{1, 2, 3, 4}, 2, 2, 1), G.WithName("batch"))
	y := need[*G.Node](t)(in.A.Mul(x))
	assert.Equal(t, tensor.Shape{2, 2, 1}, y.Shape())
	flat := need[*G.Node](t)(in.A.Mul(in.X.Dense))
	got := eval(t, y, flat)
	assert.Equal(t, got[1], got[0])
}

func TestBlocksAreTheirMatrices(t *testing.T) {
	a := denseOf([]float64{1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2)
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "a", Value: a}, {Name: "x", Value: numbered(4, 1)}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			blocks, err := NewBlocks(in[0])
			if err != nil {
				return nil, err
			}
			return gradcheck.One(blocks.Mul(in[1]))
		},
		Forward: func([]G.Value) ([][]float64, error) { return [][]float64{{1 + 4, 3 + 8, 15 + 24, 21 + 32}}, nil },
	}, gradcheck.Options{}))
	g := G.NewGraph()
	_, err := NewBlocks(G.NodeFromAny(g, numbered(2, 2), G.WithName("a")))
	assert.EqualError(t, err, "modes: blocks of shape (2, 2), want (B, K, K)")
}
