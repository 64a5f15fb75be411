package ops

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func columnRows() []opRow {
	of := func(name string, j int, x G.Value, want ...float64) opCase {
		return opCase{
			name: name, want: want, in: []gradcheck.Input{input("x", x)},
			build: func(in G.Nodes) (*G.Node, error) { return Column(in[0], j) },
			ref: func(in []G.Value) []float64 {
				var out []float64
				for _, row := range rowsIn(nums(in[0]), width(in[0])) {
					out = append(out, row[j])
				}
				return out
			},
		}
	}
	bad := func(j int, shape ...int) func(*G.ExprGraph) error {
		return func(g *G.ExprGraph) error { return second(Column(float(g, shape...), j)) }
	}
	return []opRow{{
		op: "Column",
		cases: []opCase{
			of("first", 0, mat(2, 3, 1, 2, 3, 4, 5, 6), 1, 4),
			of("last", 2, mat(2, 3, 1, 2, 3, 4, 5, 6), 3, 6),
			of("only", 0, mat(3, 1, 1, 2, 3), 1, 2, 3),
			of("rank 3", 1, random(1, 2, 3, 2)),
			of("rank 4", 1, random(2, 2, 1, 3, 2)),
		},
		bad: []badCase{
			{"beyond", bad(3, 2, 3), "column 3 of"},
			{"negative", bad(-1, 2, 3), "column -1 of"},
			{"vector", bad(0, 3), "want one of those of a tensor of rank 2 to 4"},
			{"huge", bad(math.MaxInt, 2, 3), "column"},
		},
	}}
}
