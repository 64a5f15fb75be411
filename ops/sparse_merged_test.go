package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func mergedRows() []opRow {
	// The row and the column beside the weights show the pattern.
	merged := func(name string, drop bool, p *Pattern, w G.Value, want ...float64) opCase {
		c := sparseCase(name, p, w, []gradcheck.Input{input("x", random(9, p.Cols(), 1))}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			out, err := Merged(m, drop)
			if err != nil {
				return nil, err
			}
			return SpMM(out, in[0])
		}, func(a [][]float64, in []G.Value) []float64 { return times(a, nums(in[0]), 1) }, want...)
		return c
	}
	byHand := merged("by hand", false, oblong(), vec(2, 3, 5, 7, 11, 13), 23, 0, 1200, 141)
	byHand.in[2] = input("x", mat(3, 1, 1, 10, 100))
	weights := sparseCase("weights", oblong(), vec(2, 3, 5, 7, 11, 13), nil, func(m Sparse, _ G.Nodes) (*G.Node, error) {
		out, err := Merged(m, false)
		return out.Weights, err
	}, nil, 2, 3, 12, 11, 13, 0)
	return []opRow{
		{"Merged", []opCase{
			byHand, weights,
			merged("self loops", true, looped(), random(1, 6)),
			merged("no two of one place", true, coo(2, 3, [2]int{0, 2}, [2]int{0, 0}, [2]int{1, 1}), random(2, 5)),
			merged("no entries", true, empty(), vec(4), 0, 0),
		}, []badCase{
			{"no pattern", func(g *G.ExprGraph) error {
				return second(Merged(Sparse{Rows: 1, Cols: 1, Weights: float(g, 1)}, true))
			}, "the pattern is nil"},
		}},
		{"WithoutLoops", withoutLoopsCases(), []badCase{
			{"no pattern", func(*G.ExprGraph) error { return second(WithoutLoops(Sparse{Rows: 1, Cols: 1})) }, "the pattern is nil"},
			{"not square", func(g *G.ExprGraph) error {
				return second(WithoutLoops(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}))
			}, "a 4×3 matrix, want a square one"},
		}},
	}
}

func differencesRows() []opRow {
	differences := func(name string, p *Pattern, w, x G.Value, want ...float64) opCase {
		c := sparseCase(name, p, w, []gradcheck.Input{input("x", x)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			return EdgeDifferences(m, in[0])
		}, func(a [][]float64, in []G.Value) []float64 {
			x, k := nums(in[0]), width(in[0])
			y := make([]float64, len(x))
			for i := range a {
				for j, w := range a[i] {
					for f := range k {
						y[i*k+f] += w * (x[i*k+f] - x[j*k+f])
					}
				}
			}
			return y
		}, want...)
		c.free = nil
		return c
	}
	return []opRow{{"EdgeDifferences", []opCase{
		differences("by hand", coo(2, 2, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 1}), vec(2, 3, 9), mat(2, 1, 1, 5), -8, 12),
		differences("self loops", looped(), random(1, 6), random(2, 4, 3)),
		differences("capacity beyond the entries", looped(), random(3, 9), random(4, 4, 2)),
		differences("no entries", empty(), vec(4), random(5, 2, 2), 0, 0, 0, 0),
	}, []badCase{
		{"no pattern", func(g *G.ExprGraph) error { return second(EdgeDifferences(Sparse{Rows: 1, Cols: 1}, float(g, 1, 1))) }, "the pattern is nil"},
		{"no weights", func(g *G.ExprGraph) error {
			return second(EdgeDifferences(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2, Capacity: 1}, float(g, 2, 1)))
		}, "the matrix has no weights"},
		{"not square", func(g *G.ExprGraph) error {
			return second(EdgeDifferences(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, float(g, 3, 1)))
		}, "want a square one"},
		{"rows of x", func(g *G.ExprGraph) error {
			return second(EdgeDifferences(Sparse{Pattern: node(g, "p", empty()), Weights: float(g, 1), Rows: 2, Cols: 2}, float(g, 3, 1)))
		}, "x has shape (3, 1), want (2, n)"},
	}}}
}

func withoutLoopsCases() []opCase {
	without := func(name string, p *Pattern, w, x G.Value, want ...float64) opCase {
		return sparseCase(name, p, w, []gradcheck.Input{input("x", x)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			out, err := WithoutLoops(m)
			if err != nil {
				return nil, err
			}
			return SpMM(out, in[0])
		}, func(a [][]float64, in []G.Value) []float64 {
			for i := range a {
				a[i][i] = 0
			}
			return times(a, nums(in[0]), width(in[0]))
		}, want...)
	}
	return []opCase{
		without("by hand", looped(), vec(2, 3, 5, 7, 11, 13), mat(4, 1, 1, 10, 100, 1000), 8020, 7, 0, 13),
		without("loops alone", coo(2, 2, [2]int{0, 0}, [2]int{1, 1}, [2]int{1, 1}), vec(1, 2, 3), mat(2, 1, 5, 7), 0, 0),
		without("without weights", looped(), nil, random(3, 4, 2)),
		without("no entries", empty(), nil, random(4, 2, 2)),
	}
}

// Places whose weights add up to 0 are left out where that is asked for, and
// their weights have no gradient.
func TestMergedDropsZeros(t *testing.T) {
	for _, drop := range []bool{false, true} {
		g := G.NewGraph()
		w := node(g, "w", vec(2, 0, 5, -5, 11, 0))
		out, err := Merged(Sparse{Pattern: node(g, "p", oblong()), Weights: w, Rows: 4, Cols: 3}, drop)
		assert.NoError(t, err)
		total, err := Sum(out.Weights)
		assert.NoError(t, err)
		d, err := G.Grad(total, w)
		assert.NoError(t, err)
		var p G.Value
		G.Read(out.Pattern, &p)
		vm := G.NewTapeMachine(g)
		assert.NoError(t, vm.RunAll())
		if drop {
			assert.Equal(t, []int32{1, 0}, p.(*Pattern).Col())
			assert.Equal(t, []int32{0, 1, 1, 1, 2}, p.(*Pattern).Ptr())
			assert.Equal(t, []float64{2, 11, 0, 0, 0, 0}, out.Weights.Value().Data())
			assert.Equal(t, []float64{1, 0, 0, 0, 1, 0}, d[0].Value().Data())
		} else {
			assert.Equal(t, 5, p.(*Pattern).NNZ())
			assert.Equal(t, []float64{1, 1, 1, 1, 1, 1}, d[0].Value().Data())
		}
		vm.Close()
	}
}
