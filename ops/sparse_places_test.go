package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func placesRows() []opRow {
	places := func(name string, p *Pattern, w G.Value, want ...float64) opCase {
		c := sparseCase(name, p, w, []gradcheck.Input{input("x", random(9, p.Cols(), 1))},
			func(m Sparse, in G.Nodes) (*G.Node, error) {
				out, err := Places(m)
				if err != nil {
					return nil, err
				}
				return SpMM(out, in[0])
			}, func(a [][]float64, in []G.Value) []float64 {
				for _, row := range a {
					for j := range row {
						row[j] = 0
					}
				}
				for i := range p.Rows() {
					for _, j := range p.Col()[p.Ptr()[i]:p.Ptr()[i+1]] {
						a[i][j] = 1
					}
				}
				return times(a, nums(in[0]), 1)
			}, want...)
		return c
	}
	byHand := places("by hand", oblong(), nil, 11, 0, 100, 11)
	byHand.in[1] = input("x", mat(3, 1, 1, 10, 100))
	squares := func(name string, p *Pattern, w G.Value, want ...float64) opCase {
		var like []gradcheck.Input
		if w == nil {
			like = []gradcheck.Input{input("like", vec(1, 2))}
		}
		c := sparseCase(name, p, w, like, func(m Sparse, in G.Nodes) (*G.Node, error) {
			return RowSquareSums(m, append(in, nil)[0])
		}, func(a [][]float64, _ []G.Value) []float64 {
			y := make([]float64, len(a))
			for i, row := range a {
				for _, v := range row {
					y[i] += v * v
				}
			}
			return y
		}, want...)
		if w != nil {
			c.free = nil
		}
		return c
	}
	none := badCase{"no pattern", func(g *G.ExprGraph) error { return second(Places(Sparse{Rows: 1, Cols: 1})) }, "the pattern is nil"}
	return []opRow{
		{"Places", []opCase{
			byHand,
			places("self loops", looped(), nil),
			places("no entries", empty(), nil),
		}, []badCase{none}},
		{"RowSquareSums", []opCase{
			squares("entries of one place", oblong(), vec(2, 3, 5, 7, 11, 13), 13, 0, 144, 290),
			squares("capacity beyond the entries", looped(), random(1, 9)),
			squares("no two of one place", coo(2, 3, [2]int{0, 2}, [2]int{0, 0}, [2]int{1, 1}), random(2, 3)),
			squares("without weights", oblong(), nil, 2, 0, 4, 2),
			squares("no entries", empty(), vec(4), 0, 0),
		}, []badCase{
			{"no pattern", func(g *G.ExprGraph) error { return second(RowSquareSums(Sparse{Rows: 1, Cols: 1}, float(g, 1))) }, "the pattern is nil"},
			{"no dtype", func(g *G.ExprGraph) error {
				return second(RowSquareSums(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, nil))
			}, "is nil"},
		}},
	}
}

// The entries of one place have one first entry, whatever their order.
func TestFirstEntries(t *testing.T) {
	assert.Nil(t, coo(2, 3, [2]int{0, 2}, [2]int{0, 0}, [2]int{1, 2}).firsts())
	assert.Equal(t, []int32{0, 1, 2, 2, 4, 5}, oblong().firsts())
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "nodes")
		var entries [][2]int
		for range rapid.IntRange(0, 12).Draw(t, "entries") {
			entries = append(entries, [2]int{rapid.IntRange(0, n-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j")})
		}
		p := coo(n, n, entries...)
		first, distinct := map[[2]int]int32{}, true
		var want []int32
		for i := range n {
			for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
				place := [2]int{i, int(p.Col()[e])}
				if _, ok := first[place]; ok {
					distinct = false
				} else {
					first[place] = e
				}
				want = append(want, first[place])
			}
		}
		if distinct {
			require.Nil(t, p.firsts())
			require.Same(t, p, p.places())
			return
		}
		require.Equal(t, want, p.firsts())
		require.Equal(t, len(first), p.places().NNZ())
	})
}

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
