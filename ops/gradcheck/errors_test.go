package gradcheck

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestCheckErrors(t *testing.T) {
	x := dense(G.Float64, 1, 3)
	id := func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return in[:1], nil }
	in := []Input{{Name: "x", Value: x}}
	calls := 0
	cases := []struct {
		name string
		c    Case
		o    Options
		want string
	}{
		{"no build", Case{Name: "c", Inputs: in}, Options{}, "gradcheck: c: no Build function"},
		{"no name", Case{Inputs: in}, Options{}, "gradcheck: no Build function"},
		{"no value", Case{Inputs: []Input{{}}, Build: id}, Options{}, "input in0 has no value"},
		{"twice", Case{Inputs: append(in, in...), Build: id}, Options{}, `two inputs are named "x"`},
		{"fixed", Case{Inputs: []Input{{Value: x, Fixed: true}}, Build: id}, Options{}, "nothing to check"},
		{"NaN", Case{Inputs: []Input{{Value: G.NewF64(math.NaN())}}, Build: id}, Options{}, "in0[] = NaN, want a finite number"},
		{"step", Case{Inputs: in, Build: id}, Options{Step: -1}, "Step = -1, want a positive number"},
		{"tol", Case{Inputs: in, Build: id}, Options{Tol: math.NaN()}, "Tol = NaN"},
		{"entries", Case{Inputs: in, Build: id}, Options{MaxEntries: -1}, "MaxEntries = -1, want 0 (all) or more"},
		{"vm", Case{Inputs: in, Build: id}, Options{VMs: []VM{3}}, "VMs has VM(3), want Tape or Lisp"},
		{"panic", Case{Inputs: in, Build: func(*G.ExprGraph, G.Nodes) (G.Nodes, error) { panic("oh") }}, Options{}, "Build: panic: oh"},
		{"error", Case{Inputs: in, Build: func(*G.ExprGraph, G.Nodes) (G.Nodes, error) { return One(nil, errors.New("oh")) }}, Options{}, "oh"},
		{"none", Case{Inputs: in, Build: func(*G.ExprGraph, G.Nodes) (G.Nodes, error) { return nil, nil }}, Options{}, "no output from Build"},
		{"nil", Case{Inputs: in, Build: func(*G.ExprGraph, G.Nodes) (G.Nodes, error) { return One(nil, nil) }}, Options{}, "output 0 of Build is nil"},
		{"other graph", Case{Inputs: in, Build: func(*G.ExprGraph, G.Nodes) (G.Nodes, error) {
			return One(G.NewScalar(G.NewGraph(), G.Float64), nil)
		}}, Options{}, "output 0 is on another graph"},
		{"int", Case{Inputs: []Input{{Value: tensor.New(tensor.WithBacking([]int{1, 2}))}}, Build: id}, Options{}, "output 0 is of int, want float32 or float64"},
		{"mixed", Case{Inputs: []Input{{Value: x}, {Value: dense(G.Float32, 1, 2)}}, Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return in, nil }}, Options{}, "want one dtype"},
		{"unbound", Case{Inputs: in, Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			return One(G.Add(in[0], G.NewVector(g, G.Float64, G.WithShape(3), G.WithName("w"))))
		}}, Options{}, "forward run: "},
		{"changing", Case{Inputs: in, Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			calls++
			w := G.NewVector(g, G.Float64, G.WithShape(3), G.WithName("w"), G.WithValue(dense(G.Float64, uint64(calls), 3)))
			return One(G.Add(in[0], w))
		}}, Options{}, "two calls of Build differ: variable w"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			err := Check(tc.c, tc.o)
			assert.ErrorContains(t, err, tc.want)
			assert.ErrorContains(t, err, "gradcheck: ")
		})
	}
}

func TestCheckReportsSharedMemory(t *testing.T) {
	c := curve{"identity", nil, func(int, float64) float64 { return 1 }}
	err := Check(curveCase(c, func(e elementwise) G.Op { e.shares = true; return withBoth(e) }, dense(G.Float64, 2, 3)), Options{})
	assert.ErrorContains(t, err, "gradcheck: identity: output 0 (identity) shares its memory with input x, want a copy")
}

func TestCheckReportsUnrepeatable(t *testing.T) {
	calls := 0.0
	c := curve{"drifting", func(_ int, x float64) float64 { calls++; return x + calls }, func(int, float64) float64 { return 1 }}
	err := Check(curveCase(c, withBoth, dense(G.Float64, 2, 3)), Options{})
	assert.ErrorContains(t, err, "gradcheck: drifting: two runs differ: output 0[0] is ")
}

func TestCheckReportsShapeOfRun(t *testing.T) {
	c := Case{
		Inputs: []Input{{Value: dense(G.Float64, 2, 3)}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			op := withBoth(elementwise{c: sine(cosAt), t: in[0].Type(), shape: tensor.Shape{4}})
			return One(G.ApplyOp(op, in[0]))
		},
	}
	assert.ErrorContains(t, Check(c, Options{}), "output 0 has shape (3) at run time, (4) at build")
}

func TestCheckReportsWrittenInput(t *testing.T) {
	// An op that adds 1 to its input and returns 0.
	c := curve{"writer", nil, func(int, float64) float64 { return 0 }}
	err := Check(curveCase(c, func(e elementwise) G.Op { e.writes = true; return withBoth(e) }, dense(G.Float64, 2, 3)), Options{})
	assert.EqualError(t, err, "gradcheck: writer: the run has changed the value of x")
}

func TestCheckReportsBuiltinReshapeThatOverwrites(t *testing.T) {
	// The built-in Reshape aliases, and Add writes into its left operand.
	c := Case{
		Inputs: []Input{{Name: "x", Value: dense(G.Float64, 2, 4)}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			y, err := G.Reshape(in[0], tensor.Shape{2, 2})
			if err != nil {
				return nil, err
			}
			return One(G.Add(y, y))
		},
	}
	assert.ErrorContains(t, Check(c, Options{}), "two runs differ: output 0[0 0] is ")
}

func TestCheckReportsErrorsOfGradients(t *testing.T) {
	fails := func(e elementwise) G.Op { return &failing{both{symbolicOnly{e}}} }
	c := curveCase(sine(cosAt), fails, dense(G.Float64, 2, 3))
	assert.ErrorContains(t, Check(c, Options{VMs: []VM{Tape}}), "gradcheck: sine: TapeMachine: symbolic gradient: ")
	assert.ErrorContains(t, Check(c, Options{VMs: []VM{Lisp}}), "no DoDiff today")
}
