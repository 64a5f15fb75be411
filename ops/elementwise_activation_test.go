package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

// numberOf is the activation of a number.
func numberOf(a Activation, x float64) float64 {
	switch a {
	case ReLU:
		return max(0, x)
	case SELU:
		if x > 0 {
			return 1.0507009873554805 * x
		}
		return 1.0507009873554805 * 1.6732632423543772 * (math.Exp(x) - 1)
	case ELU:
		if x > 0 {
			return x
		}
		return math.Exp(x) - 1
	case Tanh:
		return math.Tanh(x)
	case Sigmoid:
		return 1 / (1 + math.Exp(-x))
	}
	return x
}

func activationRows() []opRow {
	var cases []opCase
	for _, a := range activations() {
		for _, c := range mapCases(func(in G.Nodes) (*G.Node, error) { return Activate(in[0], a) }, func(x float64) float64 { return numberOf(a, x) }, G.NewF64(0.5), random(1, 5), random(2, 2, 3, 2)) {
			c.name = titleOf(a) + " " + c.name
			cases = append(cases, c)
		}
	}
	hand := plainCase("relu by hand", func(in G.Nodes) (*G.Node, error) { return Activate(in[0], ReLU) }, nil, values(vec(-2, 3)), 0, 3)
	return []opRow{{
		op: "Activate", cases: append(cases, hand),
		bad: []badCase{
			{"unknown", func(g *G.ExprGraph) error { return second(Activate(float(g, 3), "gelu")) }, `activation = "gelu", want relu`},
		},
	}}
}

// titleOf is the name of a, which for the identity is "".
func titleOf(a Activation) string {
	if a == Identity {
		return "identity"
	}
	return string(a)
}

func TestSELUsConstants(t *testing.T) {
	x := node(G.NewGraph(), "x", vec(1, -math.Ln2))
	y := nums(eval(t, must[*G.Node](t)(Activate(x, SELU)))[0])
	assert.InDelta(t, 1.0507009873554805, y[0], 1e-15)
	assert.InDelta(t, -0.5*1.0507009873554805*1.6732632423543772, y[1], 1e-15)
}

func TestActivationsOfExtremeValues(t *testing.T) {
	x := vec(-1e4, 1e4)
	for a, want := range map[Activation][]float64{
		Identity: {-1e4, 1e4}, ReLU: {0, 1e4}, Tanh: {-1, 1}, Sigmoid: {0, 1}, ELU: {-1, 1e4},
	} {
		y := must[*G.Node](t)(Activate(node(G.NewGraph(), "x", x), a))
		assert.InDeltaSlice(t, want, nums(eval(t, y)[0]), 1e-12, string(a))
	}
}

func TestParseActivation(t *testing.T) {
	for name, want := range map[string]Activation{
		"": Identity, "linear": Identity, "Linear": Identity, "none": Identity, "identity": Identity,
		"relu": ReLU, "ReLU": ReLU, "selu": SELU, "ELU": ELU, "tanh": Tanh, "Sigmoid": Sigmoid,
	} {
		got, err := ParseActivation(name)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
	}
	_, err := ParseActivation("gelu")
	assert.EqualError(t, err, `ops: activation = "gelu", want relu, selu, elu, tanh, sigmoid or identity`)
}
