package gradcheck

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestCheckBuiltin(t *testing.T) {
	type build = func(in G.Nodes) (*G.Node, error)
	cases := []struct {
		name  string
		build build
	}{
		{"Mul", func(in G.Nodes) (*G.Node, error) { return G.Mul(in[0], in[1]) }},
		{"Tanh", func(in G.Nodes) (*G.Node, error) { return G.Tanh(in[0]) }},
		{"Sum", func(in G.Nodes) (*G.Node, error) { return G.Sum(in[0]) }},
		{"Sum axis", func(in G.Nodes) (*G.Node, error) { return G.Sum(in[0], 1) }},
		{"Mean", func(in G.Nodes) (*G.Node, error) { return G.Mean(in[1]) }},
		{"HadamardProd", func(in G.Nodes) (*G.Node, error) { return G.HadamardProd(in[0], in[0]) }},
		{"Add", func(in G.Nodes) (*G.Node, error) { return G.Add(in[0], in[0]) }},
		{"SoftMax", func(in G.Nodes) (*G.Node, error) { return G.SoftMax(in[0], 1) }},
		{"Transpose", func(in G.Nodes) (*G.Node, error) { return G.Transpose(in[0], 1, 0) }},
		{"Slice row", func(in G.Nodes) (*G.Node, error) { return G.Slice(in[0], G.S(1)) }},
		{"Slice column", func(in G.Nodes) (*G.Node, error) { return G.Slice(in[0], nil, G.S(1)) }},
		{"input itself", func(in G.Nodes) (*G.Node, error) { return in[0], nil }},
	}
	for _, dt := range []tensor.Dtype{G.Float64, G.Float32} {
		for _, tc := range cases {
			t.Run(tc.name+" "+dt.String(), func(t *testing.T) {
				assert.NoError(t, Check(Case{
					Name:   tc.name,
					Inputs: []Input{{Value: dense(dt, 13, 4, 3)}, {Value: dense(dt, 14, 3, 5)}},
					Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
						return One(tc.build(in))
					},
				}, Options{}))
			})
		}
	}
}

func TestCheckBuiltinMaxOnLispMachine(t *testing.T) {
	c := Case{
		Inputs: []Input{{Name: "x", Value: dense(G.Float64, 15, 4, 3)}},
		Build:  func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return One(G.Max(in[0], 1)) },
	}
	ms := mismatches(t, Check(c, Options{}))
	require.Len(t, ms, 1)
	assert.Equal(t, Lisp, ms[0].VM)
}
