package gradcheck

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// mismatches unpacks the error of Check.
func mismatches(t *testing.T, err error) []*Mismatch {
	t.Helper()
	require.Error(t, err)
	all := []error{err}
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		all = j.Unwrap()
	}
	var ms []*Mismatch
	for _, e := range all {
		var m *Mismatch
		require.ErrorAs(t, e, &m)
		ms = append(ms, m)
	}
	return ms
}

func TestCheckPassesRightOp(t *testing.T) {
	for _, dt := range []tensor.Dtype{G.Float64, G.Float32} {
		for _, shape := range [][]int{{5}, {1}, {1, 1}, {3, 1}, {1, 4}, {3, 4}, {2, 3, 4}, {2, 1, 3, 2}} {
			c := curveCase(sine(cosAt), withBoth, dense(dt, 1, shape...))
			assert.NoError(t, Check(c, Options{}), "%v %v", dt, shape)
		}
	}
	for _, x := range []G.Value{G.NewF64(0.4), G.NewF32(0.4), tensor.New(tensor.FromScalar(0.4))} {
		assert.NoError(t, Check(curveCase(sine(cosAt), withBoth, x), Options{}), "%T", x)
	}
}

func TestCheckReportsWrongGradients(t *testing.T) {
	cases := []struct {
		name string
		df   func(i int, x float64) float64
	}{
		{"sign", func(_ int, x float64) float64 { return -math.Cos(x) }},
		{"factor", func(_ int, x float64) float64 { return 2 * math.Cos(x) }},
		{"one entry", func(i int, x float64) float64 {
			if i == 7 {
				return math.Cos(x) + 0.1
			}
			return math.Cos(x)
		}},
		{"NaN", func(i int, x float64) float64 {
			if i == 7 {
				return math.NaN()
			}
			return math.Cos(x)
		}},
		{"infinite", func(i int, x float64) float64 {
			if i == 7 {
				return math.Inf(1)
			}
			return math.Cos(x)
		}},
	}
	for _, tc := range cases {
		for _, dt := range []tensor.Dtype{G.Float64, G.Float32} {
			t.Run(tc.name+" "+dt.String(), func(t *testing.T) {
				err := Check(curveCase(sine(tc.df), withBoth, dense(dt, 2, 3, 4)), Options{})
				ms := mismatches(t, err)
				require.Len(t, ms, 2)
				for k, m := range ms {
					assert.Equal(t, VM(k), m.VM)
					assert.Equal(t, "x", m.Name)
					assert.False(t, m.Forward)
					assert.Equal(t, 12, m.Checked)
					if tc.name == "sign" || tc.name == "factor" {
						assert.Equal(t, 12, m.Wrong)
						continue
					}
					assert.Equal(t, 1, m.Wrong)
					assert.Equal(t, []int{1, 3}, m.Index)
					assert.Contains(t, m.Error(), m.VM.String()+": gradient of x[1 3]: symbolic ")
				}
			})
		}
	}
}

func TestCheckReportsSmallError(t *testing.T) {
	off := func(i int, x float64) float64 {
		if i == 2 {
			return math.Cos(x) * (1 + 1e-5)
		}
		return math.Cos(x)
	}
	ms := mismatches(t, Check(curveCase(sine(off), withBoth, dense(G.Float64, 3, 4)), Options{}))
	require.Len(t, ms, 2)
	assert.Equal(t, []int{2}, ms[0].Index)
}

func TestCheckReportsMissingDoDiff(t *testing.T) {
	c := curveCase(sine(cosAt), withSymbolic, dense(G.Float64, 4, 2, 3))
	ms := mismatches(t, Check(c, Options{}))
	require.Len(t, ms, 1)
	assert.Equal(t, Lisp, ms[0].VM)
	assert.Zero(t, ms[0].Got)
	assert.Equal(t, 6, ms[0].Wrong)
	assert.Contains(t, ms[0].Error(), "have DoDiff?")

	assert.NoError(t, Check(c, Options{VMs: []VM{Tape}}))
}

func TestCheckReportsMissingSymDiff(t *testing.T) {
	err := Check(curveCase(sine(cosAt), withNeither, dense(G.Float64, 4, 3)), Options{})
	assert.ErrorContains(t, err, "gradcheck: sine: TapeMachine: symbolic gradient: panic: ")
	assert.ErrorContains(t, err, "does every op on the way have SymDiff")
}

func TestCheckReportsWrongDiffWRT(t *testing.T) {
	ms := mismatches(t, Check(curveCase(sine(cosAt), withConstant, dense(G.Float64, 4, 3)), Options{}))
	require.Len(t, ms, 1, "DoDiff is right")
	assert.Equal(t, Tape, ms[0].VM)
	assert.Zero(t, ms[0].Got)
	assert.Contains(t, ms[0].Error(), "no differentiable path")
}

func TestCheckFindsOneEntryInTenThousand(t *testing.T) {
	square := func(_ int, x float64) float64 { return x * x }
	wrong := func(i int, x float64) float64 {
		if i == 4321 {
			return -2 * x
		}
		return 2 * x
	}
	ms := mismatches(t, Check(curveCase(curve{"square", square, wrong}, withBoth, dense(G.Float64, 5, 100, 100)), Options{}))
	require.Len(t, ms, 2)
	for _, m := range ms {
		assert.Equal(t, []int{43, 21}, m.Index)
		assert.Equal(t, 1, m.Wrong)
		assert.Equal(t, 10000, m.Checked)
	}
}

func TestCheckCountsEveryOutputEntry(t *testing.T) {
	// Only output 1 has the wrong gradient, and only in one entry.
	wrong := func(i int, x float64) float64 {
		if i == 5 {
			return 0
		}
		return math.Cos(x)
	}
	c := Case{
		Inputs: []Input{{Name: "x", Value: dense(G.Float64, 6, 2, 3)}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			a, err := G.Sum(in[0])
			if err != nil {
				return nil, err
			}
			b, err := apply(in[0], withBoth, sine(wrong))
			return G.Nodes{a, b, in[0]}, err
		},
	}
	ms := mismatches(t, Check(c, Options{}))
	require.Len(t, ms, 2)
	assert.Equal(t, []int{1, 2}, ms[0].Index)
	assert.Equal(t, []int{1, 2}, ms[1].Index)
}

func TestCheckForward(t *testing.T) {
	x := dense(G.Float64, 7, 2, 2)
	c := curveCase(sine(cosAt), withBoth, x)
	c.Forward = func(in []G.Value) ([][]float64, error) {
		var y []float64
		for _, v := range in[0].Data().([]float64) {
			y = append(y, math.Sin(v))
		}
		return [][]float64{y}, nil
	}
	assert.NoError(t, Check(c, Options{}))

	right := c.Forward
	c.Forward = func(in []G.Value) ([][]float64, error) {
		y, err := right(in)
		y[0][3] += 1e-6
		return y, err
	}
	ms := mismatches(t, Check(c, Options{}))
	require.Len(t, ms, 2)
	assert.True(t, ms[0].Forward)
	assert.Contains(t, ms[0].Error(), "gradcheck: sine: TapeMachine: output 0[1 1]: got ")
	assert.NoError(t, Check(c, Options{ForwardTol: 1e-5}))

	c.Forward = func([]G.Value) ([][]float64, error) { return [][]float64{nil}, nil }
	assert.NoError(t, Check(c, Options{}), "nil is not compared")
	c.Forward = func([]G.Value) ([][]float64, error) { return [][]float64{{1}}, nil }
	assert.ErrorContains(t, Check(c, Options{}), "gradcheck: sine: 1 entries from Forward for output 0, want 4 of shape (2, 2)")
	c.Forward = func([]G.Value) ([][]float64, error) { return nil, nil }
	assert.ErrorContains(t, Check(c, Options{}), "0 outputs from Forward, 1 from Build")
	c.Forward = func([]G.Value) ([][]float64, error) { panic("no") }
	assert.ErrorContains(t, Check(c, Options{}), "Forward: panic: no")
}

func TestCheckIndependentInput(t *testing.T) {
	c := Case{
		Inputs: []Input{
			{Name: "x", Value: dense(G.Float64, 8, 3)},
			{Name: "unused", Value: dense(G.Float64, 9, 2)},
		},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return One(G.Square(in[0])) },
	}
	assert.NoError(t, Check(c, Options{}))
	c.Inputs = c.Inputs[1:]
	c.Build = func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
		return One(G.NewVector(g, G.Float64, G.WithShape(2), G.WithName("c"), G.WithValue(dense(G.Float64, 10, 2))), nil)
	}
	c.Params = func(string) bool { return false }
	assert.NoError(t, Check(c, Options{}))
}

func TestCheckParams(t *testing.T) {
	w := dense(G.Float64, 11, 3, 2)
	before := w.Clone().(*tensor.Dense)
	double := func(_ int, x float64) float64 { return 2 * math.Cos(x) }
	c := Case{
		Name:   "layer",
		Inputs: []Input{{Name: "x", Value: dense(G.Float64, 12, 4, 3)}},
		Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			k := G.NewMatrix(g, G.Float64, G.WithShape(3, 2), G.WithName("kernel"), G.WithValue(w))
			y, err := apply(k, withBoth, sine(double))
			if err != nil {
				return nil, err
			}
			return One(G.Mul(in[0], y))
		},
	}
	ms := mismatches(t, Check(c, Options{}))
	require.Len(t, ms, 2)
	assert.Equal(t, "kernel", ms[0].Name)
	assert.Equal(t, 6, ms[0].Checked)
	assert.Equal(t, before.Data(), w.Data(), "parameters are never written")

	c.Params = func(name string) bool { return name != "kernel" }
	assert.NoError(t, Check(c, Options{}))
}
