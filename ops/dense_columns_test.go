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

func concatRows() []opRow {
	all := func(in G.Nodes) (*G.Node, error) { return Concat(in...) }
	cols := func(lo, hi int) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return ColumnRange(in[0], lo, hi) }
	}
	return []opRow{{
		op: "Concat",
		cases: []opCase{
			plainCase("by hand", all, nil, values(mat(2, 1, 1, 2), mat(2, 2, 3, 4, 5, 6), mat(2, 1, 7, 8)), 1, 3, 4, 7, 2, 5, 6, 8),
			plainCase("one", all, nil, values(mat(1, 2, 1, 2)), 1, 2),
			plainCase("rank 3", all, nil, values(arr([]int{2, 1, 1}, 1, 2), arr([]int{2, 1, 2}, 3, 4, 5, 6)), 1, 3, 4, 2, 5, 6),
		},
		bad: []badCase{
			{"none", func(*G.ExprGraph) error { return second(Concat()) }, "no tensor"},
			{"rows", func(g *G.ExprGraph) error { return second(Concat(float(g, 2, 1), float(g, 3, 1))) }, "the same rows"},
			{"vectors", func(g *G.ExprGraph) error { return second(Concat(float(g, 2), float(g, 2))) }, "the same rows"},
		},
	}, {
		op: "ColumnRange",
		cases: []opCase{
			plainCase("by hand", cols(1, 3), nil, values(mat(2, 3, 1, 2, 3, 4, 5, 6)), 2, 3, 5, 6),
			plainCase("rank 3", cols(0, 1), nil, values(arr([]int{1, 2, 2}, 1, 2, 3, 4)), 1, 3),
		},
		bad: []badCase{
			{"beyond", func(g *G.ExprGraph) error { return second(ColumnRange(float(g, 2, 3), 2, 4)) }, "columns 2 to 4"},
			{"none", func(g *G.ExprGraph) error { return second(ColumnRange(float(g, 2, 3), 2, 2)) }, "columns 2 to 2"},
		},
	}}
}
