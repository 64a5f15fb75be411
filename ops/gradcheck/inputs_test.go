package gradcheck

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestCheckMaxEntries(t *testing.T) {
	c := curveCase(sine(func(int, float64) float64 { return 9 }), withBoth, dense(G.Float64, 16, 50))
	ms := mismatches(t, Check(c, Options{MaxEntries: 10}))
	require.Len(t, ms, 2)
	assert.Equal(t, 10, ms[0].Checked)
	assert.Equal(t, Check(c, Options{MaxEntries: 10, Seed: 3}).Error(), Check(c, Options{MaxEntries: 10, Seed: 3}).Error())
}

func TestCheckLeavesInputsAlone(t *testing.T) {
	whole := dense(G.Float64, 17, 4, 6)
	before := whole.Clone().(*tensor.Dense)
	view, err := whole.Slice(nil, G.S(1, 4))
	require.NoError(t, err)
	c := curveCase(sine(cosAt), withBoth, view.(*tensor.Dense))
	assert.NoError(t, Check(c, Options{}))
	assert.Equal(t, before.Data(), whole.Data())
}

func TestCheckConstantInputs(t *testing.T) {
	c := Case{
		Inputs: []Input{
			{Name: "x", Value: dense(G.Float64, 18, 5)},
			{Name: "mask", Value: dense(G.Float64, 19, 5), Fixed: true},
			{Name: "index", Value: tensor.New(tensor.WithBacking([]int{2, 0, 1}))},
		},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			if in[2].Dtype() != G.Int {
				return nil, errors.New("index is no vector of int")
			}
			return One(G.HadamardProd(in[0], in[1]))
		},
	}
	assert.NoError(t, Check(c, Options{}))
}

func TestCheckOpaqueInput(t *testing.T) {
	for _, factor := range []float64{3, 4} {
		c := Case{
			Inputs: []Input{{Name: "x", Value: dense(G.Float64, 20, 3, 2)}, {Name: "factor", Value: opaque(factor)}},
			Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				return One(G.ApplyOp(&scaled{t: in[0].Type(), shape: in[0].Shape(), claimed: 3}, in...))
			},
		}
		if err := Check(c, Options{}); factor == 3 {
			assert.NoError(t, err)
		} else {
			assert.Len(t, mismatches(t, err), 2)
		}
	}
}

func TestCheckSameOutputTwice(t *testing.T) {
	c := curveCase(sine(cosAt), withBoth, dense(G.Float64, 21, 3, 2))
	build := c.Build
	c.Build = func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
		y, err := build(g, in)
		return append(y, y...), err
	}
	assert.NoError(t, Check(c, Options{}))
}

func TestCheckSecondLookAtKink(t *testing.T) {
	// |x| with a kink within the step, not at the point.
	x := tensor.New(tensor.WithBacking([]float64{3e-6, -2e-6}))
	abs := curve{
		"abs", func(_ int, x float64) float64 { return math.Abs(x) },
		func(_ int, x float64) float64 { return math.Copysign(1, x) },
	}
	assert.NoError(t, Check(curveCase(abs, withBoth, x), Options{}))
	x.Set(0, 0.0)
	assert.Len(t, mismatches(t, Check(curveCase(abs, withBoth, x), Options{})), 2)
}

func TestCheckSecondLookAtRounding(t *testing.T) {
	large := curve{
		"large", func(_ int, x float64) float64 { return 1e6 + math.Sin(x) },
		cosAt,
	}
	assert.NoError(t, Check(curveCase(large, withBoth, dense(G.Float64, 22, 5)), Options{}))
}
