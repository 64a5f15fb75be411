package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// reduction is a function of rows and segments.
type reduction func(x *G.Node, s Segments) (*G.Node, error)

// segmentCases is what every function of rows and segments is tried on. ref
// gets the rows of each segment.
func segmentCases(f reduction, ref func(x []float64, n int, rows [][]int) []float64) []opCase {
	with := func(name string, x G.Value, count int, ids ...int) opCase {
		c := opCase{
			name: name, in: []gradcheck.Input{input("x", x)},
			build: func(in G.Nodes) (*G.Node, error) {
				s := Segments{Count: count}
				if len(in) == 2 {
					if s.IDs = in[1]; s.IDs == nil {
						s.Count = 2
					}
				}
				return f(in[0], s)
			},
			ref: func(in []G.Value) []float64 {
				return ref(nums(in[0]), width(in[0]), members(in, 1, count))
			},
		}
		if len(ids) > 0 {
			c.in = append(c.in, input("ids", idx(ids...)))
		}
		return c
	}
	return []opCase{
		with("unsorted ids", apart(1, 6, 2), 4, 2, 0, 2, -1, 0, 2),
		with("sorted ids", apart(2, 6, 2), 3, 0, 0, 1, 1, 1, 2),
		with("sorted ids around padding", apart(3, 6, 2), 3, -1, 0, 0, -1, 2, -1),
		with("empty segments", apart(4, 2, 3), 5, 3, 3),
		with("no ids", apart(5, 4, 3), 1),
		with("vector", apart(6, 5), 3, 1, 2, 1, 1, -1),
		with("vector without ids", apart(7, 5), 1),
		with("rank 3", apart(8, 2, 3, 2), 3, 2, 0, 0, -1, 2, 2),
		with("rank 3 without ids", apart(9, 2, 3, 2), 1),
		with("one node", apart(10, 1, 1), 1, 0),
		with("one node without ids", apart(11, 1, 1), 1),
		with("padding alone", apart(12, 2, 2), 2, -1, -1),
	}
}

// handWorked is segments 0 = {rows 1, 4}, 2 = {rows 0, 2}, row 3 padding and
// segments 1 and 3 empty, with the given result.
func handWorked(f reduction, want ...float64) opCase {
	return opCase{
		name: "by hand", want: want,
		in: []gradcheck.Input{
			input("x", mat(5, 2, 1, 10, 2, 20, 4, 5, 8, 80, 16, 2)),
			input("ids", idx(2, 0, 2, -1, 0)),
		},
		build: func(in G.Nodes) (*G.Node, error) {
			return f(in[0], Segments{IDs: in[1], Count: 4})
		},
	}
}

// badSegments is what every function of rows and segments refuses.
func badSegments(f reduction) []badCase {
	return []badCase{
		{"no segments", func(g *G.ExprGraph) error { return second(f(float(g, 2), Segments{IDs: index(g, 0, 0)})) }, "number of segments = 0"},
		{"negative", func(g *G.ExprGraph) error { return second(f(float(g, 2), Segments{Count: -1})) }, "number of segments = -1"},
		{"two without ids", func(g *G.ExprGraph) error { return second(f(float(g, 2), Segments{Count: 2})) }, "without ids, want 1"},
		{"too many ids", func(g *G.ExprGraph) error {
			return second(f(float(g, 2), Segments{IDs: index(g, 0, 0, 0), Count: 1}))
		}, "2 rows and 3 segment ids"},
		{"scalar", func(g *G.ExprGraph) error { return second(f(scalar(g), OneSegment())) }, "has shape ()"},
	}
}

func segmentRows() []opRow {
	mean := func(x []float64, n int, rows [][]int) []float64 {
		out := sumRows(x, n, rows)
		for i := range out {
			out[i] /= float64(max(1, len(rows[i/n])))
		}
		return out
	}
	return []opRow{
		{
			op:    "SegmentSum",
			cases: append(segmentCases(SegmentSum, sumRows), handWorked(SegmentSum, 18, 22, 0, 0, 5, 15, 0, 0)),
			bad:   badSegments(SegmentSum),
		},
		{
			op:    "SegmentMean",
			cases: append(segmentCases(SegmentMean, mean), handWorked(SegmentMean, 9, 11, 0, 0, 2.5, 7.5, 0, 0)),
			bad:   badSegments(SegmentMean),
		},
		spreadRow(), segmentCountRow(),
	}
}

func sumRows(x []float64, n int, rows [][]int) []float64 {
	out := make([]float64, len(rows)*n)
	for s := range rows {
		for _, i := range rows[s] {
			for c := range n {
				out[s*n+c] += x[i*n+c]
			}
		}
	}
	return out
}

func spreadRow() opRow {
	spread := func(name string, v G.Value, count, rows int, ids []int, want ...float64) opCase {
		c := opCase{
			name: name, want: want, in: []gradcheck.Input{input("v", v)},
			build: func(in G.Nodes) (*G.Node, error) {
				if len(in) == 1 {
					return Spread(in[0], OneSegment(), rows)
				}
				return Spread(in[0], Segments{IDs: in[1], Count: count}, rows)
			},
		}
		if ids != nil {
			c.in = append(c.in, input("ids", idx(ids...)))
		}
		if count == 1 { // one segment needs no ids
			c.free = []int{1}
		}
		return c
	}
	return opRow{
		op: "Spread",
		cases: []opCase{
			spread("unsorted ids", mat(3, 2, 1, 2, 3, 4, 5, 6), 3, 4, []int{2, 0, -1, 2}, 5, 6, 1, 2, 0, 0, 5, 6),
			spread("vector", vec(7, 8), 2, 3, []int{1, 1, 0}, 8, 8, 7),
			spread("no ids", mat(1, 2, 3, 4), 1, 3, nil, 3, 4, 3, 4, 3, 4),
			spread("vector without ids", vec(3), 1, 2, nil, 3, 3),
			spread("one node", vec(3), 1, 1, []int{0}, 3),
		},
		bad: []badCase{
			{"rows of v", func(g *G.ExprGraph) error {
				return second(Spread(float(g, 2, 2), Segments{IDs: index(g, 0, 1), Count: 3}, 2))
			}, "want (3, n) or (3)"},
			{"ids", func(g *G.ExprGraph) error {
				return second(Spread(float(g, 2, 2), Segments{IDs: index(g, 0, 1), Count: 2}, 3))
			}, "2 segment ids, want 3"},
			{"negative rows", func(g *G.ExprGraph) error { return second(Spread(float(g, 1, 2), OneSegment(), -1)) }, "want at least 1"},
			{"no segments", func(g *G.ExprGraph) error { return second(Spread(float(g, 1, 2), Segments{}, 1)) }, "number of segments = 0"},
		},
	}
}

func segmentCountRow() opRow {
	count := func(name string, s Segments, ids []int, rows int, want ...float64) opCase {
		c := opCase{
			name: name, want: want, in: []gradcheck.Input{input("like", mat(2, 2, 1, 2, 3, 4))},
			build: func(in G.Nodes) (*G.Node, error) {
				if len(in) == 2 {
					s.IDs = in[1]
				}
				return SegmentCount(s, in[0], rows)
			},
		}
		if ids != nil {
			c.in = append(c.in, input("ids", idx(ids...)))
		}
		return c
	}
	return opRow{
		op: "SegmentCount",
		cases: []opCase{
			count("ids", Segments{Count: 4}, []int{2, 0, -1, 2, 2}, 5, 1, 0, 3, 0),
			count("no ids", OneSegment(), nil, 7, 7),
		},
		bad: []badCase{
			{"rows", func(g *G.ExprGraph) error {
				return second(SegmentCount(Segments{IDs: index(g, 0, 1), Count: 2}, float(g, 1), 3))
			}, "2 segment ids, want 3"},
			{"negative rows", func(g *G.ExprGraph) error { return second(SegmentCount(OneSegment(), float(g, 1), -3)) }, "rows = -3"},
			{"no dtype", func(g *G.ExprGraph) error { return second(SegmentCount(OneSegment(), nil, 3)) }, "is nil"},
			{"no segments", func(g *G.ExprGraph) error { return second(SegmentCount(Segments{}, float(g, 1), 3)) }, "number of segments = 0"},
		},
	}
}

// What is kept of the ids is never that of others: written into their tensor, or
// a new tensor, between runs of one program, forward and backward. Each run is
// compared with that of a new program. Ids that are refused leave no trace.
func TestSegmentsFollowTheirIDs(t *testing.T) {
	const count = 4
	x, slope := random(1, 6, 2), random(2, 6, 2)
	build := func(f reduction, ids G.Value) (idn *G.Node, roots G.Nodes) {
		g := G.NewGraph()
		xn, idn := node(g, "x", x), node(g, "ids", ids)
		y := must[*G.Node](t)(f(xn, Segments{IDs: idn, Count: count}))
		rows := y.Shape()[0]
		grads := must[G.Nodes](t)(G.Backpropagate(G.Nodes{y}, G.Nodes{node(g, "slope", arr([]int{rows, 2}, nums(slope)[:rows*2]...))}, G.Nodes{xn}))
		return idn, G.Nodes{y, grads[0]}
	}
	for name, f := range map[string]reduction{
		"SegmentSum": SegmentSum, "SegmentMean": SegmentMean, "SegmentMax": SegmentMax, "SegmentMin": SegmentMin,
		"SegmentSoftmax": SegmentSoftmax, "SegmentSoftmaxEps": withEps(1e-3),
		"ScatterAdd": func(x *G.Node, s Segments) (*G.Node, error) { return ScatterAdd(x, s.IDs, s.Count) },
	} {
		t.Run(name, func(t *testing.T) {
			ids := idx(2, 0, 2, -1, 0, 2)
			idn, roots := build(f, ids)
			got := make([]G.Value, len(roots))
			for i, n := range roots {
				G.Read(n, &got[i])
			}
			vm := G.NewTapeMachine(roots[0].Graph())
			defer vm.Close()
			run := func(change string) {
				t.Helper()
				vm.Reset()
				require.NoError(t, vm.RunAll(), change)
				_, fresh := build(f, idn.Value().(*tensor.Dense).Clone().(*tensor.Dense))
				for i, want := range eval(t, fresh...) {
					assert.Equal(t, nums(want), nums(got[i]), change)
				}
			}
			run("at first")
			run("again")
			ids.Set(0, 3)
			run("one written into the tensor")
			ids.Set(3, 1)
			run("padding is no more")
			require.NoError(t, G.Let(idn, idx(0, 0, 1, 1, 1, 3)))
			run("sorted ones")
			bad := idx(0, 0, 1, count, 1, 3)
			require.NoError(t, G.Let(idn, bad))
			vm.Reset()
			require.ErrorContains(t, vm.RunAll(), "index 3 is 4, want 0 to 3, or -1 for padding")
			bad.Set(3, -1)
			run("mended")
			require.NoError(t, G.Let(idn, idx(-1, -1, -1, -1, -1, -1)))
			run("padding alone")
			require.NoError(t, G.Let(idn, ids))
			run("the first tensor again")
		})
	}
}
