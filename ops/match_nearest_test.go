package ops

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func nearestRows() []opRow {
	// nearest gathers 1, 2, 3 by the place of each row of the line of five.
	nearest := func(name string, at, ids []int, want ...float64) opCase {
		in := []gradcheck.Input{input("x", vec(1, 2, 3)), input("p", line()), constantInput("at", idx(at...))}
		if ids != nil {
			in = append(in, input("ids", idx(ids...)))
		}
		return opCase{name: name, in: in, want: want, build: func(n G.Nodes) (*G.Node, error) {
			s := OneSegment()
			if ids != nil {
				s = Segments{IDs: n[3], Count: 2}
			}
			place, err := Nearest(Sparse{Pattern: n[1], Rows: 5, Cols: 5, Capacity: 8}, n[2], s)
			if err != nil {
				return nil, err
			}
			return Gather(n[0], place)
		}}
	}
	m := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4} }
	return []opRow{{
		op: "Nearest",
		cases: []opCase{
			nearest("a tie goes to the first place", []int{4, 0, -1}, nil, 2, 2, 1, 1, 1),
			nearest("places in rising order", []int{-1, 0, 4}, nil, 2, 2, 2, 3, 3),
			nearest("ways of one segment alone", []int{0, 3}, []int{0, 0, 1, 1, 1}, 1, 1, 2, 2, 2),
			nearest("no way", []int{0}, []int{0, -1, 0, 1, 1}, 1, 0, 0, 0, 0),
			nearest("none named", []int{-1}, nil, 0, 0, 0, 0, 0),
		},
		bad: []badCase{
			{"no index", func(g *G.ExprGraph) error { return second(Nearest(m(g), nil, OneSegment())) }, "the index is nil"},
			{"oblong", func(g *G.ExprGraph) error {
				return second(Nearest(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, index(g, 0), OneSegment()))
			}, "a 4×3 matrix"},
		},
	}}
}

// The place is the first of those at the least distance, by all distances.
func TestNearestOnRandomGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		n := 2 + rng.IntN(20)
		var row, col []int
		for range rng.IntN(2 * n) {
			i, j := rng.IntN(n), rng.IntN(n)
			row, col = append(row, i), append(col, j) // one direction alone: read as undirected
		}
		p, _, err := PatternFromCOO(n, n, row, col)
		require.NoError(t, err)
		named := rng.Perm(n)[:1+rng.IntN(n)]
		got, d := p.nearest(named, make([]int, n)), hopDistances(n, row, col)
		for v := range n {
			want, least := -1, n
			for place, u := range named {
				if d[v][u] < least {
					want, least = place, d[v][u]
				}
			}
			assert.Equal(t, want, got[v], "row %d of %v, named %v", v, d, named)
		}
	}
}

func TestNearestErrsWhenRun(t *testing.T) {
	for want, at := range map[string][]int{"index 1 is 4, want 0 to 3": {0, 4}, "index 1 is 2, as index 0 is": {2, 2}} {
		g := G.NewGraph()
		y, err := Nearest(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}, index(g, at...), OneSegment())
		require.NoError(t, err)
		vm := G.NewTapeMachine(y.Graph())
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}
