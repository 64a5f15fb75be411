package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func induceDenseRows() []opRow {
	return []opRow{{
		op: "InduceDense",
		cases: []opCase{
			induceDenseCase("one graph and padding", mat(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9), idx(2, -1, 0), 0,
				9, 0, 7, 0, 0, 0, 3, 0, 1),
			induceDenseCase("a batch", arr([]int{2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8), idx(1, 0, -1, 2), 2,
				4, 3, 2, 1, 0, 0, 0, 5),
			induceDenseCase("one matrix of two graphs", mat(2, 2, 1, 2, 3, 4), idx(1, -1, 2, 3), 2,
				4, 0, 0, 0, 1, 2, 3, 4),
			induceDenseCase("a larger batch", random(1, 3, 4, 4), idx(3, 1, 4, -1, 8, 11), 3),
			induceDenseCase("one node", mat(1, 1, 4), idx(0), 0, 4),
			induceDenseCase("a batch of one", random(2, 1, 3, 3), idx(2, 0), 1),
			induceDenseCase("padding alone", random(3, 2, 2), idx(-1, -1), 2, 0, 0),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error { return second(InduceDense(float(g, 3, 2), index(g, 0), 0)) }, "a has shape (3, 2)"},
			{"another batch", func(g *G.ExprGraph) error { return second(InduceDense(float(g, 2, 2, 2), index(g, 0, 1, 2), 3)) }, "for 3 graphs"},
			{"batch as one", func(g *G.ExprGraph) error { return second(InduceDense(float(g, 2, 2, 2), index(g, 0, 1), 0)) }, "for 0 graphs"},
			{"odd places", func(g *G.ExprGraph) error { return second(InduceDense(float(g, 2, 2), index(g, 0, 1, 2), 2)) }, "as many places for each"},
			{"negative graphs", func(g *G.ExprGraph) error { return second(InduceDense(float(g, 2, 2), index(g, 0), -1)) }, "for -1 graphs"},
		},
	}}
}

func induceDenseCase(name string, a, at G.Value, graphs int, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in:    []gradcheck.Input{input("a", a), input("idx", at)},
		build: func(in G.Nodes) (*G.Node, error) { return InduceDense(in[0], in[1], graphs) },
		ref: func(in []G.Value) []float64 {
			n := width(in[0])
			rows, at := rowsIn(nums(in[0]), n), whole(in[1])
			k := len(at) / max(1, graphs)
			var out []float64
			for s, r := range at {
				for j := range k {
					c, v := at[s/k*k+j], 0.0
					if r >= 0 && c >= 0 {
						v = rows[r%len(rows)][c%n]
					}
					out = append(out, v)
				}
			}
			return out
		},
	}
}

func TestInduceDenseRefusesRowsOfAnotherGraph(t *testing.T) {
	for what, at := range map[string][]int{
		"index 1 is 2, a row of graph 1, want one of graph 0": {0, 2, 3, -1},
		"index 3 is 4, want 0 to 3":                           {0, 1, 3, 4},
	} {
		g := G.NewGraph()
		y, err := InduceDense(float(g, 2, 2), index(g, at...), 2)
		require.NoError(t, err)
		vm := G.NewTapeMachine(g)
		assert.ErrorContains(t, vm.RunAll(), what)
		vm.Close()
		assert.Equal(t, tensor.Shape{2, 2, 2}, y.Shape())
	}
}
