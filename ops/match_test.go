package ops

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// line is 0–1–2–3–4, each edge in both directions.
func line() *Pattern {
	return coo(5, 5, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 2}, [2]int{2, 1}, [2]int{2, 3}, [2]int{3, 2}, [2]int{3, 4}, [2]int{4, 3})
}

// matchFunc is a matching by a value.
type matchFunc func(m Sparse, value *G.Node, s Segments) (*G.Node, error)

// matchCase gathers 10, 20, … by the result on the line of five rows. The value
// comes in as a constant.
func matchCase(name string, f matchFunc, value G.Value, ids []int, want ...float64) opCase {
	in := []gradcheck.Input{input("x", vec(10, 20, 30, 40, 50)), input("p", line())}
	if value != nil {
		in = append(in, constantInput("value", value))
	}
	if ids != nil {
		in = append(in, input("ids", idx(ids...)))
	}
	return opCase{name: name, in: in, want: want, build: func(n G.Nodes) (*G.Node, error) {
		s, at := OneSegment(), 2
		var v *G.Node
		if value != nil {
			v, at = n[2], 3
		}
		if ids != nil {
			s = Segments{IDs: n[at], Count: 2}
		}
		to, err := f(Sparse{Pattern: n[1], Rows: 5, Cols: 5, Capacity: 8}, v, s)
		if err != nil {
			return nil, err
		}
		return Gather(n[0], to)
	}}
}

// optional is a case whose value may be nil.
func optional(c opCase) opCase {
	c.free = []int{2}
	return c
}

func matchRows() []opRow {
	graclus := func(m Sparse, v *G.Node, s Segments) (*G.Node, error) {
		m.Weights = v
		return HeavyEdgeMatching(m, s)
	}
	contracted := func(m Sparse, v *G.Node, s Segments) (*G.Node, error) {
		e, err := EdgeContraction(m, v, s)
		if err != nil {
			return nil, err
		}
		return ContractedRows(m, e, s)
	}
	above := func(m Sparse, v *G.Node, s Segments) (*G.Node, error) { return Components(m, v, 1, s) }
	kmis := func(k int) matchFunc {
		return func(m Sparse, v *G.Node, s Segments) (*G.Node, error) { return KMIS(m, v, k, s) }
	}
	spread := func(rounds int) matchFunc {
		return func(m Sparse, v *G.Node, s Segments) (*G.Node, error) { return SpreadClusters(m, v, rounds, s) }
	}
	bad := func(f matchFunc, value func(g *G.ExprGraph) *G.Node, more ...badCase) []badCase {
		return append(more,
			badCase{"oblong", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, value(g), OneSegment()))
			}, "a 4×3 matrix"},
			badCase{"no segments", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, value(g), Segments{}))
			}, "number of segments = 0"},
			badCase{"too few ids", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, value(g), Segments{IDs: index(g, 0), Count: 1}))
			}, "1 segment ids, want 4"})
	}
	perEdge := func(g *G.ExprGraph) *G.Node { return float(g, 6) }
	perRow := func(g *G.ExprGraph) *G.Node { return float(g, 4) }
	rows := func(g *G.ExprGraph) *G.Node { return index(g, 0, 1, 2, 3) }
	two := []int{1, 1, 0, 0, -1}
	m := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4} }
	return []opRow{{
		op: "HeavyEdgeMatching",
		cases: []opCase{
			matchCase("unweighted", graclus, nil, nil, 10, 10, 30, 30, 50),
			optional(matchCase("weights", graclus, vec(1, 1, 2, 2, 1, 1, 3, 3), nil, 10, 10, 30, 30, 50)),
			optional(matchCase("below 0", graclus, vec(-1, -1, 2, 2, 9, 9, 0, 0), nil, 10, 20, 20, 40, 40)),
			optional(matchCase("segments", graclus, vec(1, 1, 2, 2, 1, 1, 3, 3), two, 10, 10, 30, 30, 0)),
		},
		bad: bad(graclus, perEdge),
	}, {
		op:    "EdgeContraction",
		cases: []opCase{matchCase("entries", EdgeContraction, vec(1, 1, 2, 2, 1, 1, -3, -4, 9), []int{0, 0, 0, 0, -1}, 0, 30, 30, 0, 0)},
		bad: bad(EdgeContraction, perEdge, badCase{"no score", func(g *G.ExprGraph) error {
			return second(EdgeContraction(m(g), nil, OneSegment()))
		}, "the score is nil"}),
	}, {
		op: "ContractedRows",
		cases: []opCase{
			matchCase("middle first", contracted, vec(1, 1, 2, 2, 1, 1, 1, 1), nil, 10, 20, 20, 40, 40),
			matchCase("ties", contracted, vec(1, 1, 1, 1, 1, 1, 1, 1), nil, 10, 10, 30, 30, 50),
			matchCase("segments", contracted, vec(1, 1, 9, 9, 1, 1, 9, 9), two, 10, 10, 30, 30, 0),
		},
		bad: bad(ContractedRows, rows, badCase{"no entries", func(g *G.ExprGraph) error {
			return second(ContractedRows(m(g), nil, OneSegment()))
		}, "want a vector of 4"}),
	}, {
		op: "Components",
		cases: []opCase{
			matchCase("two", above, vec(0, 1.5, 2, 2, 1, 1, 1, 3), nil, 10, 10, 10, 40, 40),
			matchCase("segments", above, vec(2, 2, 2, 2, 2, 2, 2, 2), two, 10, 10, 30, 30, 0),
			matchCase("padding with entries", above, vec(2, 2, 2, 2, 2, 2, 2, 2), []int{0, -1, -1, 1, 1}, 10, 0, 0, 40, 40),
		},
		bad: bad(above, perEdge, badCase{"no number", func(g *G.ExprGraph) error {
			return second(Components(m(g), perEdge(g), math.NaN(), OneSegment()))
		}, "the threshold NaN"}),
	}, {
		op: "KMIS",
		cases: []opCase{
			matchCase("one step", kmis(1), vec(1, 2, 1, 3, 1), nil, 20, 20, 40, 40, 40),
			matchCase("ties", kmis(1), vec(1, 1, 1, 1, 1), nil, 10, 10, 30, 30, 50),
			matchCase("two steps, the best and not the nearest", kmis(2), vec(5, 1, 1, 4, 1), nil, 10, 10, 10, 40, 40),
			matchCase("segments", kmis(9), vec(1, 1, 1, 1, 1), two, 10, 10, 30, 30, 0),
		},
		bad: bad(kmis(1), perRow, badCase{"no steps", func(g *G.ExprGraph) error {
			return second(KMIS(m(g), perRow(g), 0, OneSegment()))
		}, "k = 0"}, badCase{"too few keys", func(g *G.ExprGraph) error {
			return second(KMIS(m(g), float(g, 3), 1, OneSegment()))
		}, "want 4, one a row"}),
	}, {
		op: "SpreadClusters",
		cases: []opCase{
			matchCase("one round", spread(1), idx(4, 0), nil, 10, 10, 10, 50, 50),
			matchCase("two rounds, a tie", spread(2), idx(0, -1, 4), nil, 10, 10, 10, 50, 50),
			matchCase("none", spread(0), idx(3, 1), nil, 20, 20, 20, 40, 20),
			matchCase("segments", spread(5), idx(3, -1), two, 0, 0, 40, 40, 0),
		},
		bad: bad(spread(1), rows, badCase{"rounds", func(g *G.ExprGraph) error {
			return second(SpreadClusters(m(g), rows(g), -1, OneSegment()))
		}, "rounds = -1"}),
	}, {
		op: "RowNoise",
		cases: []opCase{{
			name: "alone and in a batch", want: []float64{0, 0, 0},
			in: []gradcheck.Input{input("x", mat(6, 1, 1, 2, 3, 4, 5, 6)), input("y", mat(3, 1, 1, 2, 3)), input("ids", idx(1, 0, -1, 0, 1, 0)), input("at", idx(1, 3, 5))},
			build: func(in G.Nodes) (*G.Node, error) {
				all, err := RowNoise(in[0], Segments{IDs: in[2], Count: 2}, 3)
				if err != nil {
					return nil, err
				}
				some, err := Gather(all, in[3])
				if err != nil {
					return nil, err
				}
				alone, err := RowNoise(in[1], OneSegment(), 3)
				if err != nil {
					return nil, err
				}
				d, err := G.Sub(some, alone)
				if err != nil {
					return nil, fmt.Errorf("ops: %w", err) // of Gorgonia's own
				}
				return d, nil
			},
		}},
		bad: []badCase{{"no segments", func(g *G.ExprGraph) error { return second(RowNoise(float(g, 2), Segments{}, 1)) }, "number of segments = 0"}},
	}}
}

func TestMatchingsErrWhenRun(t *testing.T) {
	m := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4} }
	for want, build := range map[string]func(g *G.ExprGraph) (*G.Node, error){
		"value 1 is NaN": func(g *G.ExprGraph) (*G.Node, error) {
			return KMIS(m(g), node(g, "k", vec(1, math.NaN(), 1, 1)), 1, OneSegment())
		},
		"value 2 is NaN": func(g *G.ExprGraph) (*G.Node, error) {
			return EdgeContraction(m(g), node(g, "k", vec(1, 1, math.NaN(), 1, 1, 1)), OneSegment())
		},
		"5 values, want at least 6": func(g *G.ExprGraph) (*G.Node, error) { return EdgeContraction(m(g), float(g, 5), OneSegment()) },
		"entry of row 0 is 6": func(g *G.ExprGraph) (*G.Node, error) {
			return ContractedRows(m(g), index(g, 6, 0, 0, 0), OneSegment())
		},
		"index 0 is 4, want 0 to 3": func(g *G.ExprGraph) (*G.Node, error) { return SpreadClusters(m(g), index(g, 4), 1, OneSegment()) },
		"id 3 is 2, want 0 to 1": func(g *G.ExprGraph) (*G.Node, error) {
			return HeavyEdgeMatching(m(g), Segments{IDs: index(g, 0, 0, 0, 2), Count: 2})
		},
	} {
		y, err := build(G.NewGraph())
		require.NoError(t, err)
		vm := G.NewTapeMachine(y.Graph())
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}

func nearestRows() []opRow {
	// nearest gathers 1, 2, 3 by the place of each row of the line of five.
	nearest := func(name string, at, ids []int, want ...float64) opCase {
		in := []gradcheck.Input{input("x", vec(1, 2, 3)), input("p", line()), constantInput("at", idx(at...))}
		if ids != nil {
			in = append(in, input("ids", idx(ids...)))
		}
		return opCase{name: name, in: in, want: want, build: func(n G.Nodes) (*G.Node, error) {
			s := OneSegment()
			if ids != nil {
				s = Segments{IDs: n[3], Count: 2}
			}
			place, err := Nearest(Sparse{Pattern: n[1], Rows: 5, Cols: 5, Capacity: 8}, n[2], s)
			if err != nil {
				return nil, err
			}
			return Gather(n[0], place)
		}}
	}
	m := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4} }
	return []opRow{{
		op: "Nearest",
		cases: []opCase{
			nearest("a tie goes to the first place", []int{4, 0, -1}, nil, 2, 2, 1, 1, 1),
			nearest("places in rising order", []int{-1, 0, 4}, nil, 2, 2, 2, 3, 3),
			nearest("ways of one segment alone", []int{0, 3}, []int{0, 0, 1, 1, 1}, 1, 1, 2, 2, 2),
			nearest("no way", []int{0}, []int{0, -1, 0, 1, 1}, 1, 0, 0, 0, 0),
			nearest("none named", []int{-1}, nil, 0, 0, 0, 0, 0),
		},
		bad: []badCase{
			{"no index", func(g *G.ExprGraph) error { return second(Nearest(m(g), nil, OneSegment())) }, "the index is nil"},
			{"oblong", func(g *G.ExprGraph) error {
				return second(Nearest(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, index(g, 0), OneSegment()))
			}, "a 4×3 matrix"},
		},
	}}
}

func TestNearestErrsWhenRun(t *testing.T) {
	for want, at := range map[string][]int{"index 1 is 4, want 0 to 3": {0, 4}, "index 1 is 2, as index 0 is": {2, 2}} {
		g := G.NewGraph()
		y, err := Nearest(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, index(g, at...), OneSegment())
		require.NoError(t, err)
		vm := G.NewTapeMachine(y.Graph())
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}
