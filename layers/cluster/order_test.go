package cluster

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/sbm"
	"github.com/graphpool/graphpool/ops"
)

func TestByLabel(t *testing.T) {
	assert.Equal(t, []int32{3, 1, 4, 0, 2}, byLabel([]int{2, 0, 2, -1, 0}, 3))
	assert.Empty(t, byLabel(nil, 1))
}

// TestCuthillMcKee shuffles a path: neighbours come to lie beside each other.
func TestCuthillMcKee(t *testing.T) {
	n := 50
	name := rand.New(rand.NewPCG(1, 2)).Perm(n)
	var rows, cols []int
	for i := range n - 1 {
		rows, cols = append(rows, name[i], name[i+1]), append(cols, name[i+1], name[i])
	}
	p, _, err := ops.PatternFromCOO(n+1, n+1, rows, cols) // and an isolated node
	require.NoError(t, err)
	order := cuthillMcKee(p)
	place := make([]int, n+1)
	for i, old := range order {
		place[old] = i
	}
	for i := range n - 1 {
		d := place[name[i]] - place[name[i+1]]
		assert.LessOrEqual(t, max(d, -d), 2)
	}
	assert.Equal(t, n, int(order[0]), "the last component comes first")
}

// TestReorder compares each entry and row with those of the graph.
func TestReorder(t *testing.T) {
	p, _, err := ops.PatternFromCOO(3, 3, []int{0, 0, 1, 2}, []int{1, 2, 0, 0})
	require.NoError(t, err)
	h := &modes.Host{Nodes: 3, Pattern: p, Weights: []float64{5, 7, 5, 7}}
	got, err := reorder(h, []float32{0, 1, 2}, []int32{2, 0, 1})
	require.NoError(t, err)
	assert.Equal(t, []int32{0, 1, 3, 4}, got.Pattern.Ptr())
	assert.Equal(t, []int32{1, 0, 2, 1}, got.Pattern.Col())
	assert.Equal(t, []float64{7, 7, 5, 5}, got.Weights)
	assert.Equal(t, []float32{2, 0, 1}, got.X.Data())
	assert.Equal(t, []float32{3, 4, 5, 6, 1, 2}, restore([]float32{1, 2, 3, 4, 5, 6}, 2, []int32{2, 0, 1}))
}

// TestOrdersGiveTheSameClusters trains in each order: what comes out belongs to
// the same nodes.
func TestOrdersGiveTheSameClusters(t *testing.T) {
	c := sbm.NewConfig()
	c.Nodes, c.Clusters, c.FeatureDim = 400, 4, 8
	g, err := sbm.Generate(c)
	require.NoError(t, err)
	h, err := g.Host()
	require.NoError(t, err)
	task, err := New(h, embed.Defaults())
	require.NoError(t, err)
	require.NoError(t, task.Mix(.1, 1))
	var want []float32
	for _, order := range []Order{AsGiven, ByClusters, CuthillMcKee} {
		o := Defaults(4)
		o.Order, o.Epochs = order, 20
		start, err := task.Start(context.Background(), 4, 1)
		require.NoError(t, err)
		got, err := task.Train(context.Background(), start, o, 0)
		require.NoError(t, err)
		if want == nil {
			want = got.Shares
		}
		assert.InDeltaSlice(t, want, got.Shares, 2e-3, string(order))
	}
}

func TestOrderIsChecked(t *testing.T) {
	o := Defaults(2)
	o.Order = "hilbert"
	assert.EqualError(t, o.check(9), `cluster: Order = "hilbert", want none, clusters or rcm`)
}
