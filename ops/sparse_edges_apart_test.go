package ops

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func edgesApartRows() []opRow {
	row := func(name string, f func(m Sparse) (*G.Node, error), want ...float64) opRow {
		return opRow{
			op: name,
			cases: []opCase{
				sparseCase("by hand", looped(), nil, []gradcheck.Input{input("x", vec(10, 20, 30, 40))}, func(m Sparse, in G.Nodes) (*G.Node, error) {
					at, err := f(m)
					if err != nil {
						return nil, err
					}
					return Gather(in[0], at)
				}, nil, want...),
			},
			bad: []badCase{
				{"no capacity", func(g *G.ExprGraph) error {
					return second(f(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}))
				}, "want at least 1"},
				{"no pattern", func(*G.ExprGraph) error { return second(f(Sparse{Rows: 4, Cols: 4})) }, "the pattern is nil"},
			},
		}
	}
	return []opRow{
		row("EdgesApart", EdgesApart, 10, 10, 10, 20, 0, 40, 0, 0),
	}
}
