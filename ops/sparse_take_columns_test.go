package ops

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func takeColumnsRows() []opRow {
	some := func(name string, p *Pattern, w, at G.Value) opCase {
		return sparseCase(
			name, p, w, []gradcheck.Input{input("idx", at), input("x", random(9, at.Shape()[0], 2))},
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				c, err := TakeColumns(m, in[0])
				if err != nil {
					return nil, err
				}
				return SpMM(c, in[1])
			}, func(a [][]float64, in []G.Value) []float64 {
				out := make([][]float64, len(a))
				for i := range a {
					for _, j := range whole(in[0]) {
						v := 0.
						if j >= 0 {
							v = a[i][j]
						}
						out[i] = append(out[i], v)
					}
				}
				return times(out, nums(in[1]), 2)
			})
	}
	weights := sparseCase("the weights", looped(), vec(2, 3, 5, 7, 11, 13), []gradcheck.Input{input("idx", idx(3, -1, 0))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			out, err := TakeColumns(m, in[0])
			return out.Weights, err
		}, nil, 3, 5, 7, 13, 0, 0)
	return []opRow{{
		op: "TakeColumns",
		cases: []opCase{
			weights,
			some("two and padding", looped(), random(1, 8), idx(3, -1, 0)),
			some("without weights", looped(), nil, idx(3, -1, 0)),
			some("all in another order", looped(), random(2, 6), idx(2, 3, 1, 0)),
			some("of an oblong matrix", oblong(), random(3, oblong().NNZ()), idx(2, 0)),
			some("padding alone", looped(), random(4, 6), idx(-1, -1)),
			some("no entries", empty(), vec(1), idx(1)),
		},
		bad: []badCase{
			{"matrix of indices", func(g *G.ExprGraph) error {
				return second(TakeColumns(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, square(g)))
			}, "want a vector"},
			{"no pattern", func(g *G.ExprGraph) error { return second(TakeColumns(Sparse{Rows: 1, Cols: 1}, index(g, 0))) }, "the pattern is nil"},
		},
	}}
}

func missingLoopsRows() []opRow {
	filled := func(name string, p *Pattern, w G.Value, loops ...int) opCase {
		return sparseCase(
			name, p, w, []gradcheck.Input{input("x", random(9, p.Cols(), 2))},
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				out, err := MissingLoops(m)
				if err != nil {
					return nil, err
				}
				return SpMM(out, in[0])
			}, func(a [][]float64, in []G.Value) []float64 {
				for _, i := range loops {
					a[i][i]++
				}
				return times(a, nums(in[0]), 2)
			})
	}
	weights := sparseCase("the weights", looped(), vec(2, 3, 5, 7, 11, 13, 99), nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
		out, err := MissingLoops(m)
		return out.Weights, err
	}, nil, 1, 2, 3, 5, 7, 11, 1, 13, 1, 0, 0)
	return []opRow{{
		op: "MissingLoops",
		cases: []opCase{
			weights,
			filled("a loop stays alone", looped(), random(1, 6), 0, 2, 3),
			filled("capacity beyond the entries", looped(), random(1, 9), 0, 2, 3),
			filled("without weights", looped(), nil, 0, 2, 3),
			filled("no entries", empty(), vec(1), 0, 1),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				return second(MissingLoops(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}))
			}, "a 4×3 matrix, want a square one"},
			{"no pattern", func(*G.ExprGraph) error { return second(MissingLoops(Sparse{Rows: 1, Cols: 1})) }, "the pattern is nil"},
		},
	}}
}
