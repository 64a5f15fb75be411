package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// mapCases is what an elementwise function is tried on, with the same function
// of numbers as reference.
func mapCases(build func(in G.Nodes) (*G.Node, error), f func(x float64) float64, x ...G.Value) []opCase {
	var cases []opCase
	for _, v := range x {
		cases = append(cases, plainCase("of shape "+shapeName(v), build, func(in []G.Value) []float64 {
			out := nums(in[0])
			for i := range out {
				out[i] = f(out[i])
			}
			return out
		}, values(v)))
	}
	return cases
}

func shapeName(v G.Value) string { return "r" + string(rune('0'+v.Shape().Dims())) }

func elementwiseRows() []opRow {
	affine := func(in G.Nodes) (*G.Node, error) { return Affine(in[0], -2, 3) }
	isNil := func(f func(x *G.Node) (*G.Node, error)) []badCase {
		return []badCase{{"nil", func(*G.ExprGraph) error { return second(f(nil)) }, "is nil"}}
	}
	return []opRow{{
		op: "Affine",
		cases: append(mapCases(affine, func(x float64) float64 { return -2*x + 3 }, G.NewF64(0.5), random(1, 3), random(2, 2, 3, 2)),
			plainCase("by hand", affine, nil, values(vec(0, 1, -1)), 3, 1, 5)),
		bad: isNil(func(x *G.Node) (*G.Node, error) { return Affine(x, 1, 1) }),
	}, {
		op: "Hadamard",
		cases: []opCase{
			plainCase("by hand", twoNodes(Hadamard), nil, values(mat(2, 2, 1, 2, 3, 4), mat(2, 2, 1, 10, 100, 1000)), 1, 20, 300, 4000),
			plainCase("scalars", twoNodes(Hadamard), nil, values(G.NewF64(3), G.NewF64(4)), 12),
			plainCase("rank 3", twoNodes(Hadamard), nil, values(arr([]int{1, 1, 2}, 2, 3), arr([]int{1, 1, 2}, 5, 7)), 10, 21),
		},
		bad: []badCase{
			{"shapes", func(g *G.ExprGraph) error { return second(Hadamard(float(g, 3), float(g, 2))) }, "has shape (2), want (3)"},
			{"a column and a vector", func(g *G.ExprGraph) error { return second(Hadamard(float(g, 3, 1), float(g, 3))) }, "want (3, 1)"},
			{"mixed dtypes", func(g *G.ExprGraph) error { return second(Hadamard(float(g, 3), single32(g, 3))) }, "has dtype float32"},
		},
	}, {
		op: "Sqrt",
		cases: append(mapCases(oneNode(Sqrt), math.Sqrt, G.NewF64(2), positive(1, 3), positive(2, 2, 2)),
			plainCase("by hand", oneNode(Sqrt), nil, values(vec(4, 9, 0.25)), 2, 3, 0.5),
			plainCase("negative", oneNode(Sqrt), nil, values(vec(-1, -4)), 0, 0)),
		bad: isNil(Sqrt),
	}, invSqrtRow(), negXLogXRow(), divideRow()}
}

func invSqrtRow() opRow {
	inv := func(eps float64) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return InvSqrt(in[0], eps) }
	}
	f := func(x float64) float64 { return 1 / (math.Sqrt(x) + 0.5) }
	return opRow{
		op: "InvSqrt",
		cases: append(mapCases(inv(0.5), f, G.NewF64(2), positive(1, 3), positive(2, 2, 2)),
			plainCase("by hand", inv(0), nil, values(vec(4, 1, 0.25)), 0.5, 1, 2),
			plainCase("by hand with epsilon", inv(1), nil, values(vec(4, 1)), 1./3, 0.5),
			plainCase("negative", inv(0), nil, values(vec(-1, -4)), 0, 0),
			plainCase("negative with epsilon", inv(0.5), nil, values(vec(-1, -4)), 0, 0)),
		bad: []badCase{
			{"negative epsilon", func(g *G.ExprGraph) error { return second(InvSqrt(float(g, 1), -1)) }, "ε = -1"},
			{"NaN epsilon", func(g *G.ExprGraph) error { return second(InvSqrt(float(g, 1), math.NaN())) }, "ε = NaN"},
		},
	}
}

func negXLogXRow() opRow {
	entropy := func(eps float64) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return NegXLogX(in[0], eps) }
	}
	zero := opCase{
		name: "zero", want: []float64{0, 0}, build: entropy(0.5),
		in: []gradcheck.Input{constantInput("x", vec(0, 0))},
	}
	return opRow{
		op: "NegXLogX",
		cases: append(mapCases(entropy(0.1), func(x float64) float64 { return -x * math.Log(x+0.1) }, G.NewF64(0.5), positive(1, 3), positive(2, 2, 2)),
			plainCase("by hand", entropy(0), nil, values(vec(1, math.E, 0.5)), 0, -math.E, 0.5*math.Ln2), zero),
		bad: []badCase{
			{"negative epsilon", func(g *G.ExprGraph) error { return second(NegXLogX(float(g, 1), -1)) }, "ε = -1"},
			{"NaN epsilon", func(g *G.ExprGraph) error { return second(NegXLogX(float(g, 1), math.NaN())) }, "ε = NaN"},
		},
	}
}

func divideRow() opRow {
	divide := func(name string, a, b G.Value, want ...float64) opCase {
		return plainCase(name, twoNodes(Divide), func(in []G.Value) []float64 {
			out, b := nums(in[0]), nums(in[1])
			for i := range out {
				out[i] /= b[i/(len(out)/len(b))]
			}
			return out
		}, values(a, b), want...)
	}
	return opRow{
		op: "Divide",
		cases: []opCase{
			divide("by hand", mat(2, 2, 1, 2, 3, 4), vec(2, 4), 0.5, 1, 0.75, 1),
			divide("one shape", random(1, 2, 3), random(2, 2, 3)),
			divide("a number a block", random(3, 2, 3, 2), random(4, 2)),
			divide("a row of numbers", random(3, 2, 3, 2), random(4, 2, 3)),
			divide("by a scalar", random(5, 2, 3), G.NewF64(-0.5)),
			divide("scalars", G.NewF64(3), G.NewF64(4), 0.75),
		},
		bad: []badCase{
			{"more axes", func(g *G.ExprGraph) error { return second(Divide(float(g, 3), float(g, 3, 1))) }, "of its first axes"},
			{"other axes", func(g *G.ExprGraph) error { return second(Divide(float(g, 3, 2), float(g, 2))) }, "of its first axes"},
			{"mixed dtypes", func(g *G.ExprGraph) error { return second(Divide(float(g, 3), single32(g, 3))) }, "has dtype float32"},
		},
	}
}

// What has no finite derivative, or no value, is 0, on both machines.
func TestZeros(t *testing.T) {
	for _, c := range []struct {
		name        string
		build       func(in G.Nodes) (*G.Node, error)
		in          []G.Value
		value, want []float64
	}{
		{"Sqrt", oneNode(Sqrt), values(vec(0, 4, -1)), []float64{0, 2, 0}, []float64{0, 0.25, 0}},
		{"InvSqrt", func(in G.Nodes) (*G.Node, error) { return InvSqrt(in[0], 0) }, values(vec(0, 4, -1)), []float64{0, 0.5, 0}, []float64{0, -0.0625, 0}},
		{"InvSqrt with epsilon", func(in G.Nodes) (*G.Node, error) { return InvSqrt(in[0], 0.5) }, values(vec(0)), []float64{0}, []float64{0}},
		{"NegXLogX", func(in G.Nodes) (*G.Node, error) { return NegXLogX(in[0], 0) }, values(vec(0, 1)), []float64{0, 0}, []float64{0, -1}},
		{"NegXLogX with epsilon", func(in G.Nodes) (*G.Node, error) { return NegXLogX(in[0], 0.5) }, values(vec(0)), []float64{0}, []float64{math.Ln2}},
		{"Divide", twoNodes(Divide), values(mat(2, 2, 1, 2, 3, 4), vec(0, 2)), []float64{0, 0, 1.5, 2}, []float64{0, 0, 0.5, 0.5, 0, -1.75}},
		{"Norm", func(in G.Nodes) (*G.Node, error) { return Norm(in[0], 1) }, values(mat(2, 2, 0, 0, 3, 4)), []float64{0, 5}, []float64{0, 0, 0.6, 0.8}},
		{"relu", func(in G.Nodes) (*G.Node, error) { return Activate(in[0], ReLU) }, values(vec(0, -1, 2)), []float64{0, 0, 2}, []float64{0, 0, 1}},
	} {
		g := G.NewGraph()
		var in G.Nodes
		for _, v := range c.in {
			in = append(in, node(g, name(g), v))
		}
		assert.Equal(t, c.value, nums(eval(t, must[*G.Node](t)(c.build(in)))[0]), c.name)
		for _, vm := range machines() {
			var got []float64
			for _, d := range vm.slopes(t, c.build, c.in...) {
				got = append(got, d...)
			}
			assert.InDeltaSlice(t, c.want, got, 1e-15, "%s on the %s", c.name, vm.name)
		}
	}
}
