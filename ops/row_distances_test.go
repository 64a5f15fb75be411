package ops

import G "gorgonia.org/gorgonia"

func squaredDistancesRows() []opRow {
	ref := func(in []G.Value) (out []float64) {
		n := width(in[0])
		for _, x := range rowsIn(nums(in[0]), n) {
			for _, c := range rowsIn(nums(in[1]), n) {
				sum := 0.
				for f := range n {
					sum += (x[f] - c[f]) * (x[f] - c[f])
				}
				out = append(out, sum)
			}
		}
		return out
	}
	return []opRow{{
		op: "SquaredDistances",
		cases: []opCase{
			plainCase("by hand", twoNodes(SquaredDistances), ref, values(mat(2, 2, 0, 0, 3, 4), mat(3, 2, 0, 0, 1, 1, 3, 0)), 0, 2, 9, 25, 13, 16),
			plainCase("rank 3", twoNodes(SquaredDistances), ref, values(random(1, 2, 3, 2), random(2, 4, 2))),
		},
		bad: []badCase{
			{"widths", func(g *G.ExprGraph) error { return second(SquaredDistances(float(g, 2, 3), float(g, 2, 2))) }, "want rows×n and m×n"},
			{"vector", func(g *G.ExprGraph) error { return second(SquaredDistances(float(g, 2), float(g, 2, 2))) }, "want rows×n and m×n"},
		},
	}}
}
