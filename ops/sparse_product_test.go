package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/ops/internal/sparse"
)

func productRows() []opRow {
	wide := coo(3, 2, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 1}, [2]int{2, 0})
	// a is 4×3 of (0 1: 2), (0 0: 3), (2 2: 5 + 7), (3 0: 11), (3 1: 13), b
	// 3×2 of (0 1: 1), (1 0: 2), (1 1: 3 + 4), (2 0: 5).
	byHand := productCase("by hand", oblong(), wide, vec(2, 3, 5, 7, 11, 13), vec(1, 2, 3, 4, 5), 4, 17, 0, 0, 60, 0, 26, 102)
	square := opCase{
		name: "one matrix twice", in: inputs(input("a", looped()), input("w", random(5, 8))),
		build: func(in G.Nodes) (*G.Node, error) {
			m := Sparse{Pattern: in[0], Weights: in[1], Rows: 4, Cols: 4}
			return densified(SpSpMM(m, m, 16, nil))
		},
		ref: func(in []G.Value) []float64 {
			a := dense(in[0].(*Pattern), nums(in[1]))
			return flat(product2(a, a))
		},
	}
	return []opRow{{
		op: "SpSpMM",
		cases: []opCase{
			byHand, square,
			productCase("weights of the left", oblong(), wide, random(1, 7), nil),
			productCase("weights of the right", oblong(), wide, nil, random(2, 6)),
			productCase("no weights", oblong(), wide, nil, nil),
			productCase("no entries", empty(), empty(), vec(1), vec(2)),
		},
		bad: []badCase{
			{"sizes", func(g *G.ExprGraph) error {
				m := Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}
				return second(SpSpMM(m, m, 9, float(g, 1)))
			}, "4×3 by 4×3 with capacity = 9"},
			{"capacity", func(g *G.ExprGraph) error {
				m := Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}
				return second(SpSpMM(m, m, 0, float(g, 1)))
			}, "capacity = 0"},
			{"no dtype", func(g *G.ExprGraph) error {
				m := Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}
				return second(SpSpMM(m, m, 1, nil))
			}, "is nil"},
			{"no pattern", func(g *G.ExprGraph) error {
				return second(SpSpMM(Sparse{Rows: 1, Cols: 1}, Sparse{Rows: 1, Cols: 1}, 1, float(g, 1)))
			}, "the pattern is nil"},
		},
	}}
}

// densified is the dense matrix of a sparse one.
func densified(m Sparse, err error) (*G.Node, error) {
	if err != nil {
		return nil, err
	}
	return Densify(m)
}

// productCase is the product of two patterns, with weights where there are
// some.
func productCase(name string, a, b *Pattern, wa, wb G.Value, want ...float64) opCase {
	c := opCase{name: name, want: want, in: inputs(input("a", a), input("b", b))}
	add := func(n string, w G.Value) (at int) {
		if w == nil {
			return 0
		}
		c.in = append(c.in, input(n, w))
		return len(c.in) - 1
	}
	atA, atB := add("wa", wa), add("wb", wb)
	if atA > 0 && atB > 0 {
		c.free = []int{2, 3} // the other still gives the dtype
	}
	like := 0
	if atA+atB == 0 {
		c.in = append(c.in, constantInput("like", vec(0)))
		like = 2
	}
	pick := func(in G.Nodes, at int) *G.Node {
		if at == 0 {
			return nil
		}
		return in[at]
	}
	c.build = func(in G.Nodes) (*G.Node, error) {
		ma := Sparse{Pattern: in[0], Weights: pick(in, atA), Rows: a.Rows(), Cols: a.Cols()}
		mb := Sparse{Pattern: in[1], Weights: pick(in, atB), Rows: b.Rows(), Cols: b.Cols()}
		return densified(SpSpMM(ma, mb, 12, pick(in, like)))
	}
	c.ref = func(in []G.Value) []float64 {
		weights := func(at int) []float64 {
			if at == 0 {
				return nil
			}
			return nums(in[at])
		}
		return flat(product2(dense(in[0].(*Pattern), weights(atA)), dense(in[1].(*Pattern), weights(atB))))
	}
	return c
}

// product2 is a·b.
func product2(a, b [][]float64) [][]float64 {
	out := make([][]float64, len(a))
	for i := range a {
		out[i] = make([]float64, len(b[0]))
		for j, v := range a[i] {
			for k, w := range b[j] {
				out[i][k] += v * w
			}
		}
	}
	return out
}

func flat(a [][]float64) (x []float64) {
	for _, row := range a {
		x = append(x, row...)
	}
	return x
}

func TestAProductBeyondItsCapacity(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}
	_, err := SpSpMM(m, m, 5, float(g, 1))
	require.NoError(t, err)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "ops: SpSpMM: the product has 7 entries, want at most 5, the capacity")
}

// The pattern of a product has the places of the dense product of ones.
func TestPatternOfAProduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 6)
		m, n, k := size.Draw(t, "m"), size.Draw(t, "n"), size.Draw(t, "k")
		draw := func(rows, cols int, name string) *Pattern {
			var entries [][2]int
			for range rapid.IntRange(0, 12).Draw(t, name) {
				entries = append(entries, [2]int{rapid.IntRange(0, rows-1).Draw(t, "i"), rapid.IntRange(0, cols-1).Draw(t, "j")})
			}
			return coo(rows, cols, entries...)
		}
		a, b := draw(m, n, "a"), draw(n, k, "b")
		got, err := a.times(b, m*k)
		require.NoError(t, err)
		require.True(t, sparse.Rising(got.csr))
		for i, row := range product2(dense(a, nil), dense(b, nil)) {
			var want []int32
			for j, v := range row {
				if v > 0 {
					want = append(want, int32(j))
				}
			}
			require.Equal(t, want, append([]int32(nil), got.Col()[got.Ptr()[i]:got.Ptr()[i+1]]...))
		}
	})
}
