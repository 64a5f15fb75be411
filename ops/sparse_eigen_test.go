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
