package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
)

func reshapeRows() []opRow {
	to := func(name string, x G.Value, shape ...int) opCase {
		return plainCase(name, func(in G.Nodes) (*G.Node, error) { return Reshape(in[0], shape...) }, func(in []G.Value) []float64 {
			return nums(in[0])
		}, values(x))
	}
	bad := func(shape ...int) func(*G.ExprGraph) error {
		return func(g *G.ExprGraph) error { return second(Reshape(float(g, 2, 2), shape...)) }
	}
	return []opRow{{
		op: "Reshape",
		cases: []opCase{
			to("to a vector", mat(2, 2, 1, 2, 3, 4), 4),
			to("to rank 4", random(1, 6, 2), 1, 3, 2, 2),
			to("to its own shape", random(1, 2, 2), 2, 2),
			to("a scalar to a matrix", G.NewF64(2), 1, 1),
			to("to a scalar", vec(2)),
		},
		bad: []badCase{
			{"size", bad(3), "want as many elements"},
			{"negative axis", bad(-2, -2), "want at least 1 in every axis"},
			{"empty axis", bad(4, 0), "want at least 1 in every axis"},
		},
	}}
}

func TestReshapeCopies(t *testing.T) {
	x := vec(1, 2, 3, 4)
	y := must[*G.Node](t)(Reshape(node(G.NewGraph(), "x", x), 2, 2))
	vm := G.NewTapeMachine(y.Graph())
	defer vm.Close()
	assert.NoError(t, vm.RunAll())
	assert.NotEqual(t, x.Uintptr(), y.Value().Uintptr())
	assert.Equal(t, []int{2, 2}, []int(y.Value().Shape()))
}

func constantRows() []opRow {
	of := func(name string, v float64, shape []int, want ...float64) opCase {
		return plainCase(name, func(in G.Nodes) (*G.Node, error) { return Full(in[0], v, shape...) }, nil, values(vec(1, 2)), want...)
	}
	return []opRow{{
		op: "Full",
		cases: []opCase{
			of("scalar", 0.5, nil, 0.5),
			of("matrix", -2, []int{2, 2}, -2, -2, -2, -2),
		},
		bad: []badCase{
			{"nil", func(*G.ExprGraph) error { return second(Full(nil, 1)) }, "is nil"},
			{"shape", func(g *G.ExprGraph) error { return second(Full(float(g, 1), 1, 2, 0)) }, "want at least 1 in every axis"},
		},
	}}
}

func diagonalRows() []opRow {
	add := func(in G.Nodes) (*G.Node, error) { return AddDiagonal(in[0], 10) }
	notSquare := func(f func(x *G.Node) (*G.Node, error)) []badCase {
		return []badCase{
			{"oblong", func(g *G.ExprGraph) error { return second(f(float(g, 3, 2))) }, "want square matrices"},
			{"vector", func(g *G.ExprGraph) error { return second(f(float(g, 3))) }, "want square matrices"},
		}
	}
	two := arr([]int{2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8)
	return []opRow{{
		op: "AddDiagonal",
		cases: []opCase{
			plainCase("matrix", add, nil, values(mat(2, 2, 1, 2, 3, 4)), 11, 2, 3, 14),
			plainCase("batch", add, nil, values(two), 11, 2, 3, 14, 15, 6, 7, 18),
			plainCase("one", add, nil, values(mat(1, 1, 1)), 11),
		},
		bad: notSquare(func(x *G.Node) (*G.Node, error) { return AddDiagonal(x, 1) }),
	}, {
		op: "ZeroDiagonal",
		cases: []opCase{
			plainCase("matrix", oneNode(ZeroDiagonal), nil, values(mat(2, 2, 1, 2, 3, 4)), 0, 2, 3, 0),
			plainCase("batch", oneNode(ZeroDiagonal), nil, values(two), 0, 2, 3, 0, 0, 6, 7, 0),
			plainCase("one", oneNode(ZeroDiagonal), nil, values(mat(1, 1, 1)), 0),
		},
		bad: notSquare(ZeroDiagonal),
	}, {
		op: "Transpose",
		cases: []opCase{
			plainCase("matrix", oneNode(Transpose), nil, values(mat(2, 3, 1, 2, 3, 4, 5, 6)), 1, 4, 2, 5, 3, 6),
			plainCase("batch", oneNode(Transpose), nil, values(arr([]int{2, 1, 2}, 1, 2, 3, 4)), 1, 2, 3, 4),
			plainCase("rank 4", oneNode(Transpose), nil, values(arr([]int{1, 2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8)), 1, 3, 2, 4, 5, 7, 6, 8),
			plainCase("row", oneNode(Transpose), nil, values(mat(1, 2, 1, 2)), 1, 2),
		},
		bad: []badCase{
			{"vector", func(g *G.ExprGraph) error { return second(Transpose(float(g, 3))) }, "want rank 2 to 4"},
		},
	}}
}

// The diagonal is replaced, not multiplied by 0, which is NaN for infinities.
func TestZeroDiagonalOfInfinities(t *testing.T) {
	x := mat(2, 2, math.Inf(1), 1, 2, math.NaN())
	y := must[*G.Node](t)(ZeroDiagonal(node(G.NewGraph(), "x", x)))
	assert.Equal(t, []float64{0, 1, 2, 0}, nums(eval(t, y)[0]))
}
