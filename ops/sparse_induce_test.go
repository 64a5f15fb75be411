package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func induceRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}
	}
	kept := sparseCase("the weights", looped(), vec(2, 3, 5, 7, 11, 13, 0, 0), []gradcheck.Input{input("idx", idx(3, -1, 0))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			out, err := Induce(m, in[0])
			return out.Weights, err
		}, nil, 13, 3, 5, 0, 0, 0, 0, 0)
	return []opRow{{
		op: "Induce",
		cases: []opCase{
			kept,
			inducedCase("two and padding", looped(), random(1, 8), idx(3, -1, 0)),
			inducedCase("without weights", looped(), nil, idx(3, -1, 0)),
			inducedCase("all in another order", looped(), random(2, 6), idx(2, 3, 1, 0)),
			inducedCase("one node with a loop", looped(), random(3, 6), idx(1)),
			inducedCase("padding alone", looped(), random(4, 6), idx(-1, -1)),
			inducedCase("no entries", empty(), vec(1), idx(1)),
			inducedTwice(),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				s := m(g)
				s.Cols = 3
				return second(Induce(s, index(g, 0)))
			}, "a 4×3 matrix"},
			{"matrix of indices", func(g *G.ExprGraph) error { return second(Induce(m(g), square(g))) }, "want a square one and a vector"},
			{"no pattern", func(g *G.ExprGraph) error { return second(Induce(Sparse{Rows: 1, Cols: 1}, index(g, 0))) }, "the pattern is nil"},
		},
	}}
}

// inducedCase multiplies A[idx, idx] by a fixed x.
func inducedCase(name string, p *Pattern, w, at G.Value) opCase {
	size := at.Shape()[0]
	return sparseCase(
		name, p, w, []gradcheck.Input{input("idx", at), input("x", random(9, size, 2))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			sub, err := Induce(m, in[0])
			if err != nil {
				return nil, err
			}
			return SpMM(sub, in[1])
		}, func(a [][]float64, in []G.Value) []float64 {
			return times(submatrix(a, whole(in[0])), nums(in[1]), 2)
		})
}

func submatrix(a [][]float64, at []int) [][]float64 {
	out := make([][]float64, len(at))
	for i, r := range at {
		out[i] = make([]float64, len(at))
		for j, c := range at {
			if r >= 0 && c >= 0 {
				out[i][j] = a[r][c]
			}
		}
	}
	return out
}

// inducedTwice takes self loops and two selections one after the other.
func inducedTwice() opCase {
	return sparseCase(
		"loops and twice", looped(), random(5, 8),
		[]gradcheck.Input{input("idx", idx(0, 3, -1, 1)), input("then", idx(3, 0)), input("x", random(9, 2, 2))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			var err error
			for _, step := range []func() (Sparse, error){
				func() (Sparse, error) { return SelfLoops(m) },
				func() (Sparse, error) { return Induce(m, in[0]) },
				func() (Sparse, error) { return Induce(m, in[1]) },
			} {
				if m, err = step(); err != nil {
					return nil, err
				}
			}
			return SpMM(m, in[2])
		}, func(a [][]float64, in []G.Value) []float64 {
			for i := range a {
				a[i][i]++
			}
			return times(submatrix(submatrix(a, whole(in[0])), whole(in[1])), nums(in[2]), 2)
		})
}

func TestInducedPattern(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 9}
	sub := must[Sparse](t)(Induce(m, index(g, 3, -1, 0)))
	assert.Equal(t, Sparse{Pattern: sub.Pattern, Rows: 3, Cols: 3, Capacity: 9}, sub)
	p := eval(t, sub.Pattern)[0].(*Pattern)
	assert.Equal(t, []int32{0, 1, 1, 3}, p.Ptr())
	assert.Equal(t, []int32{2, 0, 0}, p.Col())
	assert.Equal(t, []int32{5, 1, 2}, p.Source())
	assert.True(t, coo(2, 2, [2]int{0, 1}, [2]int{1, 0}).Symmetric())
	assert.False(t, p.Symmetric(), "one direction is stored twice")
}

func induceSharedRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}
	}
	return []opRow{{
		op: "InduceShared",
		cases: []opCase{
			sharedWeights(),
			sharedCase("two signals and padding", looped(), random(1, 8), idx(3, -1, 0, 4, 7, 6), 2),
			sharedCase("without weights", looped(), nil, idx(3, -1, 0, 4, 7, 6), 2),
			sharedCase("one signal", looped(), random(2, 6), idx(3, -1, 0), 1),
			sharedCase("rows of signals mixed", looped(), random(3, 6), idx(8, 0, 11, 3), 3),
			sharedCase("padding alone", looped(), random(4, 6), idx(-1, -1), 2),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				s := m(g)
				s.Cols = 3
				return second(InduceShared(s, index(g, 0), 2))
			}, "a 4×3 matrix"},
			{"no copies", func(g *G.ExprGraph) error { return second(InduceShared(m(g), index(g, 0), 0)) }, "0 copies"},
			{"no pattern", func(g *G.ExprGraph) error { return second(InduceShared(Sparse{Rows: 1, Cols: 1}, index(g, 0), 1)) }, "the pattern is nil"},
		},
	}}
}

// sharedCase multiplies the submatrix of copies blocks by a fixed x.
func sharedCase(name string, p *Pattern, w, at G.Value, copies int) opCase {
	return sparseCase(
		name, p, w, []gradcheck.Input{input("idx", at), input("x", random(9, at.Shape()[0], 2))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			sub, err := InduceShared(m, in[0], copies)
			if err != nil {
				return nil, err
			}
			return SpMM(sub, in[1])
		}, func(a [][]float64, in []G.Value) []float64 {
			n := len(a)
			blocks := make([][]float64, n*copies)
			for i := range blocks {
				blocks[i] = make([]float64, n*copies)
				copy(blocks[i][i/n*n:], a[i%n])
			}
			return times(submatrix(blocks, whole(in[0])), nums(in[1]), 2)
		})
}

// sharedWeights takes rows 3 and 0 of the first block and 1 of the second, in
// which weights 13, 3, 5 and 11 lie.
func sharedWeights() opCase {
	return sparseCase("the weights", looped(), vec(2, 3, 5, 7, 11, 13), []gradcheck.Input{input("idx", idx(3, 5, 0))},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			out, err := InduceShared(m, in[0], 2)
			return out.Weights, err
		}, nil, pad([]float64{13, 11, 3, 5}, 12)...)
}

func TestInduceSharedRefusesRepetition(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 9}
	sub := must[Sparse](t)(InduceShared(m, index(g, 5, 1, 5), 2))
	assert.Equal(t, 18, sub.Capacity)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "index 2 is 5, as index 0 is, want no repetition")
}
