package ops

import (
	"slices"

	G "gorgonia.org/gorgonia"
)

func colDotRows() []opRow {
	dot := func(name string, a, b G.Value, count int, ids []int, want ...float64) opCase {
		return pairCase(name, ColDot, a, b, count, ids, colDotReference, want...)
	}
	scale := func(name string, x, v G.Value, count int, ids []int, want ...float64) opCase {
		return pairCase(name, SegmentScale, x, v, count, ids, segmentScaleReference, want...)
	}
	return []opRow{{
		op: "ColDot",
		cases: []opCase{
			dot("by hand", mat(3, 2, 1, 2, 3, 4, 5, 6), mat(3, 2, 1, 1, 10, 10, 100, 100), 3, []int{1, -1, 1}, 0, 0, 501, 602, 0, 0),
			dot("no ids", random(1, 4, 3), random(2, 4, 3), 1, nil),
			dot("unsorted ids", random(3, 6, 2), random(4, 6, 2), 4, []int{2, 0, 2, -1, 0, 2}),
			dot("rank 3", random(5, 2, 3, 2), random(6, 2, 3, 2), 2, []int{0, 0, -1, 1, 1, 1}),
			dot("rank 3 without ids", random(5, 2, 3, 2), random(6, 2, 3, 2), 1, nil),
			dot("one node", mat(1, 1, 3), mat(1, 1, 4), 1, []int{0}, 12),
			dot("padding alone", random(7, 2, 2), random(8, 2, 2), 1, []int{-1, -1}, 0, 0),
		},
		bad: slices.Concat(badPairs(ColDot), []badCase{
			{"widths", func(g *G.ExprGraph) error { return second(ColDot(float(g, 3, 2), float(g, 3, 1), OneSegment())) }, "b has shape (3, 1), want (3, 2)"},
			{"vectors", func(g *G.ExprGraph) error { return second(ColDot(float(g, 3), float(g, 3), OneSegment())) }, "want rank 2 or more"},
		}),
	}, {
		op: "SegmentScale",
		cases: []opCase{
			scale("by hand", mat(3, 2, 1, 2, 3, 4, 5, 6), mat(2, 2, 1, 10, 100, 1000), 2, []int{1, -1, 0}, 100, 2000, 0, 0, 5, 60),
			scale("no ids", random(1, 4, 3), random(2, 1, 3), 1, nil),
			scale("unsorted ids", random(3, 6, 2), random(4, 4, 2), 4, []int{2, 0, 2, -1, 0, 2}),
			scale("rank 3", random(5, 2, 3, 2), random(6, 2, 2), 2, []int{0, 0, -1, 1, 1, 1}),
			scale("one node", mat(1, 1, 3), mat(1, 1, 4), 1, []int{0}, 12),
			scale("padding alone", random(7, 2, 2), random(8, 1, 2), 1, []int{-1, -1}, 0, 0, 0, 0),
		},
		bad: slices.Concat(badPairs(SegmentScale), []badCase{
			{"vector", func(g *G.ExprGraph) error { return second(SegmentScale(float(g, 3, 2), float(g, 2), OneSegment())) }, "want rows of n and (1, n)"},
			{"width", func(g *G.ExprGraph) error { return second(SegmentScale(float(g, 3, 2), float(g, 1, 3), OneSegment())) }, "want rows of n and (1, n)"},
		}),
	}}
}

func colDotReference(a, b G.Value, rows [][]int) []float64 {
	n := width(a)
	out := make([]float64, len(rows)*n)
	for s := range rows {
		for _, i := range rows[s] {
			for c := range n {
				out[s*n+c] += nums(a)[i*n+c] * nums(b)[i*n+c]
			}
		}
	}
	return out
}

func segmentScaleReference(x, v G.Value, rows [][]int) []float64 {
	n := width(x)
	out := make([]float64, len(nums(x)))
	for s := range rows {
		for _, i := range rows[s] {
			for c := range n {
				out[i*n+c] = nums(x)[i*n+c] * nums(v)[s*n+c]
			}
		}
	}
	return out
}
