package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func densifyBlocksRows() []opRow {
	two := coo(4, 4, [2]int{0, 1}, [2]int{0, 1}, [2]int{1, 0}, [2]int{3, 3})
	blocks := func(n int) func(m Sparse, in G.Nodes) (*G.Node, error) {
		return func(m Sparse, _ G.Nodes) (*G.Node, error) { return DensifyBlocks(m, n) }
	}
	one := sparseCase("one block", looped(), random(1, 8), nil, blocks(1), func(a [][]float64, _ []G.Value) []float64 {
		var out []float64
		for _, row := range a {
			out = append(out, row...)
		}
		return out
	})
	byHand := sparseCase("two blocks", two, vec(2, 3, 5, 7), nil, blocks(2), nil, 0, 5, 5, 0, 0, 0, 0, 7)
	one.free, byHand.free = nil, nil
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", two), Weights: float(g, 4), Rows: 4, Cols: 4}
	}
	return []opRow{{
		op:    "DensifyBlocks",
		cases: []opCase{one, byHand},
		bad: []badCase{
			{"no weights", func(g *G.ExprGraph) error {
				s := m(g)
				s.Weights = nil
				return second(DensifyBlocks(s, 2))
			}, "no weights"},
			{"blocks of several sizes", func(g *G.ExprGraph) error { return second(DensifyBlocks(m(g), 3)) }, "a 4×4 matrix in 3 blocks"},
			{"no pattern", func(g *G.ExprGraph) error { return second(DensifyBlocks(Sparse{Rows: 1, Cols: 1}, 1)) }, "the pattern is nil"},
		},
	}}
}

func TestDensifyBlocksRefusesEntriesOutside(t *testing.T) {
	g := G.NewGraph()
	_, err := DensifyBlocks(Sparse{Pattern: node(g, "p", looped()), Weights: float(g, 6), Rows: 4, Cols: 4}, 2)
	require.NoError(t, err)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "entry (0, 3) is outside the blocks of 2")
}

func flattenRows() []opRow {
	return []opRow{{
		op: "FromDense",
		cases: []opCase{
			fromDenseCase("one matrix", mat(2, 2, 0, 3, 4, 5), mat(2, 1, 1, 10), 30, 54),
			fromDenseCase("a batch", arr([]int{2, 2, 2}, 0, 3, 4, 5, 6, 0, 0, 7), mat(4, 1, 1, 10, 100, 1000), 30, 54, 600, 7000),
			fromDenseCase("no entry", mat(2, 2, 0, 0, 0, 0), mat(2, 1, 1, 10), 0, 0),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error { return second(FromDense(float(g, 2, 3))) }, "want a node of shape (N, N)"},
			{"nil", func(*G.ExprGraph) error { return second(FromDense(nil)) }, "want a node"},
		},
	}, {
		op: "DropZeros",
		cases: []opCase{
			dropZerosCase("some", vec(2, 0, 5, 0, 11, 13, 0, 0), 20+250, 11*10, 0, 13*1),
			dropZerosCase("all", vec(0, 0, 0, 0, 0, 0), 0, 0, 0, 0),
		},
		bad: []badCase{
			{"no weights", func(g *G.ExprGraph) error {
				return second(DropZeros(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}))
			}, "no weights"},
			{"no pattern", func(*G.ExprGraph) error { return second(DropZeros(Sparse{Rows: 2, Cols: 2})) }, "the pattern is nil"},
		},
	}, {
		op: "Repeat",
		cases: []opCase{
			sparseCase("weights", looped(), vec(2, 3, 5, 7, 11, 13, 0), []gradcheck.Input{input("x", vec2(8))}, repeated(2), nil,
				2*2+8*4, 7*1+11*2, 0, 13*1, 2*6+8*8, 7*5+11*6, 0, 13*5),
			sparseCase("once, without weights", looped(), nil, []gradcheck.Input{input("x", vec2(4))}, repeated(1), nil, 2+2*4, 1+2, 0, 1),
		},
		bad: []badCase{
			{"no copies", func(g *G.ExprGraph) error {
				return second(Repeat(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}, 0))
			}, "0 copies"},
			{"no pattern", func(*G.ExprGraph) error { return second(Repeat(Sparse{Rows: 2, Cols: 2}, 1)) }, "the pattern is nil"},
		},
	}}
}

func vec2(n int) G.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return mat(n, 1, x...)
}

func repeated(copies int) func(m Sparse, in G.Nodes) (*G.Node, error) {
	return func(m Sparse, in G.Nodes) (*G.Node, error) {
		r, err := Repeat(m, copies)
		if err != nil {
			return nil, err
		}
		return SpMM(r, in[0])
	}
}

// fromDenseCase is a·x. Elements of 0 are no entries, which no difference can
// show: only those of a fixed pattern are free.
func fromDenseCase(name string, a, x G.Value, want ...float64) opCase {
	return opCase{
		name: name, want: want, in: []gradcheck.Input{constantInput("a", a), input("x", x)},
		build: func(in G.Nodes) (*G.Node, error) {
			m, err := FromDense(in[0])
			if err != nil {
				return nil, err
			}
			return SpMM(m, in[1])
		},
	}
}

func dropZerosCase(name string, w G.Value, want ...float64) opCase {
	return opCase{
		name: name, want: want, in: []gradcheck.Input{input("pattern", looped()), constantInput("w", w), input("x", mat(4, 1, 1, 10, 100, 50))},
		build: func(in G.Nodes) (*G.Node, error) {
			m, err := DropZeros(Sparse{Pattern: in[0], Weights: in[1], Rows: 4, Cols: 4})
			if err != nil {
				return nil, err
			}
			return SpMM(m, in[2])
		},
	}
}

// The gradient of an element of 0 is 0: it is no entry.
func TestFlattenedMatricesPassGradientsToTheirEntries(t *testing.T) {
	g := G.NewGraph()
	a, p, w := node(g, "a", mat(2, 2, 0, 3, 4, 5)), node(g, "p", looped()), node(g, "w", vec(2, 0, 5, 0, 11, 13, 9))
	dense := must[Sparse](t)(FromDense(a))
	some := must[Sparse](t)(DropZeros(Sparse{Pattern: p, Weights: w, Rows: 4, Cols: 4}))
	x := must[*G.Node](t)(SpMM(dense, node(g, "x", mat(2, 1, 1, 10))))
	y := must[*G.Node](t)(SpMM(some, node(g, "y", mat(4, 1, 1, 10, 100, 50))))
	sum := must[*G.Node](t)(G.Add(must[*G.Node](t)(Sum(x)), must[*G.Node](t)(Sum(y))))
	d := must[G.Nodes](t)(G.Grad(sum, a, w))
	got := eval(t, d...)
	assert.Equal(t, []float64{0, 10, 1, 10}, nums(got[0]))
	assert.Equal(t, []float64{10, 0, 50, 0, 10, 1, 0}, nums(got[1]))
}
