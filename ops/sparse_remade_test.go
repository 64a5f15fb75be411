package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func selfLoopsRows() []opRow {
	looping := func(name string, p *Pattern, w G.Value) opCase {
		return sparseCase(
			name, p, w, []gradcheck.Input{input("x", random(9, p.Cols(), 2))},
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				out, err := SelfLoops(m)
				if err != nil {
					return nil, err
				}
				return SpMM(out, in[0])
			}, func(a [][]float64, in []G.Value) []float64 {
				for i := range a {
					a[i][i]++
				}
				return times(a, nums(in[0]), 2)
			})
	}
	weights := sparseCase("the weights", looped(), vec(2, 3, 5, 7, 11, 13, 99), nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
		out, err := SelfLoops(m)
		return out.Weights, err
	}, nil, 1, 2, 3, 5, 7, 11, 1, 1, 13, 1, 0)
	return []opRow{{
		op: "SelfLoops",
		cases: []opCase{
			weights,
			looping("a loop beside a loop", looped(), random(1, 6)),
			looping("capacity beyond the entries", looped(), random(1, 9)),
			looping("without weights", looped(), nil),
			looping("no entries", empty(), vec(1)),
			looping("one node", coo(1, 1), vec(1)),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				return second(SelfLoops(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}))
			}, "a 4×3 matrix, want a square one"},
			{"no pattern", func(*G.ExprGraph) error { return second(SelfLoops(Sparse{Rows: 1, Cols: 1})) }, "the pattern is nil"},
		},
	}}
}

func TestWithSelfLoops(t *testing.T) {
	p := looped().WithSelfLoops()
	assert.Equal(t, []int32{0, 4, 7, 8, 10}, p.Ptr())
	assert.Equal(t, []int32{0, 1, 3, 3, 0, 1, 1, 2, 0, 3}, p.Col())
	assert.Equal(t, []int32{-1, 0, 1, 2, 3, 4, -1, -1, 5, -1}, p.Source())
}

// A pattern that is not square gets the diagonal that it has room for.
func TestWithSelfLoopsOfAnOblongPattern(t *testing.T) {
	tall := coo(3, 2, [2]int{2, 0}).WithSelfLoops()
	assert.Equal(t, [][]float64{{1, 0}, {0, 1}, {1, 0}}, dense(tall, nil))
	long := coo(2, 3, [2]int{1, 2}).WithSelfLoops()
	assert.Equal(t, [][]float64{{1, 0, 0}, {0, 1, 1}}, dense(long, nil))
}

func TestSelfLoopsAreFoundOnce(t *testing.T) {
	g := G.NewGraph()
	m := must[Sparse](t)(SelfLoops(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}))
	o := m.Pattern.Op().(*op)
	p := looped()
	first := must[G.Value](t)(o.run([]G.Value{p}))
	assert.Same(t, first, must[G.Value](t)(o.run([]G.Value{p})), "the pattern of the last run serves again")
	assert.NotSame(t, first, must[G.Value](t)(o.run([]G.Value{looped()})))
}

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
