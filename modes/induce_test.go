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

// induceCase is Induce of an adjacency, sparse or dense, of which each row of
// the result is multiplied by x.
type induceCase struct {
	name  string
	adj   func(in G.Nodes) Adj
	in    []gradcheck.Input
	idx   []int
	kept  int
	dense [][]float64 // all rows, block-diagonal
}

func induceCases(t testing.TB) []induceCase {
	p, _, err := ops.PatternFromCOO(3, 3, []int{0, 0, 1, 2, 2}, []int{1, 2, 0, 0, 2})
	require.NoError(t, err)
	w := []float64{2, 3, 5, 7, 11}
	a := []float64{0, 2, 3, 5, 0, 0, 7, 0, 11}
	b := []float64{1, 0, 4, 0, 6, 0, 8, 9, 0}
	sparse := []gradcheck.Input{{Name: "pattern", Value: p}, {Name: "w", Value: floats64([]int{5}, w...)}}
	one := func(copies int) func(in G.Nodes) Adj {
		return func(in G.Nodes) Adj {
			return SparseAdj{Sparse: ops.Sparse{Pattern: in[0], Weights: in[1], Rows: 3, Cols: 3, Capacity: 5}, Copies: copies}
		}
	}
	full := func(copies int) func(in G.Nodes) Adj {
		return func(in G.Nodes) Adj { return DenseAdj{Node: in[0], Copies: copies} }
	}
	dense := []gradcheck.Input{{Name: "a", Value: floats64([]int{3, 3}, a...)}}
	batch := []gradcheck.Input{{Name: "a", Value: floats64([]int{2, 3, 3}, append(append([]float64{}, a...), b...)...)}}
	pair := []int{2, -1, 0, 4, 3, 5}
	return []induceCase{
		{"single sparse", one(0), sparse, []int{2, -1, 0}, 0, blocks(a)},
		{"single dense", full(0), dense, []int{2, -1, 0}, 0, blocks(a)},
		{"batch dense", full(0), batch, pair, 2, blocks(a, b)},
		{"mixed sparse", one(2), sparse, pair, 2, blocks(a, a)},
		{"mixed dense", full(2), dense, pair, 2, blocks(a, a)},
	}
}

// blocks is the block-diagonal matrix of 3×3 matrices.
func blocks(of ...[]float64) [][]float64 {
	out := make([][]float64, 3*len(of))
	for i := range out {
		out[i] = make([]float64, len(out))
		copy(out[i][i/3*3:], of[i/3][i%3*3:i%3*3+3])
	}
	return out
}

func floats64(shape []int, x ...float64) *tensor.Dense {
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
}

func TestInduceInEveryMode(t *testing.T) {
	for _, c := range induceCases(t) {
		k := len(c.idx)
		x := make([]float64, 2*k)
		for i := range x {
			x[i] = float64(i%5) - 1.3
		}
		shape := []int{k, 2}
		if c.kept > 0 {
			shape = []int{c.kept, k / c.kept, 2}
		}
		want := make([]float64, 2*k)
		for i, r := range c.idx {
			for j, s := range c.idx {
				if r >= 0 && s >= 0 {
					want[2*i] += c.dense[r][s] * x[2*j]
					want[2*i+1] += c.dense[r][s] * x[2*j+1]
				}
			}
		}
		in := append(append([]gradcheck.Input{}, c.in...),
			gradcheck.Input{Name: "idx", Value: tensor.New(tensor.WithShape(k), tensor.WithBacking(c.idx))},
			gradcheck.Input{Name: "x", Value: floats64(shape, x...)})
		err := gradcheck.Check(gradcheck.Case{
			Name: c.name, Inputs: in,
			Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				n := len(in)
				sub, err := c.adj(in).Induce(Subset{Index: in[n-2], Graphs: c.kept})
				if err != nil {
					return nil, err
				}
				assert.Equal(t, k, sub.Rows(), c.name)
				return gradcheck.One(sub.Mul(in[n-1]))
			},
			Forward: func([]G.Value) ([][]float64, error) { return [][]float64{want}, nil },
		}, gradcheck.Options{})
		assert.NoError(t, err, c.name)
	}
}

func TestInduceRefusesAnotherNumberOfGraphs(t *testing.T) {
	g := G.NewGraph()
	a := G.NodeFromAny(g, floats64([]int{3, 3}, make([]float64, 9)...), G.WithName("a"))
	idx := G.NodeFromAny(g, tensor.New(tensor.WithShape(4), tensor.WithBacking([]int{0, 1, 3, 4})), G.WithName("idx"))
	_, err := DenseAdj{Node: a, Copies: 2}.Induce(Subset{Index: idx, Graphs: 4})
	assert.EqualError(t, err, "modes: a selection of 4 graphs, want the 2 signals on the graph")
}
