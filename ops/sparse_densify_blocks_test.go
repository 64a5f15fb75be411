package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

func densifyBlocksRows() []opRow {
	two := coo(4, 4, [2]int{0, 1}, [2]int{0, 1}, [2]int{1, 0}, [2]int{3, 3})
	blocks := func(n int) func(m Sparse, in G.Nodes) (*G.Node, error) {
		return func(m Sparse, _ G.Nodes) (*G.Node, error) { return DensifyBlocks(m, n) }
	}
	one := sparseCase("one block", looped(), random(1, 8), nil, blocks(1), func(a [][]float64, _ []G.Value) []float64 {
		var out []float64
		for _, row := range a {
			out = append(out, row...)
		}
		return out
	})
	byHand := sparseCase("two blocks", two, vec(2, 3, 5, 7), nil, blocks(2), nil, 0, 5, 5, 0, 0, 0, 0, 7)
	one.free, byHand.free = nil, nil
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", two), Weights: float(g, 4), Rows: 4, Cols: 4}
	}
	return []opRow{{
		op:    "DensifyBlocks",
		cases: []opCase{one, byHand},
		bad: []badCase{
			{"no weights", func(g *G.ExprGraph) error {
				s := m(g)
				s.Weights = nil
				return second(DensifyBlocks(s, 2))
			}, "no weights"},
			{"blocks of several sizes", func(g *G.ExprGraph) error { return second(DensifyBlocks(m(g), 3)) }, "a 4×4 matrix in 3 blocks"},
			{"no pattern", func(g *G.ExprGraph) error { return second(DensifyBlocks(Sparse{Rows: 1, Cols: 1}, 1)) }, "the pattern is nil"},
		},
	}}
}

func TestDensifyBlocksRefusesEntriesOutside(t *testing.T) {
	g := G.NewGraph()
	_, err := DensifyBlocks(Sparse{Pattern: node(g, "p", looped()), Weights: float(g, 6), Rows: 4, Cols: 4}, 2)
	require.NoError(t, err)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "entry (0, 3) is outside the blocks of 2")
}
