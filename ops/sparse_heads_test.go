package ops

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

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
