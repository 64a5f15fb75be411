package ops

import (
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func edgeDotRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3, Capacity: 6}
	}
	return []opRow{{
		op: "EdgeDot",
		cases: []opCase{
			edgeDotCase("by hand", oblong(), mat(4, 2, 1, 2, 3, 4, 5, 6, 7, 8), mat(3, 2, 1, 0, 0, 1, 10, 100),
				2, 1, 650, 650, 7, 8, 0, 0),
			edgeDotCase("self loops", looped(), random(1, 4, 3), random(2, 4, 3)),
			edgeDotCase("batch", oblong(), random(3, 2, 4, 2), random(4, 2, 3, 2)),
			edgeDotCase("batch of one", oblong(), random(3, 1, 4, 2), random(4, 1, 3, 2)),
			edgeDotCase("no entries", empty(), random(5, 2, 2), random(6, 2, 2), 0, 0),
			edgeDotCase("one node", coo(1, 1, [2]int{0, 0}), mat(1, 1, 3), mat(1, 1, 4), 12, 0, 0),
		},
		bad: []badCase{
			{"no room", func(g *G.ExprGraph) error {
				s := m(g)
				s.Capacity = 0
				return second(EdgeDot(s, float(g, 4, 2), float(g, 3, 2)))
			}, "want at least 1"},
			{"rows of a", func(g *G.ExprGraph) error { return second(EdgeDot(m(g), float(g, 3, 2), float(g, 3, 2))) }, "want (4, n) and (3, n)"},
			{"widths", func(g *G.ExprGraph) error { return second(EdgeDot(m(g), float(g, 4, 2), float(g, 3, 1))) }, "want (4, n) and (3, n)"},
			{"batches", func(g *G.ExprGraph) error { return second(EdgeDot(m(g), float(g, 2, 4, 2), float(g, 1, 3, 2))) }, "want (4, n) and (3, n)"},
			{"vectors", func(g *G.ExprGraph) error { return second(EdgeDot(m(g), float(g, 4), float(g, 3))) }, "want (4, n) and (3, n)"},
			{"mixed dtypes", func(g *G.ExprGraph) error { return second(EdgeDot(m(g), float(g, 4, 2), single32(g, 3, 2))) }, "has dtype float32"},
		},
	}}
}

func edgeDotCase(name string, p *Pattern, a, b G.Value, want ...float64) opCase {
	c := sparseCase(name, p, nil, []gradcheck.Input{input("a", a), input("b", b)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
		return EdgeDot(m, in[0], in[1])
	}, nil, want...)
	c.ref = func(in []G.Value) []float64 {
		p, n := in[0].(*Pattern), width(in[1])
		out := make([]float64, p.NNZ()+2)
		as, bs := rowsIn(nums(in[1]), p.Rows()*n), rowsIn(nums(in[2]), p.Cols()*n)
		for i := range p.Rows() {
			for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
				for k := range as {
					at := rowsIn(as[k], n)[i]
					for c, v := range rowsIn(bs[k], n)[p.Col()[e]] {
						out[e] += at[c] * v
					}
				}
			}
		}
		return out
	}
	return c
}

func densifyRows() []opRow {
	densify := func(name string, p *Pattern, w G.Value, want ...float64) opCase {
		c := sparseCase(name, p, w, nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
			return Densify(m)
		}, func(a [][]float64, _ []G.Value) []float64 { return slices.Concat(a...) }, want...)
		c.free = nil
		return c
	}
	return []opRow{{
		op: "Densify",
		cases: []opCase{
			densify("by hand", oblong(), vec(2, 3, 5, 7, 11, 13), 3, 2, 0, 0, 0, 0, 0, 0, 12, 11, 13, 0),
			densify("capacity beyond the entries", looped(), random(1, 8)),
			densify("no entries", empty(), vec(4), 0, 0, 0, 0),
			densify("one node", coo(1, 1, [2]int{0, 0}), vec(4), 4),
		},
		bad: []badCase{
			{"no pattern", func(*G.ExprGraph) error { return second(Densify(Sparse{Rows: 1, Cols: 1})) }, "the pattern is nil"},
			{"no weights", func(g *G.ExprGraph) error {
				return second(Densify(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}))
			}, "has no weights"},
		},
	}}
}

type headsProduct func(m Sparse, w, x *G.Node) (*G.Node, error)

func headsRows() []opRow {
	bad := func(f headsProduct) []badCase {
		m := func(g *G.ExprGraph) Sparse {
			return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}
		}
		return []badCase{
			{"no pattern", func(g *G.ExprGraph) error {
				return second(f(Sparse{Rows: 4, Cols: 4, Capacity: 6}, float(g, 6, 2), float(g, 4, 2)))
			}, "the pattern is nil"},
			{"no room", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, float(g, 6, 2), float(g, 4, 2)))
			}, "want at least 1"},
			{"rows of w", func(g *G.ExprGraph) error { return second(f(m(g), float(g, 5, 2), float(g, 4, 2))) }, "w has shape (5, 2), want (6, H)"},
			{"columns of x", func(g *G.ExprGraph) error { return second(f(m(g), float(g, 6, 2), float(g, 4, 3))) }, "x has shape (4, 3), want (4, n) with n a multiple of 2"},
			{"rows of x", func(g *G.ExprGraph) error { return second(f(m(g), float(g, 6, 2), float(g, 3, 2))) }, "x has shape (3, 2), want (4, n)"},
		}
	}
	cases := func(f headsProduct, t bool, want ...float64) []opCase {
		one := func(name string, p *Pattern, w, x G.Value, want ...float64) opCase {
			c := sparseCase(name, p, nil, []gradcheck.Input{input("w", w), input("x", x)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
				return f(m, in[0], in[1])
			}, nil, want...)
			c.ref = func(in []G.Value) []float64 {
				return headsByEntry(in[0].(*Pattern), t, nums(in[1]), nums(in[2]), width(in[1]), width(in[2]))
			}
			return c
		}
		rows := 3
		if t {
			rows = 4
		}
		return []opCase{
			one("by hand", coo(2, 2, [2]int{0, 0}, [2]int{0, 1}, [2]int{1, 0}), mat(5, 2, 2, 3, 5, 7, 11, 13, 9, 9, 9, 9), mat(2, 2, 1, 10, 100, 1000), want...),
			one("oblong", oblong(), random(1, 8, 2), random(2, rows, 6)),
			one("self loops", looped(), random(3, 8, 3), random(4, 4, 12)),
			one("one head", looped(), random(5, 8, 1), random(6, 4, 3)),
			one("wide blocks", looped(), random(7, 8, 2), random(8, 4, 34)),
			one("no entries", empty(), random(9, 2, 2), random(10, 2, 2), 0, 0, 0, 0),
		}
	}
	return []opRow{
		{"SpMMHeads", cases(SpMMHeads, false, 502, 7030, 11, 130), bad(SpMMHeads)},
		{"SpMMHeadsT", cases(SpMMHeadsT, true, 1102, 13030, 5, 70), bad(SpMMHeadsT)},
	}
}

// headsByEntry is the definition, an entry at a time.
func headsByEntry(p *Pattern, t bool, w, x []float64, heads, n int) []float64 {
	rows := p.Rows()
	if t {
		rows = p.Cols()
	}
	y := make([]float64, rows*n)
	for i := range p.Rows() {
		for e := int(p.Ptr()[i]); e < int(p.Ptr()[i+1]); e++ {
			to, from := i, int(p.Col()[e])
			if t {
				to, from = from, to
			}
			for c := range n {
				y[to*n+c] += w[e*heads+c/(n/heads)] * x[from*n+c]
			}
		}
	}
	return y
}
