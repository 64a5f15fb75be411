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
