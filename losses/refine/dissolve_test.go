package refine_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
)

func TestDissolveByHand(t *testing.T) {
	path := of(6, [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}}, one)
	heavy := of(5, [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 4}}, func(e int) float64 { return float64([]int{1, 1, 3, 1}[e]) })
	for _, c := range []struct {
		name           string
		g              metrics.Graph
		clusters, want []int
		least          int
	}{
		{"none is small", path, []int{0, 0, 0, 1, 1, 1}, []int{0, 0, 0, 1, 1, 1}, 3},
		{"numbers have gaps", path, []int{7, 7, 7, 3, 3, 9}, []int{7, 7, 7, 3, 3, 3}, 2},
		{"the small one joins where more weight leads", heavy, []int{0, 0, 1, 2, 2}, []int{0, 0, 2, 2, 2}, 2},
		{"equal neighbours: the lower number", path, []int{5, 5, 3, 3, 3, 3}, []int{3, 3, 3, 3, 3, 3}, 3},
		{"small ones join one another first", path, []int{0, 1, 2, 3, 3, 3}, []int{1, 1, 1, 3, 3, 3}, 3},
		{"all become one", path, []int{0, 0, 1, 1, 2, 2}, []int{1, 1, 1, 1, 1, 1}, 6},
		{"least 0 and 1 change nothing", path, []int{0, 1, 2, 3, 4, 5}, []int{0, 1, 2, 3, 4, 5}, 1},
	} {
		got, err := refine.Dissolve(c.g, c.clusters, c.least)
		require.NoError(t, err, c.name)
		assert.Equal(t, c.want, got, c.name)
	}
}

func TestDissolveLeavesWhatNoEdgeLeaves(t *testing.T) {
	g := of(6, [][2]int{{0, 1}, {1, 2}, {3, 4}}, one)
	got, err := refine.Dissolve(g, []int{0, 0, 1, 2, 2, 3}, 4)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 0, 2, 2, 3}, got, "a component of two, and an isolated node, stay")
	got, err = refine.Dissolve(of(2, nil, one), []int{0, 1}, 2)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1}, got)
	got, err = refine.Dissolve(metrics.Graph{}, nil, 3)
	require.NoError(t, err)
	assert.Empty(t, got)
	loop := of(2, [][2]int{{0, 0}, {0, 1}}, func(int) float64 { return 0 })
	got, err = refine.Dissolve(loop, []int{0, 1}, 2)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1}, got, "an edge of weight 0 is none")
}

// TestDissolveProperties asks on random graphs that no small cluster with an
// edge to another is left, that clusters are only joined, and that none is new.
func TestDissolveProperties(t *testing.T) {
	for seed := range uint64(8) {
		g := random(80, 6, 160, seed%2 == 0, seed)
		before := drawn(80, 25, seed)
		after, err := refine.Dissolve(g, before, 6)
		require.NoError(t, err)
		again, err := refine.Dissolve(g, after, 6)
		require.NoError(t, err)
		assert.Equal(t, after, again)
		size, leaves, to := map[int]int{}, map[int]bool{}, map[int]int{}
		for i, c := range after {
			size[c]++
			for e := g.RowPtr[i]; e < g.RowPtr[i+1]; e++ {
				leaves[c] = leaves[c] || after[g.Col[e]] != c
			}
			if known, ok := to[before[i]]; ok {
				require.Equal(t, known, c, "clusters are joined as a whole")
			}
			to[before[i]] = c
			require.Contains(t, before, c)
		}
		for c, n := range size {
			assert.True(t, n >= 6 || !leaves[c], "cluster %d of %d nodes", c, n)
		}
	}
}

func TestDissolveErrors(t *testing.T) {
	g := of(2, [][2]int{{0, 1}}, one)
	_, err := refine.Dissolve(g, []int{0, -1}, 2)
	assert.ErrorContains(t, err, "clusters[1] = -1")
	_, err = refine.Dissolve(g, []int{0}, 2)
	assert.Error(t, err)
}
