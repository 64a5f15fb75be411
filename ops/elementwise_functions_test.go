package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
)

func functionRows() []opRow {
	isNil := func(f func(x *G.Node) (*G.Node, error)) []badCase {
		return []badCase{{"nil", func(*G.ExprGraph) error { return second(f(nil)) }, "is nil"}}
	}
	clamp := func(x *G.Node) (*G.Node, error) { return Clamp(x, -.5, 2) }
	return []opRow{{
		op: "Softplus",
		cases: append(mapCases(oneNode(Softplus), func(x float64) float64 { return math.Log(1 + math.Exp(x)) }, random(1, 3), random(2, 2, 3)),
			plainCase("by hand", oneNode(Softplus), nil, values(vec(0, 800, -800)), math.Ln2, 800, 0)),
		bad: isNil(Softplus),
	}, {
		op: "Log",
		cases: append(mapCases(oneNode(Log), math.Log, positive(1, 3), positive(2, 2, 3)),
			plainCase("by hand", oneNode(Log), nil, values(vec(1, math.E, -1)), 0, 1, 0)),
		bad: isNil(Log),
	}, {
		op: "Clamp",
		cases: []opCase{
			plainCase("by hand", oneNode(clamp), nil, values(vec(-3, -.25, 1, 5)), -.5, -.25, 1, 2),
			plainCase("rank 3", oneNode(clamp), nil, values(arr([]int{1, 1, 2}, 3, 1)), 2, 1),
		},
		bad: []badCase{{"falling", func(g *G.ExprGraph) error { return second(Clamp(float(g, 1), 2, 1)) }, "from 2 to 1"}},
	}, {
		op: "Detach",
		cases: []opCase{fixedSecond(plainCase("by hand, beside the input", func(in G.Nodes) (*G.Node, error) {
			c, err := Detach(in[1])
			if err != nil {
				return nil, err
			}
			return Hadamard(in[0], c)
		}, nil, values(vec(2, 3), vec(5, 7)), 10, 21))},
		bad: isNil(Detach),
	}, {
		op: "Power",
		cases: []opCase{
			plainCase("by hand", twoNodes(Power), nil, values(mat(2, 2, 2, 3, 1, 4), vec(3, .5)), 8, math.Sqrt(3), 1, 2),
			plainCase("one exponent", twoNodes(Power), nil, values(arr([]int{1, 2, 2}, 1, 2, 3, 4), vec(-1)), 1, .5, 1./3, .25),
			plainCase("not above 0", twoNodes(Power), nil, values(vec(-4, 2), vec(2)), 0, 4),
			plainCase("vector", twoNodes(Power), nil, values(vec(2, 3), vec(1, 2)), 2, 9),
		},
		bad: []badCase{{"columns", func(g *G.ExprGraph) error { return second(Power(float(g, 2, 3), float(g, 2))) }, "want (3), a value a column, or (1)"}},
	}, betaKLRow()}
}

// fixedSecond is a case whose second input has no gradient.
func fixedSecond(c opCase) opCase {
	c.in[1].Fixed = true
	return c
}

// betaKLRow has KL(Beta(2, 1) ‖ Beta(1, 1)) = ∫ 2z log 2z = log 2 − ½, and by
// quadrature a case with another prior.
func betaKLRow() opRow {
	kl := func(c float64) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return BetaKL(in[0], in[1], c) }
	}
	integral := func(in []G.Value) []float64 {
		out := make([]float64, len(nums(in[0])))
		for i := range out {
			out[i] = betaIntegral(nums(in[0])[i], nums(in[1])[i], 2.5)
		}
		return out
	}
	return opRow{
		op: "BetaKL",
		cases: []opCase{
			plainCase("by hand", kl(1), nil, values(vec(1, 2, 1), vec(1, 1, 2)), 0, math.Ln2-.5, math.Ln2-.5),
			plainCase("the prior itself", kl(2.5), nil, values(mat(1, 1, 1), mat(1, 1, 2.5)), 0),
			plainCase("by quadrature", kl(2.5), integral, values(mat(2, 2, 2, 3.5, 5, 20), mat(2, 2, 3, 2, 6.25, 30))),
			plainCase("not above 0", kl(1), nil, values(vec(-1, 2), vec(1, -2)), 0, 0),
		},
		bad: []badCase{{"prior", func(g *G.ExprGraph) error { return second(BetaKL(float(g, 1), float(g, 1), 0)) }, "c = 0"}},
	}
}

// betaIntegral is ∫ q log(q/p) by Simpson's rule.
func betaIntegral(a, b, c float64) float64 {
	log := func(a, b, z float64) float64 {
		x, _ := math.Lgamma(a + b)
		y, _ := math.Lgamma(a)
		w, _ := math.Lgamma(b)
		return x - y - w + (a-1)*math.Log(z) + (b-1)*math.Log1p(-z)
	}
	const steps = 200000
	sum := 0.
	for i := 1; i < steps; i++ {
		z, w := float64(i)/steps, 2.
		if i%2 == 1 {
			w = 4
		}
		q := log(a, b, z)
		sum += w * math.Exp(q) * (q - log(1, c, z))
	}
	return sum / (3 * steps)
}

func TestDigammaAndTrigamma(t *testing.T) {
	const euler = 0.57721566490153286
	for x, want := range map[float64][2]float64{
		1:   {-euler, math.Pi * math.Pi / 6},
		.5:  {-euler - 2*math.Ln2, math.Pi * math.Pi / 2},
		2:   {1 - euler, math.Pi*math.Pi/6 - 1},
		100: {4.600161852738087, 0.010050166663333571},
	} {
		assert.InDelta(t, want[0], digamma(x), 1e-14*math.Max(1, math.Abs(want[0])), "ψ(%v)", x)
		assert.InDelta(t, want[1], trigamma(x), 1e-14*math.Max(1, want[1]), "ψ'(%v)", x)
	}
}

// Nothing reaches what is detached: the gradient of x·const(x) is x.
func TestDetachHasNoGradient(t *testing.T) {
	build := func(in G.Nodes) (*G.Node, error) {
		c, err := Detach(in[0])
		if err != nil {
			return nil, err
		}
		return Hadamard(in[0], c)
	}
	for _, vm := range machines() {
		assert.Equal(t, []float64{2, 3}, vm.slopes(t, build, vec(2, 3))[0], vm.name)
	}
}
