package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
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

func idsRows() []opRow {
	next := func(i int) int { return (i + 1) % 3 }
	return []opRow{{
		op: "GatherIDs",
		cases: []opCase{{
			name: "then gather", want: []float64{20, 0, 30, 0},
			in: []gradcheck.Input{input("x", vec(10, 20, 30)), input("ids", idx(2, 0, -1, 1)), input("idx", idx(3, -1, 0, 2))},
			build: func(in G.Nodes) (*G.Node, error) {
				ids, err := GatherIDs(in[1], in[2])
				if err != nil {
					return nil, err
				}
				return Gather(in[0], ids)
			},
		}},
		bad: []badCase{
			{"matrix of ids", func(g *G.ExprGraph) error { return second(GatherIDs(square(g), index(g, 0))) }, "want rank 1"},
			{"matrix of indices", func(g *G.ExprGraph) error { return second(GatherIDs(index(g, 0), square(g))) }, "want rank 1"},
		},
	}, {
		op: "MapIDs",
		cases: []opCase{{
			name: "then gather", want: []float64{10, 20, 0, 30},
			in: []gradcheck.Input{input("x", vec(10, 20, 30)), input("ids", idx(2, 0, -1, 1))},
			build: func(in G.Nodes) (*G.Node, error) {
				ids, err := MapIDs(in[1], "next", 3, next)
				if err != nil {
					return nil, err
				}
				return Gather(in[0], ids)
			},
		}},
		bad: []badCase{
			{"matrix of ids", func(g *G.ExprGraph) error { return second(MapIDs(square(g), "next", 3, next)) }, "want rank 1"},
			{"no function", func(g *G.ExprGraph) error { return second(MapIDs(index(g, 0), "f", 3, nil)) }, "want a function"},
			{"bound", func(g *G.ExprGraph) error { return second(MapIDs(index(g, 0), "f", 0, next)) }, "bound = 0"},
		},
	}, {
		op: "SlotIDs",
		cases: []opCase{{
			name: "then gather", want: []float64{10, 10, 0, 0, 30, 30},
			in: []gradcheck.Input{input("x", vec(10, 20, 30)), input("ids", idx(2, 0, -1, 2))},
			build: func(in G.Nodes) (*G.Node, error) {
				ids, err := SlotIDs(in[1], 3, 2)
				if err != nil {
					return nil, err
				}
				return Gather(in[0], ids)
			},
		}},
		bad: []badCase{
			{"no graphs", func(g *G.ExprGraph) error { return second(SlotIDs(index(g, 0), 0, 2)) }, "0 graphs of 2 slots"},
			{"no slots", func(g *G.ExprGraph) error { return second(SlotIDs(index(g, 0), 1, -2)) }, "1 graphs of -2 slots"},
		},
	}, {
		op: "IDMask",
		cases: []opCase{
			validCase("vector", []int{4}, 1, 0, 1, 1),
			validCase("matrix", []int{2, 2}, 1, 0, 1, 1),
		},
		bad: []badCase{
			{"shape", func(g *G.ExprGraph) error { return second(IDMask(index(g, 0, 1), float(g, 1), 3)) }, "2 ids, want 3"},
			{"negative shape", func(g *G.ExprGraph) error { return second(IDMask(index(g, 0, 1), float(g, 1), -1, -2)) }, "want at least 1 in every axis"},
			{"no dtype", func(g *G.ExprGraph) error { return second(IDMask(index(g, 0, 1), nil, 2)) }, "ops: IDMask: "},
		},
	}, {
		op: "MaskIDs",
		cases: []opCase{
			{
				name: "then gather", want: []float64{30, 0, 0, 0},
				in: []gradcheck.Input{input("x", vec(10, 20, 30)), input("ids", idx(2, 7, -1, 0)), constantInput("w", vec(.5, 0, 1, 0))},
				build: func(in G.Nodes) (*G.Node, error) {
					ids, err := MaskIDs(in[1], in[2])
					if err != nil {
						return nil, err
					}
					return Gather(in[0], ids)
				},
			},
		},
		bad: []badCase{
			{"sizes", func(g *G.ExprGraph) error { return second(MaskIDs(index(g, 0, 1), float(g, 3))) }, "w has shape (3), want 2 elements"},
		},
	}}
}

// square is a matrix of indices.
func square(g *G.ExprGraph) *G.Node {
	return node(g, name(g), tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]int{0, 1, 1, 0})))
}

func validCase(name string, shape []int, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in:    []gradcheck.Input{input("ids", idx(3, -1, 0, 7)), input("like", vec(1))},
		build: func(in G.Nodes) (*G.Node, error) { return IDMask(in[0], in[1], shape...) },
	}
}

func TestGatherIDsGivesTheSegmentsOfGatheredRows(t *testing.T) {
	g := G.NewGraph()
	ids := must[*G.Node](t)(GatherIDs(index(g, 5, 6, -1), index(g, 2, -1, 0, 1)))
	assert.Equal(t, []int{-1, -1, 5, 6}, whole(eval(t, ids)[0]))
}

func TestMapIDsKeepsPadding(t *testing.T) {
	g := G.NewGraph()
	ids := must[*G.Node](t)(MapIDs(index(g, 5, -1, 0), "half", 6, func(i int) int { return i / 2 }))
	assert.Equal(t, []int{2, -1, 0}, whole(eval(t, ids)[0]))
}
