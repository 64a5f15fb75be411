package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func contractRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}
	}
	six := vec(2, 3, 5, 7, 11, 13) // of (0, 1), (0, 3), (0, 3), (1, 0), (1, 1), (3, 0)
	oblongs := badCase{"oblong", func(g *G.ExprGraph) error {
		s := m(g)
		s.Cols = 3
		return second(Contract(s, index(g, 0, 0, 0, 0), 1, true))
	}, "a 4×3 matrix"}
	return []opRow{{
		op: "Contract",
		cases: []opCase{
			contractCase("with loops", six, []int{1, 0, 2, 0}, 3, true, ReduceSum, nil, 11, 20, 10, 0, 0, 0, 0, 0),
			contractCase("without loops", six, []int{1, 0, 2, 0}, 3, false, ReduceSum, nil, 20, 10, 0, 0, 0, 0, 0, 0),
			contractCase("all in one", six, []int{0, 0, 0, 0}, 2, true, ReduceSum, nil, 41, 0, 0, 0, 0, 0, 0, 0),
			contractCase("a row in none", six, []int{-1, 1, 1, 0}, 2, true, ReduceSum, nil, 11, 0, 0, 0, 0, 0, 0, 0),
			contractCase("all in none", six, []int{-1, -1, -1, -1}, 1, true, ReduceSum, nil, 0, 0, 0, 0, 0, 0, 0, 0),
			contractedProduct(),
		},
		bad: []badCase{
			oblongs,
			{"too few places", func(g *G.ExprGraph) error { return second(Contract(m(g), index(g, 0), 1, true)) }, "1 places of rows, want 4"},
			{"no room", func(g *G.ExprGraph) error { return second(Contract(m(g), index(g, 0, 0, 0, 0), 0, true)) }, "0 places"},
			{"no pattern", func(g *G.ExprGraph) error {
				return second(Contract(Sparse{Rows: 1, Cols: 1}, index(g, 0), 1, true))
			}, "the pattern is nil"},
		},
	}, {
		op: "MergeEdges",
		cases: []opCase{
			contractCase("mean", six, []int{1, 0, 2, 0}, 3, true, ReduceMean, nil, 11, 10, 10./3, 0, 0, 0, 0, 0),
			contractCase("max", six, []int{1, 0, 2, 0}, 3, true, ReduceMax, nil, 11, 13, 5, 0, 0, 0, 0, 0),
			contractCase("min", six, []int{1, 0, 2, 0}, 3, true, ReduceMin, nil, 11, 7, 2, 0, 0, 0, 0, 0),
			contractCase("attributes", nil, []int{1, 0, 2, 0}, 3, false, ReduceMean, mat(6, 2, 2, 20, 3, 30, 5, 50, 7, 70, 11, 110, 13, 130),
				10, 100, 10./3, 100./3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		},
		bad: []badCase{
			{"no capacity", func(g *G.ExprGraph) error {
				s := m(g)
				s.Capacity = 0
				return second(MergeEdges(s, float(g, 6), ReduceSum))
			}, "want at least 1"},
			{"rank 3", func(g *G.ExprGraph) error { return second(MergeEdges(m(g), float(g, 6, 2, 2), ReduceSum)) }, "want a vector or a matrix"},
			{"no reduction", func(g *G.ExprGraph) error { return second(MergeEdges(m(g), float(g, 6), "mode")) }, `reduction = "mode", want sum, mean, max or min`},
		},
	}, {
		op: "Coalesce",
		cases: []opCase{
			sparseCase("weights", looped(), vec(2, 3, 5, 7, 11, 13), nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
				c, err := Coalesce(m, nil)
				return c.Weights, err
			}, nil, 2, 8, 7, 11, 13, 0),
			sparseCase("without weights", looped(), nil, []gradcheck.Input{input("x", random(3, 4, 2))}, func(m Sparse, in G.Nodes) (*G.Node, error) {
				c, err := Coalesce(m, in[0])
				if err != nil {
					return nil, err
				}
				return SpMM(c, in[0])
			}, func(a [][]float64, in []G.Value) []float64 { return times(a, nums(in[0]), 2) }),
		},
		bad: []badCase{
			{"no capacity", func(g *G.ExprGraph) error {
				return second(Coalesce(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, nil))
			}, "want at least 1"},
			{"oblong", func(g *G.ExprGraph) error {
				s := m(g)
				s.Cols = 3
				return second(Coalesce(s, float(g, 1)))
			}, "a 4×3 matrix"},
			{"no dtype", func(g *G.ExprGraph) error { return second(Coalesce(m(g), nil)) }, "nil"},
		},
	}}
}

// contractCase contracts looped, and merges the weights w, or the attributes x.
func contractCase(name string, w G.Value, place []int, places int, loops bool, r Reduction, x G.Value, want ...float64) opCase {
	rest := []gradcheck.Input{input("place", idx(place...))}
	if x != nil {
		rest = append(rest, input("x", x))
	}
	return sparseCase(name, looped(), w, rest, func(m Sparse, in G.Nodes) (*G.Node, error) {
		c, err := Contract(m, in[0], places, loops)
		if err != nil {
			return nil, err
		}
		if c.Capacity = 8; x == nil {
			return MergeEdges(c, m.Weights, r)
		}
		return MergeEdges(c, in[1], r)
	}, nil, want...)
}

// contractedProduct is SᵀAS·x.
func contractedProduct() opCase {
	place := []int{2, 0, 1, 0}
	return sparseCase("SᵀAS", looped(), random(2, 7), []gradcheck.Input{input("place", idx(place...)), input("x", random(3, 3, 2))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			c, err := Contract(m, in[0], 3, true)
			if err != nil {
				return nil, err
			}
			if c.Weights, err = MergeEdges(c, m.Weights, ""); err != nil {
				return nil, err
			}
			return SpMM(c, in[1])
		},
		func(a [][]float64, in []G.Value) []float64 {
			out := [][]float64{make([]float64, 3), make([]float64, 3), make([]float64, 3)}
			for i, row := range a {
				for j, v := range row {
					out[place[i]][place[j]] += v
				}
			}
			return times(out, nums(in[1]), 2)
		})
}

func TestContractedPattern(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 9}
	c := must[Sparse](t)(Contract(m, index(g, 1, 0, -1, 2), 4, true))
	assert.Equal(t, Sparse{Pattern: c.Pattern, Rows: 4, Cols: 4, Capacity: 9}, c)
	p := eval(t, c.Pattern)[0].(*Pattern)
	assert.Equal(t, []int32{0, 2, 4, 5, 5}, p.Ptr())
	assert.Equal(t, []int32{0, 1, 0, 2, 1}, p.Col())
}

func TestContractErrsWhenRun(t *testing.T) {
	for want, build := range map[string]func(g *G.ExprGraph, m Sparse) (*G.Node, error){
		"place of row 1 is 3, want 0 to 2": func(g *G.ExprGraph, m Sparse) (*G.Node, error) {
			c, err := Contract(m, index(g, 0, 3, 0, 0), 3, true)
			return c.Pattern, err
		},
		"the pattern was not contracted": func(g *G.ExprGraph, m Sparse) (*G.Node, error) {
			return MergeEdges(m, float(g, 6), ReduceSum)
		},
		"5 rows, want at least 6": func(g *G.ExprGraph, m Sparse) (*G.Node, error) {
			c, err := Contract(m, index(g, 0, 0, 0, 0), 1, true)
			require.NoError(t, err)
			return MergeEdges(c, float(g, 5), ReduceSum)
		},
	} {
		g := G.NewGraph()
		_, err := build(g, Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6})
		require.NoError(t, err)
		vm := G.NewTapeMachine(g)
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}
