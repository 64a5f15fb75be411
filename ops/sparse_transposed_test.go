package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func transposedRows() []opRow {
	product := func(name string, p *Pattern, w G.Value) opCase {
		return sparseCase(
			name, p, w, []gradcheck.Input{input("x", random(9, p.Rows(), 2))},
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				out, err := Transposed(m)
				if err != nil {
					return nil, err
				}
				return SpMM(out, in[0])
			}, func(a [][]float64, in []G.Value) []float64 {
				return times(transposed(a), nums(in[0]), 2)
			})
	}
	weights := sparseCase("the weights", looped(), vec(2, 3, 5, 7, 11, 13, 99), nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
		out, err := Transposed(m)
		return out.Weights, err
	}, nil, 7, 13, 2, 11, 3, 5, 0)
	weights.free = []int{1}
	return []opRow{{
		op: "Transposed",
		cases: []opCase{
			weights,
			product("oblong", oblong(), random(1, 8)),
			product("without weights", oblong(), nil),
			product("no entries", empty(), vec(1)),
			transposedTwice(),
		},
		bad: []badCase{
			{"no pattern", func(*G.ExprGraph) error { return second(Transposed(Sparse{Rows: 1, Cols: 1})) }, "the pattern is nil"},
		},
	}}
}

// transposedTwice is the matrix itself.
func transposedTwice() opCase {
	return sparseCase(
		"twice", looped(), random(2, 6), []gradcheck.Input{input("x", random(9, 4, 2))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			for range 2 {
				var err error
				if m, err = Transposed(m); err != nil {
					return nil, err
				}
			}
			return SpMM(m, in[0])
		}, func(a [][]float64, in []G.Value) []float64 { return times(a, nums(in[0]), 2) })
}

func TestTransposedPattern(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3, Capacity: 9}
	out := must[Sparse](t)(Transposed(m))
	assert.Equal(t, Sparse{Pattern: out.Pattern, Rows: 3, Cols: 4, Capacity: 9}, out)
	p := eval(t, out.Pattern)[0].(*Pattern)
	assert.Equal(t, []int32{0, 2, 4, 6}, p.Ptr())
	assert.Equal(t, []int32{0, 3, 0, 3, 2, 2}, p.Col())
	assert.Equal(t, []int32{1, 4, 0, 5, 2, 3}, p.Source())
	o := out.Pattern.Op().(*op)
	again := oblong()
	assert.Same(t, must[G.Value](t)(o.run([]G.Value{again})), must[G.Value](t)(o.run([]G.Value{again})))
}
