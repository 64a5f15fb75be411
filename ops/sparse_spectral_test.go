package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func eigenRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", line()), Weights: float(g, 8), Rows: 5, Cols: 5}
	}
	half, third, sixth := math.Sqrt(1./2), math.Sqrt(1./3), math.Sqrt(1./6)
	ones := vec(1, 1, 1, 1, 1, 1, 1, 1)
	return []opRow{{
		op: "ClusterEigenvectors",
		cases: []opCase{
			// A pair, a node alone and a row of no cluster.
			eigenCase("normalized", ones, idx(1, 1, 0, -1, 2), 2, true, half, half, half, -half, 1, 1, 0, 0, 1, 1),
			// A path of three: (1, 1, 1), (1, 0, −1) and (1, −2, 1), over their lengths.
			eigenCase("a path", ones, idx(0, 0, 0, -1, -1), 3, false,
				third, half, sixth, third, 0, -2*sixth, third, -half, sixth, 0, 0, 0, 0, 0, 0),
			eigenCase("no edges inside", ones, idx(0, -1, 0, -1, -1), 1, true, 1, 0, 0, 0, 0),
		},
		bad: []badCase{
			{"no weights", func(g *G.ExprGraph) error {
				s := m(g)
				s.Weights = nil
				return second(ClusterEigenvectors(s, index(g, 0, 0, 0, 0, 0), 1, 1, true))
			}, "weights given: false"},
			{"none", func(g *G.ExprGraph) error {
				return second(ClusterEigenvectors(m(g), index(g, 0, 0, 0, 0, 0), 1, 0, true))
			}, "count = 0"},
			{"too few places", func(g *G.ExprGraph) error { return second(ClusterEigenvectors(m(g), index(g, 0), 1, 1, true)) }, "1 places of rows, want 5"},
			{"no pattern", func(*G.ExprGraph) error {
				return second(ClusterEigenvectors(Sparse{Rows: 5, Cols: 5}, nil, 1, 1, true))
			}, "the pattern is nil"},
		},
	}}
}

// eigenCase is the eigenvectors of clusters of the line, whose weights are
// constants.
func eigenCase(name string, w, place G.Value, count int, normalized bool, want ...float64) opCase {
	return opCase{
		name: name, want: want, in: []gradcheck.Input{input("pattern", line()), constantInput("w", w), input("place", place)},
		build: func(in G.Nodes) (*G.Node, error) {
			m := Sparse{Pattern: in[0], Weights: in[1], Rows: 5, Cols: 5}
			return ClusterEigenvectors(m, in[2], 3, count, normalized)
		},
	}
}

func TestEigenvectorsRefuseInfiniteWeights(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", line()), Weights: node(g, "w", vec(1, 1, 1, math.Inf(1), 1, 1, 1, 1)), Rows: 5, Cols: 5}
	y := must[*G.Node](t)(ClusterEigenvectors(m, index(g, 0, 0, 0, 0, 0), 1, 1, true))
	vm := G.NewTapeMachine(y.Graph())
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "weight 3 is +Inf, want a finite number")
}

func kronRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", line()), Weights: float(g, 8), Rows: 5, Cols: 5}
	}
	side := func(m Sparse, v *G.Node, s Segments) (*G.Node, error) {
		m.Weights = v
		return SpectralSide(m, s)
	}
	return []opRow{{
		op: "KronReduction",
		cases: []opCase{
			// 2 and 3 in series are 6/5, 6 and 3 are 2.
			kronCase("in series", vec(2, 2, 3, 3, 6, 6, 3, 3), idx(0, -1, 1, -1, 2), 0, 1.2*2, 1.2*1+2*3, 2*2),
			kronCase("a threshold", vec(2, 2, 3, 3, 6, 6, 3, 3), idx(0, -1, 1, -1, 2), 1.5, 0, 2*3, 2*2),
			kronCase("nothing between", vec(2, 2, 3, 3, 6, 6, 3, 3), idx(0, -1, -1, -1, -1), 0, 0, 0, 0),
		},
		bad: []badCase{
			{"no weights", func(g *G.ExprGraph) error {
				s := m(g)
				s.Weights = nil
				return second(KronReduction(s, index(g, 0, 0, 0, 0, 0), 1, 1, 0, OneSegment()))
			}, "weights given: false"},
			{"no room", func(g *G.ExprGraph) error {
				return second(KronReduction(m(g), index(g, 0, 0, 0, 0, 0), 1, 0, 0, OneSegment()))
			}, "capacity = 0"},
			{"too few places", func(g *G.ExprGraph) error { return second(KronReduction(m(g), index(g, 0), 1, 1, 0, OneSegment())) }, "1 places of rows, want 5"},
			{"oblong", func(g *G.ExprGraph) error {
				s := m(g)
				s.Cols = 4
				return second(KronReduction(s, index(g, 0), 1, 1, 0, OneSegment()))
			}, "a 5×4 matrix"},
		},
	}, {
		op: "SpectralSide",
		cases: []opCase{
			// The path's vector alternates, by √d: row 1 is the first of the largest.
			optional(matchCase("a path", side, vec(1, 1, 1, 1, 1, 1, 1, 1), nil, 0, 20, 0, 40, 0)),
			optional(matchCase("segments", side, vec(1, 1, 1, 1, 1, 1, 1, 1), []int{0, 0, 1, 1, -1}, 10, 0, 30, 0, 0)),
		},
		bad: []badCase{
			{"no segments", func(g *G.ExprGraph) error { return second(SpectralSide(m(g), Segments{})) }, "number of segments = 0"},
			{"no pattern", func(*G.ExprGraph) error { return second(SpectralSide(Sparse{Rows: 1, Cols: 1}, OneSegment())) }, "the pattern is nil"},
		},
	}}
}

// kronCase multiplies 1, 2, 3 by the reduction of the line, whose weights are
// constants.
func kronCase(name string, w, place G.Value, threshold float64, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in: []gradcheck.Input{input("p", line()), constantInput("w", w), input("place", place), input("x", mat(3, 1, 1, 2, 3))},
		build: func(in G.Nodes) (*G.Node, error) {
			k, err := KronReduction(Sparse{Pattern: in[0], Weights: in[1], Rows: 5, Cols: 5}, in[2], 3, 9, threshold, OneSegment())
			if err != nil {
				return nil, err
			}
			return SpMM(k, in[3])
		},
	}
}
