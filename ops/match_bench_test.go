package ops

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/matching"
)

// large is a graph of n nodes and so many edges, each stored in both directions,
// as a pattern with its rows in order, and a value of each entry.
func large(b *testing.B, n, edges int) (*Pattern, []float64) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 1))
	row, col := make([]int, 0, 2*edges), make([]int, 0, 2*edges)
	for range edges {
		i, j := rng.IntN(n), rng.IntN(n)
		row, col = append(row, i, j), append(col, j, i)
	}
	p, _, err := PatternFromCOO(n, n, row, col)
	require.NoError(b, err)
	p = p.coalesce()
	w := make([]float64, p.NNZ())
	for e := range w {
		w[e] = rng.Float64()
	}
	return p, w
}

// BenchmarkMatching chooses clusters and contracts a graph by them.
func BenchmarkMatching(b *testing.B) {
	for _, size := range [][2]int{{100_000, 1_000_000}, {1_000_000, 10_000_000}} {
		p, w := large(b, size[0], size[1])
		n := p.Rows()
		key := make([]float64, n)
		for i := range key {
			key[i] = w[i]
		}
		ids := make([]int, n)
		var tenth []int
		for i := 0; i < n; i += 10 {
			tenth = append(tenth, i)
		}
		kmis := func(k int) func() ([]int, error) {
			return func() ([]int, error) { return matching.KMIS(matching.FallingOrder(key), k, ids, p.sides()...), nil }
		}
		for _, c := range []struct {
			name string
			run  func() ([]int, error)
		}{
			{"kmis_1", kmis(1)},
			{"kmis_2", kmis(2)},
			{"nearest", func() ([]int, error) { return matching.Nearest(tenth, ids, p.sides()...), nil }},
			{"graclus", func() ([]int, error) { return matching.HeavyEdges(p.csr, w, ids), nil }},
			{"edges", func() ([]int, error) {
				return matching.LowerEnds(p.csr, matching.Edges(p.csr, w, ids), ids)
			}},
			{"components", func() ([]int, error) {
				return matching.Components(p.csr, ids, func(e int32) bool { return w[e] > 0.9 }), nil
			}},
		} {
			b.Run(fmt.Sprintf("%s/n=%d/e=%d", c.name, size[0], size[1]), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					cluster, err := c.run()
					require.NoError(b, err)
					place, err := labels{count: 1, places: n}.run([]G.Value{intVector(cluster)})
					require.NoError(b, err)
					to := make([]int32, n)
					for i, at := range place.Data().([]int) {
						to[i] = int32(at)
					}
					runtime.KeepAlive(p.contract(to, n, false))
				}
			})
		}
	}
}
