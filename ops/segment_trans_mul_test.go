package ops

import (
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// pairing is a function of two nodes and segments.
type pairing func(a, b *G.Node, s Segments) (*G.Node, error)

// pairCase is a case of inputs a, b and, unless nil, ids. ref gets the rows of
// each segment.
func pairCase(name string, f pairing, a, b G.Value, count int, ids []int, ref func(a, b G.Value, rows [][]int) []float64, want ...float64) opCase {
	c := opCase{
		name: name, want: want, in: []gradcheck.Input{input("a", a), input("b", b)},
		build: func(in G.Nodes) (*G.Node, error) {
			if len(in) == 2 {
				return f(in[0], in[1], OneSegment())
			}
			s := Segments{IDs: in[2], Count: count}
			if s.IDs == nil {
				s.Count = 2
			}
			return f(in[0], in[1], s)
		},
		ref: func(in []G.Value) []float64 { return ref(in[0], in[1], members(in, 2, count)) },
	}
	if ids != nil {
		c.in = append(c.in, input("ids", idx(ids...)))
	}
	return c
}

func transMulRows() []opRow {
	cross := func(name string, a, b G.Value, count int, ids []int, want ...float64) opCase {
		return pairCase(name, TransMul, a, b, count, ids, crossReference, want...)
	}
	mul := func(name string, x, m G.Value, count int, ids []int, want ...float64) opCase {
		return pairCase(name, SegmentMul, x, m, count, ids, segmentMulReference, want...)
	}
	gram := cross("gram", random(1, 5, 3), random(1, 5, 3), 1, nil)
	gram.in = gram.in[:1]
	gram.build = func(in G.Nodes) (*G.Node, error) { return TransMul(in[0], in[0], OneSegment()) }
	gram.ref = func(in []G.Value) []float64 { return crossReference(in[0], in[0], members(in, 1, 1)) }
	return []opRow{{
		op: "TransMul",
		cases: []opCase{
			cross("by hand", mat(3, 2, 1, 2, 3, 4, 5, 6), mat(3, 1, 1, 10, 100), 3, []int{1, -1, 1}, 0, 0, 501, 602, 0, 0),
			cross("no ids", random(1, 4, 3), random(2, 4, 2), 1, nil),
			cross("unsorted ids", random(3, 6, 2), random(4, 6, 3), 4, []int{2, 0, 2, -1, 0, 2}),
			cross("sorted ids", random(3, 6, 2), random(4, 6, 3), 2, []int{0, 0, 0, 1, 1, 1}),
			cross("rank 3", random(5, 2, 3, 2), random(6, 2, 3, 2), 2, []int{0, 0, -1, 1, 1, 1}),
			cross("rank 3 without ids", random(5, 2, 3, 2), random(6, 2, 3, 1), 1, nil),
			cross("one node", mat(1, 1, 3), mat(1, 1, 4), 1, []int{0}, 12),
			cross("padding alone", random(7, 2, 2), random(8, 2, 2), 1, []int{-1, -1}, 0, 0, 0, 0),
			gram,
		},
		bad: slices.Concat(badPairs(TransMul), []badCase{
			{"rows", func(g *G.ExprGraph) error { return second(TransMul(float(g, 3, 2), float(g, 4, 2), OneSegment())) }, "the same rows"},
			{"vectors", func(g *G.ExprGraph) error { return second(TransMul(float(g, 3), float(g, 3), OneSegment())) }, "want rank 2 or more"},
		}),
	}, {
		op: "SegmentMul",
		cases: []opCase{
			mul("by hand", mat(3, 2, 1, 2, 3, 4, 5, 6), arr([]int{2, 2, 1}, 1, 10, 100, 1000), 2, []int{1, -1, 0}, 2100, 0, 65),
			mul("no ids", random(1, 4, 3), random(2, 1, 3, 2), 1, nil),
			mul("unsorted ids", random(3, 6, 2), random(4, 4, 2, 3), 4, []int{2, 0, 2, -1, 0, 2}),
			mul("rank 3", random(5, 2, 3, 2), random(6, 2, 2, 2), 2, []int{0, 0, -1, 1, 1, 1}),
			mul("one node", mat(1, 1, 3), arr([]int{1, 1, 1}, 4), 1, []int{0}, 12),
			mul("padding alone", random(7, 2, 2), random(8, 1, 2, 2), 1, []int{-1, -1}, 0, 0, 0, 0),
		},
		bad: slices.Concat(badPairs(SegmentMul), []badCase{
			{"one matrix", func(g *G.ExprGraph) error { return second(SegmentMul(float(g, 3, 2), float(g, 2, 2), OneSegment())) }, "want rows of k and (1, k, n)"},
			{"inner sizes", func(g *G.ExprGraph) error {
				return second(SegmentMul(float(g, 3, 2), float(g, 1, 3, 2), OneSegment()))
			}, "want rows of k and (1, k, n)"},
			{"number of matrices", func(g *G.ExprGraph) error {
				return second(SegmentMul(float(g, 3, 2), float(g, 2, 2, 2), OneSegment()))
			}, "want rows of k and (1, k, n)"},
		}),
	}}
}

func badPairs(f pairing) []badCase {
	return []badCase{
		{"no segments", func(g *G.ExprGraph) error { return second(f(float(g, 2, 2), float(g, 2, 2), Segments{})) }, "number of segments = 0"},
		{"two without ids", func(g *G.ExprGraph) error { return second(f(float(g, 2, 2), float(g, 2, 2), Segments{Count: 2})) }, "without ids, want 1"},
		{"mixed dtypes", func(g *G.ExprGraph) error { return second(f(float(g, 2, 2), single32(g, 2, 2), OneSegment())) }, "has dtype float32"},
	}
}

func crossReference(a, b G.Value, rows [][]int) []float64 {
	k, n := width(a), width(b)
	x, y := rowsIn(nums(a), k), rowsIn(nums(b), n)
	out := make([]float64, len(rows)*k*n)
	for s := range rows {
		for _, i := range rows[s] {
			for p := range k {
				for q := range n {
					out[(s*k+p)*n+q] += x[i][p] * y[i][q]
				}
			}
		}
	}
	return out
}

func segmentMulReference(x, m G.Value, rows [][]int) []float64 {
	k, n := width(x), width(m)
	out := make([]float64, len(nums(x))/k*n)
	for s := range rows {
		a := transposed(rowsIn(nums(m)[s*k*n:(s+1)*k*n], n))
		for _, i := range rows[s] {
			copy(out[i*n:], times(a, nums(x)[i*k:(i+1)*k], 1))
		}
	}
	return out
}
