package ops

import (
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// fusedRows are the ops that stand for several others: their values and
// gradients are those of the ops they stand for.
func fusedRows() []opRow {
	return slices.Concat(gramRows(), quadFormRows(), spmmLinearRows(), propagateLinearRows(), propagateBesideRows(), pickRows())
}

func gramRows() []opRow {
	gram := func(name string, x G.Value, count int, ids []int, want ...float64) opCase {
		c := pairCase(name, nil, x, x, count, ids, crossReference, want...)
		c.in = append(c.in[:1], c.in[2:]...)
		c.build = func(in G.Nodes) (*G.Node, error) {
			if len(in) == 1 {
				return Gram(in[0], OneSegment())
			}
			g := Segments{IDs: in[1], Count: count}
			if g.IDs == nil {
				g.Count = 2
			}
			return Gram(in[0], g)
		}
		c.ref = func(in []G.Value) []float64 { return crossReference(in[0], in[0], members(in, 1, count)) }
		return c
	}
	return []opRow{{
		op: "Gram",
		cases: []opCase{
			gram("by hand", mat(2, 2, 1, 2, 3, 4), 1, nil, 10, 14, 14, 20),
			gram("ids", random(1, 5, 3), 3, []int{2, 0, -1, 2, 0}),
			gram("rank 3", random(2, 2, 3, 2), 2, []int{0, 0, -1, 1, 1, 1}),
			gram("padding alone", random(7, 2, 2), 1, []int{-1, -1}, 0, 0, 0, 0),
		},
		bad: []badCase{
			{"vector", func(g *G.ExprGraph) error { return second(Gram(float(g, 3), OneSegment())) }, "want rank 2 to 4"},
			{"no segments", func(g *G.ExprGraph) error { return second(Gram(float(g, 3, 2), Segments{})) }, "number of segments = 0"},
		},
	}}
}

func quadFormRows() []opRow {
	form := func(name string, p *Pattern, w, x G.Value, symmetric bool, ids []int, want ...float64) opCase {
		rest := []gradcheck.Input{input("x", x)}
		count := 1
		if ids != nil {
			rest, count = append(rest, input("ids", idx(ids...))), 2
		}
		return sparseCase(name, p, w, rest, func(m Sparse, in G.Nodes) (*G.Node, error) {
			m.Symmetric = symmetric
			s := OneSegment()
			if len(in) == 2 {
				s = Segments{IDs: in[1], Count: 2}
			}
			return QuadForm(m, in[0], s)
		}, func(a [][]float64, in []G.Value) []float64 {
			n := width(in[0])
			x := nums(in[0])
			out := make([]float64, count*n)
			mx := times(a, x, n)
			for s, rows := range members(in, 1, count) {
				for _, i := range rows {
					for c := range n {
						out[s*n+c] += x[i*n+c] * mx[i*n+c]
					}
				}
			}
			return out
		}, want...)
	}
	path := coo(3, 3, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 2}, [2]int{2, 1})
	return []opRow{{
		op: "QuadForm",
		cases: []opCase{
			form("by hand", path, nil, mat(3, 1, 1, 2, 3), false, nil, 16),
			form("symmetric", path, nil, random(1, 3, 2), false, nil),
			form("weights", path, random(2, 4), random(1, 3, 2), false, nil),
			form("not symmetric", looped(), random(3, 6), random(4, 4, 3), false, nil),
			form("ids", looped(), random(3, 8), random(4, 4, 3), false, []int{1, 0, -1, 1}),
			form("ids without weights", looped(), nil, random(4, 4, 3), false, []int{1, 0, -1, 1}),
			form("ids, symmetric", path, nil, random(4, 3, 3), false, []int{1, -1, 0}),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				return second(QuadForm(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, float(g, 4, 2), OneSegment()))
			}, "want a square one"},
			{"too few rows", func(g *G.ExprGraph) error {
				return second(QuadForm(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, float(g, 3, 2), OneSegment()))
			}, "want a matrix of 4 rows"},
		},
	}}
}

func spmmLinearRows() []opRow {
	fused := func(name string, p *Pattern, w, x, b G.Value, a Activation, want ...float64) opCase {
		return sparseCase(name, p, w, []gradcheck.Input{input("x", x), input("b", b)},
			func(m Sparse, in G.Nodes) (*G.Node, error) { return SpMMLinear(m, in[0], in[1], a) },
			func(m [][]float64, in []G.Value) []float64 {
				out := times(m, nums(in[0]), width(in[0]))
				for i := range out {
					out[i] = numberOf(a, out[i]+nums(in[1])[i%width(in[0])])
				}
				return out
			}, want...)
	}
	cases := []opCase{
		fused("by hand", oblong(), vec(2, 3, 5, 7, 11, 13), mat(3, 1, 1, 10, 100), vec(-100), ReLU, 0, 0, 1100, 41),
		fused("without weights", oblong(), nil, apart(1, 3, 2), vec(.01, .02), SELU),
		fused("capacity beyond the entries", oblong(), random(1, 9), apart(2, 3, 2), vec(.3, .4), Tanh),
	}
	for _, a := range activations() {
		cases = append(cases, fused(titleOf(a), oblong(), random(3, 6), apart(4, 3, 2), vec(.31, .42), a))
	}
	return []opRow{{
		op: "SpMMLinear", cases: cases,
		bad: []badCase{
			{"unknown activation", func(g *G.ExprGraph) error {
				return second(SpMMLinear(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, float(g, 3, 2), float(g, 2), "gelu"))
			}, `activation = "gelu"`},
			{"bias", func(g *G.ExprGraph) error {
				return second(SpMMLinear(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, float(g, 3, 2), float(g, 3), ReLU))
			}, "want (3, n) and (n)"},
			{"no pattern", func(g *G.ExprGraph) error {
				return second(SpMMLinear(Sparse{Rows: 4, Cols: 3}, float(g, 3, 2), float(g, 2), ReLU))
			}, "the pattern is nil"},
		},
	}}
}

// pickRows are the ops that take tensors apart and put them together.
func pickRows() []opRow {
	return []opRow{{
		op: "RowSquares",
		cases: []opCase{
			plainCase("by hand", oneNode(RowSquares), nil, values(mat(2, 2, 1, 2, 3, 4)), 5, 25),
			plainCase("rank 3", oneNode(RowSquares), func(in []G.Value) []float64 {
				var out []float64
				for _, r := range rowsIn(nums(in[0]), 3) {
					out = append(out, r[0]*r[0]+r[1]*r[1]+r[2]*r[2])
				}
				return out
			}, values(random(1, 2, 2, 3))),
		},
		bad: []badCase{{"vector", func(g *G.ExprGraph) error { return second(RowSquares(float(g, 3))) }, "want rank 2 or more"}},
	}, {
		op: "Columns",
		cases: []opCase{plainCase("by hand", func(in G.Nodes) (*G.Node, error) { return Columns(in...) }, nil,
			values(vec(1, 2), vec(3, 4), vec(5, 6)), 1, 3, 5, 2, 4, 6)},
		bad: []badCase{
			{"none", func(*G.ExprGraph) error { return second(Columns()) }, "want at least one"},
			{"lengths", func(g *G.ExprGraph) error { return second(Columns(float(g, 3), float(g, 2))) }, "want (3)"},
			{"matrix", func(g *G.ExprGraph) error { return second(Columns(float(g, 3, 2))) }, "want rank 1"},
		},
	}, {
		op: "MatrixRow",
		cases: []opCase{plainCase("by hand", func(in G.Nodes) (*G.Node, error) { return MatrixRow(in[0], 1) }, nil,
			values(arr([]int{2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8)), 3, 4, 7, 8)},
		bad: []badCase{
			{"row", func(g *G.ExprGraph) error { return second(MatrixRow(float(g, 2, 2, 2), 2)) }, "row 2 of"},
			{"rank", func(g *G.ExprGraph) error { return second(MatrixRow(float(g, 2, 2), 0)) }, "rank 3"},
		},
	}, {
		op: "MatrixRows",
		cases: []opCase{plainCase("by hand", func(in G.Nodes) (*G.Node, error) { return MatrixRows(in[0], 1, 2) }, nil,
			values(arr([]int{2, 3, 1}, 1, 2, 3, 4, 5, 6)), 2, 3, 5, 6)},
		bad: []badCase{
			{"beyond the end", func(g *G.ExprGraph) error { return second(MatrixRows(float(g, 2, 2, 2), 1, 2)) }, "2 rows from 1 on of"},
			{"before the first", func(g *G.ExprGraph) error { return second(MatrixRows(float(g, 2, 2, 2), -1, 2)) }, "2 rows from -1 on of"},
			{"none", func(g *G.ExprGraph) error { return second(MatrixRows(float(g, 2, 2, 2), 0, 0)) }, "0 rows from 0 on of"},
			{"rank", func(g *G.ExprGraph) error { return second(MatrixRows(float(g, 2, 2), 0, 1)) }, "rank 3"},
		},
	}}
}
