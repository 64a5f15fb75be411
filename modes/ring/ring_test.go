package ring_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/ring"
)

func ExampleGenerate() {
	g, err := ring.Generate(3, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(g.Nodes, "nodes,", g.Edges(), "edges, node 3 is joined to", g.Col[g.RowPtr[3]:g.RowPtr[4]])
	// Output: 12 nodes, 21 edges, node 3 is joined to [0 1 2 4]
}

func TestModularityIsThePublishedOne(t *testing.T) {
	for _, shape := range [][2]int{{3, 3}, {30, 5}, {10, 8}} {
		cliques, size := shape[0], shape[1]
		g, err := ring.Generate(cliques, size)
		require.NoError(t, err)
		inside, volume := make([]float64, cliques), make([]float64, cliques)
		for i, c := range g.Labels {
			for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
				volume[c]++
				if g.Labels[j] == c {
					inside[c]++
				}
			}
		}
		total := float64(len(g.Col))
		q := 0.0
		for c := range cliques {
			q += inside[c]/total - volume[c]/total*(volume[c]/total)
		}
		assert.InDelta(t, 1-2/(float64(size*(size-1))+2)-1/float64(cliques), q, 1e-12)
	}
}

func TestSmallRings(t *testing.T) {
	for shape, edges := range map[[2]int]int{{1, 1}: 0, {1, 4}: 6, {2, 1}: 1, {2, 2}: 4, {5, 1}: 5, {3, 2}: 6} {
		g, err := ring.Generate(shape[0], shape[1])
		require.NoError(t, err)
		assert.Equal(t, edges, g.Edges(), "%v", shape)
		for i := range g.Nodes {
			row := g.Col[g.RowPtr[i]:g.RowPtr[i+1]]
			for p, j := range row {
				assert.NotEqual(t, int32(i), j)
				assert.True(t, p == 0 || row[p-1] < j, "%v", shape)
			}
		}
	}
}

func TestWrongNumbers(t *testing.T) {
	for want, shape := range map[string][2]int{
		"ring: cliques = 0, want at least 1":                                               {0, 1},
		"ring: size = -1, want at least 1":                                                 {1, -1},
		"ring: cliques = 100000 of size = 1000, want fewer than 2147483647 entries in all": {100000, 1000},
	} {
		_, err := ring.Generate(shape[0], shape[1])
		assert.EqualError(t, err, want)
	}
}
