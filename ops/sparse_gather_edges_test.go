package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func gatherEdgesRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}
	}
	return []opRow{{
		op: "GatherEdges",
		cases: []opCase{
			// looped's entries are (0, 1), (0, 3), (0, 3), (1, 0), (1, 1), (3, 0).
			edgesCase("selected", mat(6, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), func(m Sparse, in G.Nodes) (Sparse, error) {
				return Induce(m, in[0])
			}, 11, 12, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
			sparseCase("a vector with self loops", looped(), nil, []gradcheck.Input{input("x", vec(1, 2, 3, 4, 5, 6))},
				func(m Sparse, in G.Nodes) (*G.Node, error) {
					sub, err := SelfLoops(m)
					if err != nil {
						return nil, err
					}
					return GatherEdges(sub, in[0])
				}, nil, 0, 1, 2, 3, 4, 5, 0, 0, 6, 0, 0, 0),
			edgesCase("of two signals", random(1, 7, 3), func(m Sparse, in G.Nodes) (Sparse, error) {
				return InduceShared(m, in[0], 2)
			}),
		},
		bad: []badCase{
			{"no capacity", func(g *G.ExprGraph) error {
				s := m(g)
				s.Capacity = 0
				return second(GatherEdges(s, float(g, 6, 2)))
			}, "want at least 1"},
			{"rank 3", func(g *G.ExprGraph) error { return second(GatherEdges(m(g), float(g, 6, 2, 2))) }, "want a vector or a matrix"},
			{"no pattern", func(g *G.ExprGraph) error { return second(GatherEdges(Sparse{Rows: 1, Cols: 1}, float(g, 1))) }, "the pattern is nil"},
		},
	}}
}

// edgesCase derives a pattern by derive, with the rows 3, none and 0.
func edgesCase(name string, x G.Value, derive func(m Sparse, in G.Nodes) (Sparse, error), want ...float64) opCase {
	c := sparseCase(name, looped(), nil, []gradcheck.Input{input("idx", idx(3, -1, 0)), input("x", x)},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			sub, err := derive(m, in)
			if err != nil {
				return nil, err
			}
			return GatherEdges(sub, in[1])
		}, nil, want...)
	if want == nil {
		c.ref = func(in []G.Value) []float64 {
			x := nums(in[2])
			return pad(append(append([]float64{}, x[15:18]...), x[3:9]...), 16*3)
		}
	}
	return c
}

func TestGatherEdgesRefusesWhatDoesNotFit(t *testing.T) {
	for want, build := range map[string]func(g *G.ExprGraph, m Sparse) error{
		"was not derived from another": func(g *G.ExprGraph, m Sparse) error { return second(GatherEdges(m, float(g, 6, 2))) },
		"2 rows of attributes, want at least": func(g *G.ExprGraph, m Sparse) error {
			sub, err := Induce(m, index(g, 3, 0))
			require.NoError(t, err)
			return second(GatherEdges(sub, float(g, 2, 2)))
		},
		"the pattern has 3 entries, want at most 2": func(g *G.ExprGraph, m Sparse) error {
			sub, err := Induce(m, index(g, 3, 0))
			require.NoError(t, err)
			sub.Capacity = 2
			return second(GatherEdges(sub, float(g, 6, 2)))
		},
	} {
		g := G.NewGraph()
		require.NoError(t, build(g, Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}))
		vm := G.NewTapeMachine(g)
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}
