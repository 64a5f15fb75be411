package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func normalizeRows() []opRow {
	weights := func(name string, p *Pattern, eps float64, want ...float64) opCase {
		c := sparseCase(name, p, nil, []gradcheck.Input{input("like", vec(1))}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			return SymWeights(m, in[0], eps)
		}, nil, want...)
		c.ref = func(in []G.Value) []float64 { return symReference(in[0].(*Pattern), eps) }
		return c
	}
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}
	}
	six, three := 1/math.Sqrt(6), 1/math.Sqrt(3)
	return []opRow{{
		op: "SymWeights",
		cases: []opCase{
			weights("by hand", looped(), 0, six, three, three, six, 0.5, three, 0, 0),
			weights("epsilon", looped(), 0.1),
			weights("no entries", empty(), 0, 0, 0),
			weights("an entry to a column without a row", coo(2, 2, [2]int{0, 1}), 0, 0, 0, 0),
			weights("epsilon of a column without a row", coo(2, 2, [2]int{0, 1}), 0.5, 0, 0, 0),
		},
		bad: []badCase{
			{"no dtype", func(g *G.ExprGraph) error { return second(SymWeights(m(g), nil, 0)) }, "is nil"},
			{"negative epsilon", func(g *G.ExprGraph) error { return second(SymWeights(m(g), float(g, 1), -1)) }, "ε = -1"},
			{"NaN epsilon", func(g *G.ExprGraph) error { return second(SymWeights(m(g), float(g, 1), math.NaN())) }, "ε = NaN"},
			{"oblong", func(g *G.ExprGraph) error {
				s := m(g)
				s.Cols = 3
				return second(SymWeights(s, float(g, 1), 0))
			}, "a 4×3 matrix"},
			{"no room", func(g *G.ExprGraph) error {
				s := m(g)
				s.Capacity = 0
				return second(SymWeights(s, float(g, 1), 0))
			}, "want at least 1"},
		},
	}}
}

func symReference(p *Pattern, eps float64) []float64 {
	inverse := func(i int) float64 {
		d := float64(p.Ptr()[i+1] - p.Ptr()[i])
		if d == 0 {
			return 0
		}
		return 1 / (math.Sqrt(d) + eps)
	}
	var out []float64
	for i := range p.Rows() {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			out = append(out, inverse(i)*inverse(int(p.Col()[e])))
		}
	}
	return pad(out, p.NNZ()+2)
}

// The weights agree with those of the differentiable way.
func TestSymWeightsAgreeWithTheNodes(t *testing.T) {
	g := G.NewGraph()
	one := func(n *G.Node, err error) *G.Node { return must[*G.Node](t)(n, err) }
	m := Sparse{Pattern: node(g, "p", looped()), Weights: node(g, "w", vec(1, 1, 1, 1, 1, 1)), Rows: 4, Cols: 4}
	inv := one(InvSqrt(one(RowSums(m, nil)), 0.1))
	want := one(Hadamard(one(EdgeRows(m, inv)), one(EdgeCols(m, inv))))
	got := one(SymWeights(m, m.Weights, 0.1))
	v := eval(t, want, got)
	assert.InDeltaSlice(t, nums(v[0]), nums(v[1]), 1e-15)
}
