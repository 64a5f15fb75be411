package ops

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func gatherRows() []opRow {
	return []opRow{{
		op: "Gather",
		cases: []opCase{
			gatherCase("padding and repeats", mat(3, 2, 1, 2, 3, 4, 5, 6), idx(2, 0, -1, 2), 5, 6, 1, 2, 0, 0, 5, 6),
			gatherCase("vector", vec(7, 8, 9), idx(1, -1, 1, 0), 8, 0, 8, 7),
			gatherCase("rank 3", random(1, 2, 2, 3), tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]int{3, -1, 0, 3}))),
			gatherCase("one node", mat(1, 1, 4), idx(0), 4),
			gatherCase("padding alone", mat(2, 1, 4, 5), idx(-1, -1), 0, 0),
		},
		bad: []badCase{
			{"scalar", func(g *G.ExprGraph) error { return second(Gather(scalar(g), index(g, 0))) }, "want rank 1 to 4"},
			{"scalar index", func(g *G.ExprGraph) error {
				return second(Gather(float(g, 3, 2), G.NodeFromAny(g, 1, G.WithName("i"))))
			}, "want a tensor of int"},
			{"two graphs", func(g *G.ExprGraph) error {
				return second(Gather(float(g, 3, 2), index(G.NewGraph(), 0)))
			}, "same graph"},
		},
	}, {
		op: "ScatterAdd",
		cases: []opCase{
			scatterCase("padding, repeats and rows without any", mat(4, 2, 1, 2, 3, 4, 5, 6, 7, 8), idx(2, 0, -1, 2), 4,
				3, 4, 0, 0, 8, 10, 0, 0),
			scatterCase("vector", vec(1, 2, 3), idx(1, 1, 0), 2, 3, 3),
			scatterCase("rank 3", random(2, 2, 2, 3), idx(4, 0, -1, 4), 5),
			scatterCase("one node", mat(1, 1, 4), idx(0), 1, 4),
			scatterCase("padding alone", mat(2, 1, 4, 5), idx(-1, -1), 2, 0, 0),
		},
		bad: []badCase{
			{"no rows", func(g *G.ExprGraph) error { return second(ScatterAdd(float(g, 2, 2), index(g, 0, 1), 0)) }, "rows = 0, want at least 1"},
			{"negative rows", func(g *G.ExprGraph) error { return second(ScatterAdd(float(g, 2, 2), index(g, 0, 1), -3)) }, "rows = -3"},
			{"too few indices", func(g *G.ExprGraph) error { return second(ScatterAdd(float(g, 2, 2), index(g, 0), 3)) }, "2 rows and 1 indices"},
		},
	}}
}

func gatherCase(name string, x, at G.Value, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in:    []gradcheck.Input{input("x", x), input("idx", at)},
		build: twoNodes(Gather),
		ref: func(in []G.Value) []float64 {
			var out []float64
			rows := rowsIn(nums(in[0]), width(in[0]))
			for _, i := range whole(in[1]) {
				if i < 0 {
					out = append(out, make([]float64, width(in[0]))...)
				} else {
					out = append(out, rows[i]...)
				}
			}
			return out
		},
	}
}

func scatterCase(name string, x, at G.Value, rows int, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in:    []gradcheck.Input{input("x", x), input("idx", at)},
		build: func(in G.Nodes) (*G.Node, error) { return ScatterAdd(in[0], in[1], rows) },
		ref: func(in []G.Value) []float64 {
			n := width(in[0])
			out := make([]float64, rows*n)
			for i, r := range whole(in[1]) {
				for c := range n {
					if r >= 0 {
						out[r*n+c] += nums(in[0])[i*n+c]
					}
				}
			}
			return out
		},
	}
}
