package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
)

// visitRows are of a walk over a directed triangle with a shortcut, whose rates
// can be solved by hand for α = 1: the in-weights over their sum.
func visitRows() []opRow {
	ring := coo(3, 3, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 2}, [2]int{2, 0})
	sparse := func(name string, w G.Value, alpha float64, want ...float64) opCase {
		c := sparseCase(name, ring, w, nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
			return VisitRates(m, m.Weights, OneSegment(), alpha)
		}, nil, want...)
		c.in[1].Fixed, c.free = true, nil
		return c
	}
	dense := plainCase("by hand", func(in G.Nodes) (*G.Node, error) {
		return VisitRatesDense(in[0], Segments{IDs: in[1], Count: 2}, 1)
	}, nil, values(arr([]int{2, 2, 2}, 0, 1, 3, 0, 0, 5, 0, 0), idx(0, 0, 1, 1)), .75, .25, 0, 1)
	dense.in[0].Fixed = true
	return []opRow{{
		op: "VisitRates",
		cases: []opCase{
			sparse("by hand", vec(1, 2, 3, 4, 0, 0), 1, .4, .1, .5),
			// p0 = (4+p2)·½/…: with α = ½ and e = (.4, .1, .5), p = ½e + ½pT.
			sparse("half", vec(1, 2, 3, 4, 0, 0), .5, ringRates()...),
		},
		bad: []badCase{
			{"alpha", func(g *G.ExprGraph) error {
				return second(VisitRates(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}, float(g, 1), OneSegment(), 0))
			}, "α = 0"},
			{"oblong", func(g *G.ExprGraph) error {
				return second(VisitRates(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, float(g, 1), OneSegment(), .1))
			}, "want a square one"},
			{"ids", func(g *G.ExprGraph) error {
				return second(VisitRates(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}, float(g, 1), Segments{IDs: index(g, 0), Count: 1}, .1))
			}, "1 segment ids, want 2"},
		},
	}, {
		op:    "VisitRatesDense",
		cases: []opCase{dense},
		bad: []badCase{
			{"alpha", func(g *G.ExprGraph) error { return second(VisitRatesDense(float(g, 2, 2), OneSegment(), 2)) }, "α = 2"},
			{"oblong", func(g *G.ExprGraph) error { return second(VisitRatesDense(float(g, 2, 3), OneSegment(), .1)) }, "want N×N"},
		},
	}}
}

// ringRates solves p = ½e + ½pT for the ring: p0 = .2 + p2/2, p1 = .05 + p0/6,
// p2 = .25 + p0/3 + p1/2.
func ringRates() []float64 {
	p0 := (.2 + .5*(.25+.025)) / (1 - .5*(1./3+1./12))
	p1 := .05 + p0/6
	return []float64{p0, p1, .25 + p0/3 + p1/2}
}

// Rates that have not settled are an error, sparse and dense.
func TestVisitRatesThatDoNotSettle(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", coo(2, 2, [2]int{0, 1}, [2]int{1, 0})), Weights: node(g, "w", vec(1, 3)), Rows: 2, Cols: 2}
	a := node(g, "a", mat(2, 2, 0, 1, 3, 0))
	for _, y := range []*G.Node{
		must[*G.Node](t)(VisitRates(m, m.Weights, OneSegment(), 1e-5)),
		must[*G.Node](t)(VisitRatesDense(a, OneSegment(), 1e-5)),
	} {
		vm := G.NewTapeMachine(g.SubgraphRoots(y))
		err := vm.RunAll()
		assert.NoError(t, vm.Close())
		assert.ErrorContains(t, err, "the rates do not settle in 20000 steps with α = 1e-05, want a larger α")
	}
}

// A node without entries, one of no segment, a segment without weights, and a
// pattern without weights.
func TestVisitRatesOfOddGraphs(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", coo(6, 6, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 2})), Rows: 6, Cols: 6}
	s := Segments{IDs: index(g, 0, 0, 0, -1, 1, 1), Count: 3}
	got := nums(eval(t, must[*G.Node](t)(VisitRates(m, float(g, 1), s, .15)))[0])
	assert.InDelta(t, 1, got[0]+got[1]+got[2], 1e-15)
	assert.Equal(t, []float64{0, 0, 0}, got[3:])
	assert.InDelta(t, got[0], got[2], 1e-15, "both are reached from 1 alone, and alike")
}
