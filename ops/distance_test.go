package ops

import (
	"math"
	"sort"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// distanceRows are the ops of total variation and of asymmetric balance.
func distanceRows() []opRow {
	gap := func(x []float64, i, j, n int) (sum float64) {
		for c := range n {
			sum += math.Abs(x[i*n+c] - x[j*n+c])
		}
		return sum
	}
	edges := func(name string, p *Pattern, x G.Value, want ...float64) opCase {
		return sparseCase(name, p, nil, []gradcheck.Input{input("x", x)},
			func(m Sparse, in G.Nodes) (*G.Node, error) { return EdgeL1(m, in[0]) },
			func(_ [][]float64, in []G.Value) []float64 {
				out := make([]float64, p.NNZ()+2)
				for i := range p.Rows() {
					for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
						out[e] = gap(nums(in[0]), i, int(p.Col()[e]), width(in[0]))
					}
				}
				return out
			}, want...)
	}
	square := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}
	}
	return []opRow{{
		op: "EdgeL1",
		cases: []opCase{
			edges("by hand", coo(2, 2, [2]int{0, 1}, [2]int{1, 1}), mat(2, 2, 1, 5, 3, 2), 5, 0, 0, 0),
			edges("self loops", looped(), apart(1, 4, 3)),
			edges("no entries", empty(), apart(1, 2, 2), 0, 0),
		},
		bad: []badCase{
			{"rows", func(g *G.ExprGraph) error { return second(EdgeL1(square(g), float(g, 3, 2))) }, "want (4, n)"},
			{"oblong", func(g *G.ExprGraph) error {
				return second(EdgeL1(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3, Capacity: 6}, float(g, 4, 2)))
			}, "want a square one"},
			{"no room", func(g *G.ExprGraph) error {
				m := square(g)
				m.Capacity = 0
				return second(EdgeL1(m, float(g, 4, 2)))
			}, "neither weights nor a capacity"},
		},
	}, {
		op: "PairL1",
		cases: []opCase{
			plainCase("by hand", oneNode(PairL1), nil, values(mat(2, 2, 1, 5, 3, 2)), 0, 5, 5, 0),
			plainCase("rank 3", oneNode(PairL1), func(in []G.Value) (out []float64) {
				for b := range 2 {
					for i := range 3 {
						for j := range 3 {
							out = append(out, gap(nums(in[0])[b*6:], i, j, 2))
						}
					}
				}
				return out
			}, values(apart(2, 2, 3, 2))),
		},
		bad: []badCase{{"vector", func(g *G.ExprGraph) error { return second(PairL1(float(g, 3))) }, "want rank 2 to 3"}},
	}, {
		op: "SegmentQuantile",
		cases: append(segmentCases(func(x *G.Node, s Segments) (*G.Node, error) { return SegmentQuantile(x, s, 2) },
			func(x []float64, n int, rows [][]int) []float64 {
				out := make([]float64, len(rows)*n)
				for s, m := range rows {
					for c := range n {
						var col []float64
						for _, i := range m {
							col = append(col, -x[i*n+c])
						}
						sort.Float64s(col)
						if len(col) > 0 {
							out[s*n+c] = -col[len(col)/2%len(col)]
						}
					}
				}
				return out
			}),
			plainCase("by hand", func(in G.Nodes) (*G.Node, error) { return SegmentQuantile(in[0], OneSegment(), 2) }, nil,
				values(mat(4, 2, 1, 8, 2, 7, 3, 6, 4, 5)), 2, 6),
			plainCase("one part", func(in G.Nodes) (*G.Node, error) { return SegmentQuantile(in[0], OneSegment(), 1) }, nil,
				values(vec(1, 3, 2)), 1)),
		bad: []badCase{
			{"parts", func(g *G.ExprGraph) error { return second(SegmentQuantile(float(g, 3, 2), OneSegment(), 0)) }, "parts = 0"},
			{"no segments", func(g *G.ExprGraph) error { return second(SegmentQuantile(float(g, 3, 2), Segments{}, 2)) }, "number of segments = 0"},
		},
	}, {
		op: "AsymAbs",
		cases: []opCase{plainCase("by hand", func(in G.Nodes) (*G.Node, error) { return AsymAbs(in[0], 3) }, nil,
			values(vec(1, -2, .5)), 3, 2, 1.5)},
		bad: []badCase{{"weight", func(g *G.ExprGraph) error { return second(AsymAbs(float(g, 3), 0)) }, "pos = 0"}},
	}, {
		op: "LeakyReLU",
		cases: []opCase{plainCase("by hand", func(in G.Nodes) (*G.Node, error) { return LeakyReLU(in[0], .25) }, nil,
			values(vec(1, -2, .5, -.4)), 1, -.5, .5, -.1)},
		bad: []badCase{{"slope", func(g *G.ExprGraph) error { return second(LeakyReLU(float(g, 3), math.NaN())) }, "slope = NaN"}},
	}}
}
