package cluster_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
)

// nested is 4 groups of 4 groups of 20 nodes each, drawn: most edges are inside
// a small group, some inside a large one.
func nested(t *testing.T) (h *modes.Host, small, large []int) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	var row, col []int
	for i := range 320 {
		small, large = append(small, i/20), append(large, i/80)
		for j := range i {
			p := .001
			switch {
			case small[i] == small[j]:
				p = .7
			case large[i] == large[j]:
				p = .02
			}
			if r.Float64() < p {
				row, col = append(row, i, j), append(col, j, i)
			}
		}
	}
	h, err := modes.FromCOO(320, row, col, nil)
	require.NoError(t, err)
	return h, small, large
}

// wantNested asks that each cluster of a level lies whole in one of the next,
// that numbers are used from 0, and that modularity is that of the graph.
func wantNested(t *testing.T, task *cluster.Task, fine []int, levels []cluster.Level) {
	t.Helper()
	for _, l := range levels {
		in := map[int]int{}
		top := 0
		for i, c := range l.Clusters {
			if known, ok := in[fine[i]]; ok {
				require.Equal(t, known, c)
			}
			in[fine[i]] = c
			top = max(top, c)
		}
		used, err := metrics.UsedClusters(l.Clusters)
		require.NoError(t, err)
		assert.Equal(t, used, top+1)
		assert.LessOrEqual(t, used, l.K)
		q, err := metrics.Modularity(task.Graph, l.Clusters)
		require.NoError(t, err)
		assert.InDelta(t, q, l.Modularity, 1e-12)
		fine = l.Clusters
	}
}

func TestLevelsFindAPlantedHierarchy(t *testing.T) {
	h, small, large := nested(t)
	for _, m := range cluster.Methods() {
		o := cluster.Defaults(16)
		o.Method, o.Refine = m, cluster.MultiLevel
		r, err := cluster.Run(context.Background(), h, o)
		require.NoError(t, err)
		fine := r.Kept().Final
		assert.Greater(t, nmi(t, fine, small), .95, m.Name)
		levels, err := r.Levels(context.Background(), fine, []int{4, 2}, o)
		require.NoError(t, err)
		require.Len(t, levels, 2)
		wantNested(t, r.Task, fine, levels)
		assert.Greater(t, nmi(t, levels[0].Clusters, large), .95, m.Name)
		again, err := r.Levels(context.Background(), fine, []int{4, 2}, o)
		require.NoError(t, err)
		assert.Equal(t, levels, again)
	}
}

func TestLevelsOfRawFeatures(t *testing.T) {
	h, small, large := nested(t)
	task, err := cluster.NewRaw(h)
	require.NoError(t, err)
	levels, err := task.Levels(context.Background(), small, []int{4}, cluster.Defaults(16))
	require.NoError(t, err)
	wantNested(t, task, small, levels)
	assert.InDelta(t, 1, nmi(t, levels[0].Clusters, large), 1e-12)
}

func TestLevelsAtTheEdges(t *testing.T) {
	h, err := modes.FromCOO(6, []int{0, 1, 2, 3}, []int{1, 0, 3, 2}, nil) // two nodes without edges
	require.NoError(t, err)
	o := cluster.Defaults(6)
	task, err := cluster.New(h, o.Features)
	require.NoError(t, err)
	levels, err := task.Levels(context.Background(), []int{9, 9, 4, 4, 0, 7}, []int{5, 2, 1}, o)
	require.NoError(t, err)
	assert.Equal(t, []int{3, 3, 1, 1, 0, 2}, levels[0].Clusters, "4 clusters are no more than 5: as they are")
	wantNested(t, task, []int{9, 9, 4, 4, 0, 7}, levels)
	assert.Equal(t, make([]int, 6), levels[2].Clusters)

	edgeless, err := cluster.New(&modes.Host{Nodes: 4}, o.Features)
	require.NoError(t, err)
	levels, err = edgeless.Levels(context.Background(), []int{0, 1, 2, 3}, []int{2}, o)
	require.NoError(t, err)
	wantNested(t, edgeless, []int{0, 1, 2, 3}, levels)

	for _, ks := range [][]int{{2, 2}, {2, 3}, {0}} {
		_, err = task.Levels(context.Background(), make([]int, 6), ks, o)
		assert.ErrorContains(t, err, "want each at least 1 and less than the one before")
	}
	_, err = task.Levels(context.Background(), []int{0, 0, 0, 0, 0, -1}, []int{1}, o)
	assert.ErrorContains(t, err, "in cluster -1")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = task.Levels(ctx, []int{0, 1, 2, 3, 4, 5}, []int{2}, o)
	assert.ErrorIs(t, err, context.Canceled)
}
