package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func propagateLinearRows() []opRow {
	layer := func(name string, p *Pattern, w, x, k, b G.Value, a Activation, want ...float64) opCase {
		rest := []gradcheck.Input{input("x", x), input("k", k)}
		if b != nil {
			rest = append(rest, input("b", b))
		}
		c := sparseCase(name, p, w, rest,
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				var bias *G.Node
				if b != nil {
					bias = in[2]
				}
				return PropagateLinear(m, in[0], in[1], bias, a)
			},
			func(m [][]float64, in []G.Value) []float64 {
				mx, f, h := times(m, nums(in[0]), width(in[0])), width(in[0]), width(in[1])
				out := make([]float64, len(m)*h)
				for i := range out {
					for j := range f {
						out[i] += mx[i/h*f+j] * nums(in[1])[j*h+i%h]
					}
					if b != nil {
						out[i] += nums(in[2])[i%h]
					}
					out[i] = numberOf(a, out[i])
				}
				return out
			}, want...)
		if b != nil {
			c.free = append(c.free, len(c.in)-1)
		}
		return c
	}
	cases := []opCase{
		// m·x is 23, 0, 1200, 141
		layer("by hand", oblong(), vec(2, 3, 5, 7, 11, 13), mat(3, 1, 1, 10, 100), mat(1, 2, 1, -2), vec(-100, 1), ReLU, 0, 0, 0, 1, 1100, 0, 41, 0),
		layer("without weights", oblong(), nil, apart(1, 3, 2), random(5, 2, 3), vec(.01, .02, .03), SELU),
		layer("without bias", oblong(), random(1, 6), apart(1, 3, 2), random(5, 2, 3), nil, SELU),
		layer("neither", oblong(), nil, apart(1, 3, 2), random(5, 2, 1), nil, Identity),
		layer("capacity beyond the entries", oblong(), random(1, 9), apart(2, 3, 2), random(5, 2, 2), vec(.3, .4), Tanh),
		layer("no entries", empty(), vec(1), apart(2, 2, 2), random(5, 2, 2), vec(.3, .4), SELU),
	}
	for _, a := range activations() {
		cases = append(cases, layer(titleOf(a), oblong(), random(3, 6), apart(4, 3, 2), random(5, 2, 2), vec(.31, .42), a))
	}
	cases = append(cases, propagateThenLinear())
	m := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3} }
	return []opRow{{
		op: "PropagateLinear", cases: cases,
		bad: []badCase{
			{"unknown activation", func(g *G.ExprGraph) error {
				return second(PropagateLinear(m(g), float(g, 3, 2), float(g, 2, 2), nil, "gelu"))
			}, `activation = "gelu"`},
			{"x", func(g *G.ExprGraph) error {
				return second(PropagateLinear(m(g), float(g, 4, 2), float(g, 2, 2), nil, ReLU))
			}, "x has shape (4, 2), want (3, f)"},
			{"kernel", func(g *G.ExprGraph) error {
				return second(PropagateLinear(m(g), float(g, 3, 2), float(g, 3, 2), nil, ReLU))
			}, "want 2 rows in the kernel"},
			{"bias", func(g *G.ExprGraph) error {
				return second(PropagateLinear(m(g), float(g, 3, 2), float(g, 2, 2), float(g, 3), ReLU))
			}, "the bias has shape (3), want (2)"},
			{"no pattern", func(g *G.ExprGraph) error {
				return second(PropagateLinear(Sparse{Rows: 4, Cols: 3}, float(g, 3, 2), float(g, 2, 2), nil, ReLU))
			}, "the pattern is nil"},
		},
	}}
}

func propagateBesideRows() []opRow {
	square := coo(3, 3, [2]int{0, 0}, [2]int{0, 2}, [2]int{2, 1})
	layer := func(name string, w, x, k, v, b G.Value, a Activation, want ...float64) opCase {
		rest := []gradcheck.Input{input("x", x), input("k", k), input("v", v)}
		if b != nil {
			rest = append(rest, input("b", b))
		}
		c := sparseCase(name, square, w, rest,
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				return PropagateLinearBeside(m, in[0], in[1], in[2], append(in, nil)[3], a)
			},
			func(m [][]float64, in []G.Value) []float64 {
				f, h := width(in[0]), width(in[1])
				out := times(rowsIn(times(m, nums(in[0]), f), f), nums(in[1]), h)
				for i, own := range times(rowsIn(nums(in[0]), f), nums(in[2]), h) {
					out[i] += own
					if len(in) > 3 {
						out[i] += nums(in[3])[i%h]
					}
					out[i] = numberOf(a, out[i])
				}
				return out
			}, want...)
		if b != nil {
			c.free = append(c.free, len(c.in)-1)
		}
		return c
	}
	cases := []opCase{
		// m·x is 302, 0, 50
		layer("by hand", vec(2, 3, 5), mat(3, 1, 1, 10, 100), mat(1, 1, 2), mat(1, 1, -3), vec(1), ReLU, 602, 0, 0),
		layer("without weights or bias", nil, apart(1, 3, 2), random(5, 2, 3), random(6, 2, 3), nil, SELU),
		layer("without activation", random(1, 3), apart(1, 3, 2), random(5, 2, 3), random(6, 2, 3), vec(.1, .2, .3), Identity),
		layer("neither", nil, apart(1, 3, 2), random(5, 2, 1), random(6, 2, 1), nil, Identity),
		layer("tanh", random(1, 3), apart(1, 3, 2), random(5, 2, 3), random(6, 2, 3), vec(.1, .2, .3), Tanh),
	}
	m := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", square), Rows: 3, Cols: 3} }
	return []opRow{{
		op: "PropagateLinearBeside", cases: cases,
		bad: []badCase{
			{"no V", func(g *G.ExprGraph) error {
				return second(PropagateLinearBeside(m(g), float(g, 3, 2), float(g, 2, 2), nil, nil, ReLU))
			}, "V is nil"},
			{"another V", func(g *G.ExprGraph) error {
				return second(PropagateLinearBeside(m(g), float(g, 3, 2), float(g, 2, 2), float(g, 2, 3), nil, ReLU))
			}, "the kernels W and V have shapes (2, 2) and (2, 3), want one shape"},
			{"not square", func(g *G.ExprGraph) error {
				p := Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}
				return second(PropagateLinearBeside(p, float(g, 3, 2), float(g, 2, 2), float(g, 2, 2), nil, ReLU))
			}, "a 4×3 matrix, want a square one"},
		},
	}}
}

// propagateThenLinear has a linear layer behind, whose product is the gradient
// that PropagateLinear's weights take apart.
func propagateThenLinear() opCase {
	rest := []gradcheck.Input{input("x", apart(1, 3, 2)), input("k", random(5, 2, 3)), input("b", vec(.01, .02, .03)), input("k2", random(6, 3, 2))}
	c := sparseCase("another layer behind", oblong(), random(3, 6), rest,
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			h, err := PropagateLinear(m, in[0], in[1], in[2], SELU)
			if err != nil {
				return nil, err
			}
			return Linear(h, in[3], nil, Identity)
		},
		func(m [][]float64, in []G.Value) []float64 {
			mx := rowsIn(times(m, nums(in[0]), width(in[0])), width(in[0]))
			h := times(mx, nums(in[1]), width(in[1]))
			for i := range h {
				h[i] = numberOf(SELU, h[i]+nums(in[2])[i%width(in[1])])
			}
			return times(rowsIn(h, width(in[1])), nums(in[3]), width(in[3]))
		})
	c.free = append(c.free, len(c.in)-2)
	return c
}

// What is kept is never that of other inputs: a new tensor, a number written
// into the old one, another pattern, other weights, all of them between runs of
// one program, forward and backward.
func TestPropagateLinearFollowsItsInputs(t *testing.T) {
	g := G.NewGraph()
	p := node(g, "p", oblong())
	w := G.NewVector(g, G.Float64, G.WithShape(6), G.WithName("w"), G.WithValue(vec(2, 3, 5, 7, 11, 13)))
	x := G.NewMatrix(g, G.Float64, G.WithShape(3, 1), G.WithName("x"), G.WithValue(mat(3, 1, 1, 10, 100)))
	k := G.NewMatrix(g, G.Float64, G.WithShape(1, 1), G.WithName("k"), G.WithValue(mat(1, 1, 2)))
	y, err := PropagateLinear(Sparse{Pattern: p, Weights: w, Rows: 4, Cols: 3}, x, k, nil, Identity)
	require.NoError(t, err)
	grads, err := G.Grad(G.Must(G.Sum(y)), k)
	require.NoError(t, err)
	var out, grad G.Value
	G.Read(y, &out)
	G.Read(grads[0], &grad)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	run := func(name string, want ...float64) {
		t.Helper()
		vm.Reset()
		require.NoError(t, vm.RunAll(), name)
		sum := 0.0
		for i, v := range want {
			want[i], sum = 2*v, sum+v
		}
		assert.Equal(t, want, nums(out), name)
		assert.Equal(t, []float64{sum}, nums(grad), name)
	}
	run("at first", 23, 0, 1200, 141)
	run("again", 23, 0, 1200, 141)
	x.Value().(*tensor.Dense).Set(0, 2.0)
	run("written into x", 26, 0, 1200, 152)
	require.NoError(t, G.Let(x, mat(3, 1, 1, 1, 1)))
	run("another x", 5, 0, 12, 24)
	w.Value().(*tensor.Dense).Set(0, 20.0)
	run("written into the weights", 23, 0, 12, 24)
	require.NoError(t, G.Let(w, vec(1, 1, 1, 1, 1, 1)))
	run("other weights", 2, 0, 2, 2)
	require.NoError(t, G.Let(p, coo(4, 3, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 2})))
	run("another pattern", 0, 3, 0, 0)
}

// What is sealed is known by its place: another tensor is noticed, also after
// something was written before it was sealed, and what is written afterwards,
// against the promise, is not.
func TestPropagateLinearOfSealedInputs(t *testing.T) {
	g := G.NewGraph()
	p := node(g, "p", oblong())
	w := G.NewVector(g, G.Float64, G.WithShape(6), G.WithName("w"), G.WithValue(vec(2, 3, 5, 7, 11, 13)))
	x := G.NewMatrix(g, G.Float64, G.WithShape(3, 1), G.WithName("x"), G.WithValue(mat(3, 1, 1, 10, 100)))
	k := G.NewMatrix(g, G.Float64, G.WithShape(1, 1), G.WithName("k"), G.WithValue(mat(1, 1, 2)))
	y, err := PropagateLinear(Sparse{Pattern: p, Weights: w, Rows: 4, Cols: 3}, x, k, nil, Identity)
	require.NoError(t, err)
	var out G.Value
	G.Read(y, &out)
	space := NewWorkspace(g)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	run := func(name string, want ...float64) {
		t.Helper()
		vm.Reset()
		space.Begin()
		defer space.End()
		require.NoError(t, vm.RunAll(), name)
		for i, v := range want {
			want[i] = 2 * v
		}
		assert.Equal(t, want, nums(out), name)
	}
	run("at first", 23, 0, 1200, 141)
	x.Value().(*tensor.Dense).Set(0, 2.0)
	space.Seal(x)
	space.Seal(w, nil) // x stays sealed
	run("written before it was sealed", 26, 0, 1200, 152)
	run("again", 26, 0, 1200, 152)
	x.Value().(*tensor.Dense).Set(0, 1.0)
	run("written against the promise", 26, 0, 1200, 152)
	w.Value().(*tensor.Dense).Set(0, 1.0)
	run("written against the promise for w", 26, 0, 1200, 152)
	w.Value().(*tensor.Dense).Set(0, 2.0)
	require.NoError(t, G.Let(x, mat(3, 1, 1, 1, 1)))
	run("another x", 5, 0, 12, 24)
	require.NoError(t, G.Let(w, vec(1, 1, 1, 1, 1, 1)))
	run("other weights", 2, 0, 2, 2)
	require.NoError(t, G.Let(p, coo(4, 3, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 2})))
	run("another pattern", 0, 3, 0, 0)
}

// What was sealed, or kept for a pattern, is let go when there is other: a
// workspace holds the memory of no tensor that has been replaced.
func TestSealedPlacesDoNotPileUp(t *testing.T) {
	g := G.NewGraph()
	p := node(g, "p", looped())
	x := G.NewMatrix(g, G.Float64, G.WithShape(4, 1), G.WithName("x"), G.WithValue(mat(4, 1, 1, 2, 3, 4)))
	k := G.NewMatrix(g, G.Float64, G.WithShape(1, 1), G.WithName("k"), G.WithValue(mat(1, 1, 2)))
	m := Sparse{Pattern: p, Rows: 4, Cols: 4, Capacity: 6}
	w, err := SymWeights(m, x, 0)
	require.NoError(t, err)
	m.Weights = w
	y, err := PropagateLinear(m, x, k, nil, Identity)
	require.NoError(t, err)
	space := NewWorkspace(g.SubgraphRoots(y))
	space.Seal(x)
	vm := G.NewTapeMachine(g.SubgraphRoots(y))
	defer vm.Close()
	for i := range 5 {
		require.NoError(t, G.Let(x, mat(4, 1, float64(i), 2, 3, 4)))
		require.NoError(t, G.Let(p, coo(4, 4, [2]int{0, i % 4}, [2]int{1, 0})))
		space.Begin()
		require.NoError(t, vm.RunAll())
		space.End()
		vm.Reset()
		assert.Len(t, space.sealed, 1)
		assert.Len(t, space.kept, 1)
	}
}
