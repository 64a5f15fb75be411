package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func edgesRows() []opRow {
	return []opRow{
		sumsRow("RowSums", RowSums, false, []float64{5, 0, 12, 24}, []float64{2, 0, 2, 2}),
		sumsRow("colSums", colSums, true, []float64{14, 15, 12}, []float64{2, 2, 2}),
		edgeRow("EdgeRows", EdgeRows, vec(1, 2, 3, 4), 1, 1, 3, 3, 4, 4, 0, 0),
		edgeRow("EdgeCols", EdgeCols, vec(1, 2, 3), 2, 1, 3, 3, 1, 2, 0, 0),
	}
}

func sumsRow(op string, f func(m Sparse, like *G.Node) (*G.Node, error), t bool, weighted, counted []float64) opRow {
	sums := func(name string, p *Pattern, w G.Value, want ...float64) opCase {
		var like []gradcheck.Input
		if w == nil {
			like = []gradcheck.Input{input("like", vec(1, 2))}
		}
		return sparseCase(name, p, w, like, func(m Sparse, in G.Nodes) (*G.Node, error) {
			return f(m, append(in, nil)[0])
		}, func(a [][]float64, _ []G.Value) []float64 {
			if t {
				a = transposed(a)
			}
			return times(a, ones(len(a[0])), 1)
		}, want...)
	}
	// Without weights the nodes that remain give no dtype.
	free := func(c opCase) opCase { c.free = nil; return c }
	return opRow{
		op: op,
		cases: []opCase{
			free(sums("weights", oblong(), vec(2, 3, 5, 7, 11, 13), weighted...)),
			free(sums("capacity beyond the entries", oblong(), random(1, 9))),
			free(sums("self loops", looped(), random(2, 6))),
			sums("without weights", oblong(), nil, counted...),
			free(sums("no entries", empty(), vec(4), 0, 0)),
		},
		bad: []badCase{
			{"no pattern", func(g *G.ExprGraph) error { return second(f(Sparse{Rows: 1, Cols: 1}, float(g, 1))) }, "the pattern is nil"},
			{"no dtype", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, nil))
			}, "is nil"},
		},
	}
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

func edgeRow(op string, f product, v G.Value, want ...float64) opRow {
	spread := func(name string, p *Pattern, v G.Value, want ...float64) opCase {
		return sparseCase(name, p, nil, []gradcheck.Input{input("v", v)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			return f(m, in[0])
		}, nil, want...)
	}
	return opRow{
		op: op,
		cases: []opCase{
			spread("oblong", oblong(), v, want...),
			spread("no entries", empty(), vec(1, 2), 0, 0),
			spread("one node", coo(1, 1, [2]int{0, 0}), vec(3), 3, 0, 0),
		},
		bad: []badCase{
			{"no room", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}, float(g, 2)))
			}, "want at least 1"},
			{"length of v", func(g *G.ExprGraph) error {
				return second(f(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2, Capacity: 1}, float(g, 3)))
			}, "want (2)"},
			{"no pattern", func(g *G.ExprGraph) error { return second(f(Sparse{Rows: 1, Cols: 1, Capacity: 1}, float(g, 1))) }, "the pattern is nil"},
		},
	}
}

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
