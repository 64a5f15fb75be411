package ops

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// scaledRows is y_i = a_i² x_i of rows x and, without a derivative, a: a
// Custom with every kind of input. The pattern is there to be read.
func scaledRows(x, a, idx, p *G.Node) (*G.Node, error) {
	return Custom{
		Name: "ScaledRows", Inputs: "fcip",
		F32: scaleRows[float32], F64: scaleRows[float64],
		Diff: func(in G.Nodes, _, g *G.Node) (G.Nodes, error) {
			d, err := scaledRows(g, in[1], in[2], in[3])
			return G.Nodes{d, nil, nil, nil}, err
		},
	}.Apply(x, a, idx, p)
}

func scaleRows[T Float](r *Run[T]) error {
	x, a, n := r.Floats(0), r.Floats(1), r.Shape(0)[1]
	p := r.Pattern(3, 2, 2)
	for i, row := range r.Ints(2, len(a)) {
		for j := 0; row >= 0 && j < n; j++ {
			r.Out[i*n+j] = a[row] * a[row] * x[i*n+j] * T(p.NNZ()+1)
		}
	}
	return nil
}

// softsign is x/(1 + |x|), whose derivative is of Gorgonia's operations and of
// the result: it can be differentiated once more.
func softsign(x *G.Node) (*G.Node, error) {
	run := func(abs func(float64) float64) func(float64) float64 {
		return func(x float64) float64 { return x / (1 + abs(x)) }
	}(math.Abs)
	return Custom{
		Name: "Softsign", Inputs: "f",
		F32: func(r *Run[float32]) error {
			for i, v := range r.Floats(0) {
				r.Out[i] = float32(run(float64(v)))
			}
			return nil
		},
		F64: func(r *Run[float64]) error {
			for i, v := range r.Floats(0) {
				r.Out[i] = run(v)
			}
			return nil
		},
		Diff: func(_ G.Nodes, y, g *G.Node) (G.Nodes, error) {
			return one(G.HadamardProd(g, G.Must(G.Square(G.Must(Affine(G.Must(G.Abs(y)), -1, 1))))))
		},
	}.Apply(x)
}

// twice is 2x, whose derivative is called as an operation of this package that
// others look for.
func twice(x *G.Node) (*G.Node, error) {
	return elementwise("Twice", "f", func(_ G.Nodes, _, g *G.Node) (G.Nodes, error) {
		return one(elementwise("MulNT", "ff", nil, g, g))
	}, x)
}

// elementwise is a Custom that is 2x of its first input.
func elementwise(name, inputs string, diff func(in G.Nodes, y, g *G.Node) (G.Nodes, error), in ...*G.Node) (*G.Node, error) {
	return Custom{Name: name, Inputs: inputs, F32: double[float32], F64: double[float64], Diff: diff}.Apply(in...)
}

func double[T Float](r *Run[T]) error {
	for i, v := range r.Floats(0) {
		r.Out[i] = 2 * v
	}
	return nil
}

func one(n *G.Node, err error) (G.Nodes, error) { return G.Nodes{n}, err }

// largestColumn is the column of the largest value of each row, as ids.
func largestColumn(x *G.Node) (*G.Node, error) {
	return Custom{
		Name: "Largest", Inputs: "c",
		Shape: func(in []tensor.Shape) (tensor.Shape, error) { return in[0][:1].Clone(), wantRank("x", in[0], 2, 2) },
		IDs: func(r *Run[float64]) ([]int, error) {
			n := r.Shape(0)[1]
			ids := make([]int, r.Shape(0)[0])
			for i, v := range r.Floats(0) {
				if v > r.Floats(0)[i/n*n+ids[i/n]] {
					ids[i/n] = i % n
				}
			}
			return ids, nil
		},
	}.Apply(x)
}

func customRows() []opRow {
	in := inputs(input("x", random(1, 3, 2)), constantInput("a", vec(2, 3)), input("idx", idx(1, -1, 0)), input("p", coo(2, 2, [2]int{0, 1})))
	byHand := in[1:]
	byHand = append(inputs(input("x", mat(3, 2, 1, 2, 3, 4, 5, 6))), byHand...)
	rows := func(in G.Nodes) (*G.Node, error) { return scaledRows(in[0], in[1], in[2], in[3]) }
	refuse := func(name, want string, c Custom) badCase {
		return badCase{name, func(g *G.ExprGraph) error { return second(c.Apply(float(g, 2, 2))) }, want}
	}
	f32, f64 := func(*Run[float32]) error { return nil }, func(*Run[float64]) error { return nil }
	return []opRow{{
		op: "custom rows",
		cases: []opCase{
			{name: "by hand", in: byHand, build: rows, want: []float64{18, 36, 0, 0, 40, 48}},
		},
		bad: []badCase{
			refuse("no name", "no name or no input", Custom{Inputs: "f", F32: f32, F64: f64}),
			refuse("letters", `Inputs = "x" for 1 inputs`, Custom{Name: "a", Inputs: "x", F32: f32, F64: f64}),
			refuse("inputs", `Inputs = "ff" for 1 inputs`, Custom{Name: "a", Inputs: "ff", F32: f32, F64: f64}),
			refuse("no function", "want either F32 and F64, or IDs", Custom{Name: "a", Inputs: "f", F32: f32}),
			refuse("Shape", "ops: a: two axes", Custom{Name: "a", Inputs: "f", F32: f32, F64: f64, Shape: func([]tensor.Shape) (tensor.Shape, error) { return nil, errors.New("two axes") }}),
			refuse("a name that is a format", "ops: top5%d: two axes", Custom{Name: "top5%d", Inputs: "f", F32: f32, F64: f64, Shape: func([]tensor.Shape) (tensor.Shape, error) { return nil, errors.New("two axes") }}),
			refuse("panic", "ops: a: panic in Shape: runtime error: index out of range", Custom{Name: "a", Inputs: "f", F32: f32, F64: f64, Shape: func(in []tensor.Shape) (tensor.Shape, error) { return in[1], nil }}),
			refuse("ids with Diff", "both IDs and Diff", Custom{Name: "a", Inputs: "f", IDs: func(*Run[float64]) ([]int, error) { return nil, nil }, Diff: func(G.Nodes, *G.Node, *G.Node) (G.Nodes, error) { return nil, nil }}),
		},
	}, {
		op: "custom softsign",
		cases: []opCase{
			{name: "by hand", in: inputs(input("x", vec(1, -3, .25))), build: oneNode(softsign), want: []float64{.5, -.75, .2}},
		},
		bad: []badCase{refuse("no floats", "F32 and F64 without an input of floats", Custom{Name: "a", Inputs: "i", F32: f32, F64: f64})},
	}, {
		op: "custom of a name that is taken",
		cases: []opCase{{
			name: "in front of a layer", in: inputs(input("x", mat(2, 2, 1, 2, 3, 5)), input("w", mat(2, 2, 1, -1, 1, 3))), want: []float64{6, 10, 16, 24},
			build: func(in G.Nodes) (*G.Node, error) {
				y, err := Linear(in[0], in[1], nil, ReLU)
				if err != nil {
					return nil, err
				}
				return twice(y)
			},
		}},
		bad: []badCase{{"of nil", func(*G.ExprGraph) error { return second(twice(nil)) }, "ops: Twice: input 0 is nil"}},
	}, {
		op: "custom ids",
		cases: []opCase{{
			name: "then gather", in: inputs(input("x", mat(2, 3, 1, 3, 2, 6, 5, 4)), input("v", vec(10, 20, 30))), want: []float64{20, 10},
			build: func(in G.Nodes) (*G.Node, error) {
				ids, err := largestColumn(in[0])
				if err != nil {
					return nil, err
				}
				return Gather(in[1], ids)
			},
		}},
		bad: []badCase{{"a vector", func(g *G.ExprGraph) error { return second(largestColumn(float(g, 3))) }, "x has shape (3), want rank 2"}},
	}}
}

// Two Customs that differ in Attrs alone are two nodes; equal ones are one.
func TestCustomsAreMergedWhereTheyAreTheSame(t *testing.T) {
	scale := func(x *G.Node, by float64, attrs string) *G.Node {
		return must[*G.Node](t)(Custom{
			Name: "Scale", Attrs: attrs, Inputs: "f",
			F32: func(*Run[float32]) error { return nil },
			F64: func(r *Run[float64]) error {
				for i, v := range r.Floats(0) {
					r.Out[i] = by * v
				}
				return nil
			},
		}.Apply(x))
	}
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	a, b, c := scale(x, 2, "2"), scale(x, 3, "3"), scale(x, 2, "2")
	got := eval(t, a, b)
	assert.Equal(t, []float64{2, 4}, nums(got[0]))
	assert.Equal(t, []float64{3, 6}, nums(got[1]))
	assert.Equal(t, a.Hashcode(), c.Hashcode())
}

// What a run or a derivative does wrong is an error that says what.
func TestCustomsThatFail(t *testing.T) {
	broken := func(run func(r *Run[float64]) error) error {
		g := G.NewGraph()
		n, err := Custom{Name: "Broken", Inputs: "fi", F32: func(*Run[float32]) error { return nil }, F64: run}.Apply(node(g, "x", vec(1, 2)), index(g, 5))
		require.NoError(t, err)
		vm := G.NewTapeMachine(n.Graph())
		defer vm.Close()
		return vm.RunAll()
	}
	assert.ErrorContains(t, broken(func(r *Run[float64]) error { return errors.New("no way") }), "ops: Broken: no way")
	assert.ErrorContains(t, broken(func(r *Run[float64]) error { r.Out[2] = 1; return nil }), "ops: Broken: internal error: runtime error: index out of range")
	assert.ErrorContains(t, broken(func(r *Run[float64]) error { r.Ints(1, 2); return nil }), "ops: Broken: index 0 is 5, want 0 to 1")
	assert.ErrorContains(t, broken(func(r *Run[float64]) error { r.Pattern(0, 1, 1); return nil }), "ops: Broken: input 0: not a sparse pattern")
	assert.ErrorContains(t, broken(func(r *Run[float64]) error { r.Floats(1); return nil }), "ops: Broken: input 1: dtype int, want float64")

	derived := func(diff func(in G.Nodes, y, g *G.Node) (G.Nodes, error)) error {
		x := node(G.NewGraph(), "x", vec(1, 2))
		y := must[*G.Node](t)(Custom{Name: "Odd", Inputs: "f", F32: func(*Run[float32]) error { return nil }, F64: func(*Run[float64]) error { return nil }, Diff: diff}.Apply(x))
		_, err := G.Grad(must[*G.Node](t)(Sum(y)), x)
		return err
	}
	for want, diff := range map[string]func(in G.Nodes, y, g *G.Node) (G.Nodes, error){
		"ops: Odd: Diff gave 0 nodes, want 1":                                                func(G.Nodes, *G.Node, *G.Node) (G.Nodes, error) { return nil, nil },
		"ops: Odd: the derivative of input 0 is nil, want of shape (2)":                      func(G.Nodes, *G.Node, *G.Node) (G.Nodes, error) { return G.Nodes{nil}, nil },
		"ops: Odd: the derivative of input 0 is of shape () and dtype float64, want of shap": func(_ G.Nodes, _, g *G.Node) (G.Nodes, error) { return one(Sum(g)) },
		"ops: Odd: panic in Diff: ":                                                          func(in G.Nodes, _, _ *G.Node) (G.Nodes, error) { return in[3:], nil },
	} {
		assert.ErrorContains(t, derived(diff), want)
	}
}

// A Custom is checked from outside as any other expression.
func TestGradcheckOfACustom(t *testing.T) {
	wrong := func(x *G.Node) (*G.Node, error) {
		return Custom{
			Name: "Double", Inputs: "f", F32: func(*Run[float32]) error { return nil },
			F64: func(r *Run[float64]) error {
				for i, v := range r.Floats(0) {
					r.Out[i] = 2 * v
				}
				return nil
			},
			Diff: func(_ G.Nodes, _, g *G.Node) (G.Nodes, error) { return one(Affine(g, 3, 0)) },
		}.Apply(x)
	}
	err := gradcheck.Check(gradcheck.Case{
		Inputs: inputs(input("x", vec(1, 2))),
		Build:  func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return gradcheck.One(wrong(in[0])) },
	}, gradcheck.Options{})
	var m *gradcheck.Mismatch
	assert.ErrorAs(t, err, &m)
}
