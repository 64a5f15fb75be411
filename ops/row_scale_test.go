package ops

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// plainCase is a case of float inputs alone.
func plainCase(name string, build func(in G.Nodes) (*G.Node, error), ref func(in []G.Value) []float64, in []G.Value, want ...float64) opCase {
	c := opCase{name: name, build: build, ref: ref, want: want}
	for i, v := range in {
		c.in = append(c.in, input(string(rune('a'+i)), v))
	}
	return c
}

func values(v ...G.Value) []G.Value { return v }

func rowScaleRows() []opRow {
	return []opRow{rowScaleRow(), rowDotRow(), rowSumRow()}
}

func rowScaleRow() opRow {
	scale := func(name string, x, w G.Value, want ...float64) opCase {
		return plainCase(name, twoNodes(RowScale), func(in []G.Value) []float64 {
			out := nums(in[0])
			for i := range out {
				out[i] *= nums(in[1])[i/width(in[0])]
			}
			return out
		}, values(x, w), want...)
	}
	return opRow{
		op: "RowScale",
		cases: []opCase{
			scale("by hand", mat(2, 2, 1, 2, 3, 4), vec(10, 100), 10, 20, 300, 400),
			scale("column of factors", random(1, 3, 2), random(2, 3, 1)),
			scale("vector", random(1, 3), random(2, 3)),
			scale("rank 3", random(3, 2, 3, 2), random(4, 2, 3)),
			scale("one node", mat(1, 1, 3), vec(4), 12),
			scale("factors of zero", mat(2, 1, 3, 4), vec(0, 0), 0, 0),
		},
		bad: []badCase{
			{"factors", func(g *G.ExprGraph) error { return second(RowScale(float(g, 3, 2), float(g, 2))) }, "want one factor a row"},
			{"mixed dtypes", func(g *G.ExprGraph) error { return second(RowScale(float(g, 3, 2), single32(g, 3))) }, "has dtype float32"},
		},
	}
}

func rowDotRow() opRow {
	dot := func(name string, a, b G.Value, want ...float64) opCase {
		return plainCase(name, twoNodes(RowDot), func(in []G.Value) []float64 {
			n := width(in[0])
			out := make([]float64, len(nums(in[0]))/n)
			for i, v := range nums(in[0]) {
				out[i/n] += v * nums(in[1])[i]
			}
			return out
		}, values(a, b), want...)
	}
	return opRow{
		op: "RowDot",
		cases: []opCase{
			dot("by hand", mat(2, 2, 1, 2, 3, 4), mat(2, 2, 1, 10, 100, 1000), 21, 4300),
			dot("column", random(1, 3, 1), random(2, 3, 1)),
			dot("rank 3", random(3, 2, 3, 5), random(4, 2, 3, 5)),
			dot("one node", mat(1, 1, 3), mat(1, 1, 4), 12),
		},
		bad: []badCase{
			{"vector", func(g *G.ExprGraph) error { return second(RowDot(float(g, 3), float(g, 3))) }, "want rank 2 or more"},
			{"shapes", func(g *G.ExprGraph) error { return second(RowDot(float(g, 3, 2), float(g, 3, 1))) }, "b has shape (3, 1), want (3, 2)"},
			{"a column and a vector", func(g *G.ExprGraph) error { return second(RowDot(float(g, 3, 1), float(g, 3))) }, "want (3, 1)"},
		},
	}
}

func rowSumRow() opRow {
	sum := func(name string, x G.Value, want ...float64) opCase {
		return plainCase(name, oneNode(RowSum), nil, values(x), want...)
	}
	return opRow{
		op: "RowSum",
		cases: []opCase{
			sum("by hand", mat(2, 2, 1, 2, 3, 4), 3, 7),
			sum("vector", vec(1, 2, 3), 6),
			sum("column", mat(2, 1, 1, 2), 1, 2),
			sum("rank 3", arr([]int{2, 1, 2}, 1, 2, 3, 4), 3, 7),
			sum("one", vec(5), 5),
		},
		bad: []badCase{
			{"scalar", func(g *G.ExprGraph) error { return second(RowSum(scalar(g))) }, "want rank 1 or more"},
		},
	}
}

func lastScaleRows() []opRow {
	scale := func(name string, x, v G.Value, want ...float64) opCase {
		return plainCase(name, twoNodes(LastScale), func(in []G.Value) []float64 {
			s := in[0].Shape()
			n, m := s[len(s)-1], s[len(s)-2]
			out := nums(in[0])
			for i := range out {
				out[i] *= nums(in[1])[i/(m*n)*n+i%n]
			}
			return out
		}, values(x, v), want...)
	}
	nonZero := plainCase("by hand", oneNode(NonZero), nil, values(mat(2, 2, 0.5, -1, 3, -0.5)), 1, 1, 1, 1)
	zeros := opCase{
		name: "zeros", want: []float64{0, 1, 0},
		in: []gradcheck.Input{constantInput("x", vec(0, -2, 0))}, build: oneNode(NonZero),
	}
	return []opRow{{
		op: "LastScale",
		cases: []opCase{
			scale("by hand", arr([]int{2, 1, 2}, 1, 2, 3, 4), mat(2, 2, 1, 10, 100, 1000), 1, 20, 300, 4000),
			scale("matrix", random(1, 3, 2), random(2, 2)),
			scale("rank 3", random(3, 2, 3, 2), random(4, 2, 2)),
			scale("rank 4", random(3, 2, 1, 3, 2), random(4, 2, 1, 2)),
			scale("one", mat(1, 1, 3), vec(4), 12),
		},
		bad: []badCase{
			{"ranks", func(g *G.ExprGraph) error { return second(LastScale(float(g, 3, 2), float(g, 1, 2))) }, "want (…, m, n) and (…, n)"},
			{"widths", func(g *G.ExprGraph) error { return second(LastScale(float(g, 3, 2), float(g, 3))) }, "want (…, m, n) and (…, n)"},
			{"batches", func(g *G.ExprGraph) error { return second(LastScale(float(g, 2, 3, 2), float(g, 3, 2))) }, "want (…, m, n) and (…, n)"},
			{"vector", func(g *G.ExprGraph) error { return second(LastScale(float(g, 3), scalar(g))) }, "want (…, m, n) and (…, n)"},
		},
	}, {
		op: "NonZero", cases: []opCase{nonZero, zeros},
		bad: []badCase{{"nil", func(*G.ExprGraph) error { return second(NonZero(nil)) }, "is nil"}},
	}}
}

func tileRows() []opRow {
	tile := func(name string, x G.Value, copies int, want ...float64) opCase {
		return plainCase(name, func(in G.Nodes) (*G.Node, error) { return Tile(in[0], copies) }, nil, values(x), want...)
	}
	return []opRow{{
		op: "Tile",
		cases: []opCase{
			tile("matrix", mat(2, 2, 1, 2, 3, 4), 2, 1, 2, 3, 4, 1, 2, 3, 4),
			tile("vector", vec(1, 2), 3, 1, 2, 1, 2, 1, 2),
			tile("rank 3", arr([]int{1, 1, 2}, 1, 2), 2, 1, 2, 1, 2),
			tile("one copy", vec(1, 2), 1, 1, 2),
		},
		bad: []badCase{
			{"no copies", func(g *G.ExprGraph) error { return second(Tile(float(g, 3), 0)) }, "Tile: 0 copies"},
			{"scalar", func(g *G.ExprGraph) error { return second(Tile(scalar(g), 2)) }, "want at least 1 of a vector"},
		},
	}}
}
