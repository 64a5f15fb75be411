package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// oblong is 4×3: columns out of order, row 1 empty, (2, 2) stored twice.
func oblong() *Pattern {
	return coo(4, 3, [2]int{0, 1}, [2]int{0, 0}, [2]int{2, 2}, [2]int{2, 2}, [2]int{3, 0}, [2]int{3, 1})
}

// looped is 4×4: a self loop at 1, row and column 2 empty, (0, 3) stored
// twice.
func looped() *Pattern {
	return coo(4, 4, [2]int{0, 1}, [2]int{0, 3}, [2]int{0, 3}, [2]int{1, 0}, [2]int{1, 1}, [2]int{3, 0})
}

// empty is 2×2 without entries.
func empty() *Pattern { return coo(2, 2) }

// sparseCase is a case of inputs pattern, weights (nil: none), and the rest.
// Inputs beyond those become the nodes that build gets.
func sparseCase(name string, p *Pattern, w G.Value, rest []gradcheck.Input, build func(m Sparse, in G.Nodes) (*G.Node, error), ref func(a [][]float64, in []G.Value) []float64, want ...float64) opCase {
	c := opCase{name: name, want: want, in: []gradcheck.Input{input("pattern", p)}}
	at := 1
	if w != nil {
		c.in, c.free, at = append(c.in, input("w", w)), []int{1}, 2
	}
	c.in = append(c.in, rest...)
	c.build = func(in G.Nodes) (*G.Node, error) {
		m := Sparse{Pattern: in[0], Rows: p.Rows(), Cols: p.Cols(), Capacity: p.NNZ() + 2}
		if w != nil {
			m.Weights = in[1]
		}
		return build(m, in[at:])
	}
	if ref != nil {
		c.ref = func(in []G.Value) []float64 {
			var weights []float64
			if w != nil {
				weights = nums(in[1])
			}
			return ref(dense(in[0].(*Pattern), weights), in[at:])
		}
	}
	return c
}

func spmmRows() []opRow {
	byHand := vec(2, 3, 5, 7, 11, 13)
	return []opRow{{
		op: "SpMM",
		cases: append(spmmCases(SpMM, false),
			spmmCase("by hand", SpMM, false, oblong(), byHand, mat(3, 1, 1, 10, 100), 2*10+3*1, 0, 5*100+7*100, 11*1+13*10)),
		bad: badProducts(SpMM, 4),
	}, {
		op: "SpMMT",
		cases: append(spmmCases(SpMMT, true),
			spmmCase("by hand", SpMMT, true, oblong(), byHand, mat(4, 1, 1, 10, 100, 1000), 3*1+11*1000, 2*1+13*1000, 5*100+7*100)),
		bad: badProducts(SpMMT, 3),
	}}
}

type product func(m Sparse, x *G.Node) (*G.Node, error)

func spmmCase(name string, f product, t bool, p *Pattern, w, x G.Value, want ...float64) opCase {
	return sparseCase(
		name, p, w, []gradcheck.Input{input("x", x)},
		func(m Sparse, in G.Nodes) (*G.Node, error) { return f(m, in[0]) },
		func(a [][]float64, in []G.Value) []float64 {
			if t {
				a = transposed(a)
			}
			n := width(in[0])
			var out []float64
			for _, x := range rowsIn(nums(in[0]), len(a[0])*n) {
				out = append(out, times(a, x, n)...)
			}
			return out
		}, want...)
}

func spmmCases(f product, t bool) []opCase {
	rows := func(p *Pattern) int {
		if t {
			return p.Rows()
		}
		return p.Cols()
	}
	o, l, e := oblong(), looped(), empty()
	return []opCase{
		spmmCase("oblong", f, t, o, random(1, 6), random(2, rows(o), 3)),
		spmmCase("capacity beyond the entries", f, t, o, random(1, 9), random(2, rows(o), 3)),
		spmmCase("without weights", f, t, o, nil, random(2, rows(o), 2)),
		spmmCase("self loops", f, t, l, random(3, 6), random(4, rows(l), 2)),
		spmmCase("batch", f, t, o, random(5, 7), random(6, 2, rows(o), 2)),
		spmmCase("batch without weights", f, t, o, nil, random(6, 2, rows(o), 2)),
		spmmCase("no entries", f, t, e, random(7, 1), random(8, 2, 2), 0, 0, 0, 0),
		spmmCase("one node", f, t, coo(1, 1, [2]int{0, 0}), vec(3), mat(1, 2, 4, 5), 12, 15),
	}
}

func badProducts(f product, rows int) []badCase {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}
	}
	return []badCase{
		{"no pattern", func(g *G.ExprGraph) error { return second(f(Sparse{Rows: 1, Cols: 1}, float(g, 1, 1))) }, "the pattern is nil"},
		{"no rows", func(g *G.ExprGraph) error {
			return second(f(Sparse{Pattern: m(g).Pattern, Cols: 1}, float(g, 1, 1)))
		}, "is 0×1, want at least 1×1"},
		{"matrix of weights", func(g *G.ExprGraph) error {
			s := m(g)
			s.Weights = float(g, 2, 3)
			return second(f(s, float(g, rows, 2)))
		}, "want a vector"},
		{"vector", func(g *G.ExprGraph) error { return second(f(m(g), float(g, rows))) }, "want rank 2 to 3"},
		{"rows of x", func(g *G.ExprGraph) error { return second(f(m(g), float(g, 7, 2))) }, "rows"},
		{"mixed dtypes", func(g *G.ExprGraph) error {
			s := m(g)
			s.Weights = single32(g, 6)
			return second(f(s, float(g, 7-rows, 2)))
		}, "input 2 has dtype float32, want float64"},
	}
}

// The weights beyond the pattern's entries have a gradient of exactly 0, and
// count for nothing even where they are not numbers.
func TestTheTailOfTheWeightsHasNoGradient(t *testing.T) {
	sums := func(m Sparse, err error) (*G.Node, error) {
		if err != nil {
			return nil, err
		}
		return RowSums(m, nil)
	}
	for name, f := range map[string]product{
		"SpMM":       SpMM,
		"SpMMT":      SpMMT,
		"RowSums":    func(m Sparse, _ *G.Node) (*G.Node, error) { return RowSums(m, nil) },
		"ColSums":    func(m Sparse, _ *G.Node) (*G.Node, error) { return colSums(m, nil) },
		"Densify":    func(m Sparse, _ *G.Node) (*G.Node, error) { return Densify(m) },
		"SelfLoops":  func(m Sparse, _ *G.Node) (*G.Node, error) { return sums(SelfLoops(m)) },
		"Transposed": func(m Sparse, _ *G.Node) (*G.Node, error) { return sums(Transposed(m)) },
		"Induce": func(m Sparse, x *G.Node) (*G.Node, error) {
			return sums(Induce(m, node(x.Graph(), "idx", idx(3, 0, 1))))
		},
	} {
		build := func(in G.Nodes) (*G.Node, error) {
			return f(Sparse{Pattern: in[0], Weights: in[1], Rows: 4, Cols: 4}, node(in[0].Graph(), "x", positive(1, 4, 2)))
		}
		w := vec(1, 2, 3, 4, 5, 6, math.NaN(), math.Inf(1), 9)
		for _, vm := range machines() {
			got := vm.slopes(t, build, looped(), w)[0]
			for e, v := range got {
				if e < 6 {
					assert.Greater(t, v, 0.0, "%s on the %s", name, vm.name)
				} else {
					assert.Zero(t, v, "%s on the %s", name, vm.name)
				}
			}
		}
	}
}
