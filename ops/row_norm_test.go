package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func normRows() []opRow {
	norm := func(name string, x G.Value, axes int, want ...float64) opCase {
		return plainCase(name, func(in G.Nodes) (*G.Node, error) { return Norm(in[0], axes) }, func(in []G.Value) []float64 {
			blocks := 1
			for _, d := range in[0].Shape()[:axes] {
				blocks *= d
			}
			out := make([]float64, blocks)
			x := nums(in[0])
			for i, v := range x {
				s := i / (len(x) / blocks)
				out[s] = math.Hypot(out[s], v)
			}
			return out
		}, values(x), want...)
	}
	sum := func(name string, x G.Value, want ...float64) opCase {
		return plainCase(name, oneNode(Sum), nil, values(x), want...)
	}
	mean := func(name string, x, w G.Value, want ...float64) opCase {
		return opCase{
			name: name, want: want, build: twoNodes(MeanWhere),
			in: []gradcheck.Input{input("x", x), constantInput("w", w)},
		}
	}
	return []opRow{{
		op: "Where",
		cases: []opCase{{
			name: "some", want: []float64{1, 0, 3, 8}, build: twoNodes(Where),
			in: []gradcheck.Input{input("x", mat(2, 2, 1, 2, 3, 8)), constantInput("w", mat(2, 2, 1, 0, -2, 0.5))},
		}},
		bad: []badCase{
			{"shapes", func(g *G.ExprGraph) error { return second(Where(float(g, 3), float(g, 2))) }, "w has shape (2), want (3)"},
		},
	}, {
		op: "Norm",
		cases: []opCase{
			norm("rows", mat(2, 2, 3, 4, 5, 12), 1, 5, 13),
			norm("all", mat(2, 2, 1, 2, 2, 4), 0, 5),
			norm("each", vec(-3, 4), 1, 3, 4),
			norm("matrices", random(1, 2, 3, 2), 1),
			norm("rows of matrices", random(1, 2, 3, 2), 2),
			norm("scalar", G.NewF64(-3), 0, 3),
		},
		bad: []badCase{
			{"nil", func(*G.ExprGraph) error { return second(Norm(nil, 0)) }, "axes = 0 of"},
			{"negative axes", func(g *G.ExprGraph) error { return second(Norm(float(g, 2), -1)) }, "axes = -1 of"},
			{"more axes", func(g *G.ExprGraph) error { return second(Norm(float(g, 2), 2)) }, "axes = 2 of"},
		},
	}, {
		op: "Sum",
		cases: []opCase{
			sum("matrix", mat(2, 2, 1, 2, 3, 4), 10),
			sum("scalar", G.NewF64(3), 3),
			sum("rank 3", arr([]int{1, 2, 1}, 1, 2), 3),
		},
		bad: []badCase{{"nil", func(*G.ExprGraph) error { return second(Sum(nil)) }, "is nil"}},
	}, {
		op: "MeanWhere",
		cases: []opCase{
			mean("some", mat(2, 2, 1, 2, 3, 8), mat(2, 2, 1, 0, -2, 0.5), 4),
			mean("none", vec(1, 2), vec(0, 0), 0),
			mean("one", vec(5), vec(1), 5),
		},
		bad: []badCase{
			{"shapes", func(g *G.ExprGraph) error { return second(MeanWhere(float(g, 3), float(g, 2))) }, "w has shape (2), want (3)"},
			{"mixed dtypes", func(g *G.ExprGraph) error { return second(MeanWhere(float(g, 3), single32(g, 3))) }, "has dtype float32"},
		},
	}}
}

func TestMeanWhereIgnoresNaN(t *testing.T) {
	x, w := vec(1, math.NaN(), 3), vec(1, 0, 1)
	for _, vm := range machines() {
		assert.Equal(t, []float64{0.5, 0, 0.5}, vm.slopes(t, twoNodesFixed(MeanWhere, w), x)[0], vm.name)
	}
	g := G.NewGraph()
	y := must[*G.Node](t)(MeanWhere(node(g, "x", x), node(g, "w", w)))
	assert.Equal(t, []float64{2}, nums(eval(t, y)[0]))
}

func TestWhereIgnoresNaN(t *testing.T) {
	x, w := vec(2, math.NaN(), math.Inf(1)), vec(1, 0, 0)
	squares := func(in G.Nodes) (*G.Node, error) {
		y, err := twoNodesFixed(Where, w)(in)
		if err != nil {
			return nil, err
		}
		return Hadamard(y, y)
	}
	for _, vm := range machines() {
		assert.Equal(t, []float64{4, 0, 0}, vm.slopes(t, squares, x)[0], vm.name)
	}
}

// twoNodesFixed makes the second input one that is not differentiated.
func twoNodesFixed(f func(a, b *G.Node) (*G.Node, error), b G.Value) func(G.Nodes) (*G.Node, error) {
	return func(in G.Nodes) (*G.Node, error) { return f(in[0], node(in[0].Graph(), "fixed", b)) }
}

// A norm in float32 is summed in float64: it neither overflows nor vanishes.
func TestNormOfLargeAndSmallFloat32(t *testing.T) {
	for _, scale := range []float64{1e30, 1e-30} {
		y := must[*G.Node](t)(Norm(node(G.NewGraph(), "x", single(vec(3*scale, 4*scale))), 0))
		assert.InEpsilon(t, 5*scale, nums(eval(t, y)[0])[0], 1e-6)
	}
}
