package modes_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// halves puts the nodes 2c and 2c+1 of a line into cluster c, with the weights 1
// and 2; the last of an odd number is in none.
func halves(h *modes.Host) (modes.Coarsening, error) {
	c := modes.Coarsening{Coarse: line((h.Nodes + 1) / 2)}
	for i := range h.Nodes {
		k := i / 2
		if h.Nodes%2 == 1 && h.Nodes > 1 && i == h.Nodes-1 {
			k = -1
		}
		c.Cluster, c.Weight = append(c.Cluster, k), append(c.Weight, float64(1+i%2))
	}
	return c, nil
}

// shares gives all nodes 1/2 of both of two nodes without edges.
func shares(h *modes.Host) (modes.Coarsening, error) {
	half := make([]float64, 2*h.Nodes)
	for i := range half {
		half[i] = 0.5
	}
	return modes.Coarsening{Shares: tensor.New(tensor.WithShape(h.Nodes, 2), tensor.WithBacking(half)), Coarse: &modes.Host{Nodes: 2}}, nil
}

func coarsened(t *testing.T, hosts []*modes.Host, by ...modes.Coarsener) []*modes.Host {
	t.Helper()
	out, err := modes.Coarsen(hosts, by...)
	require.NoError(t, err)
	return out
}

func value(n *G.Node) any { return n.Value().Data() }

func TestLevelsOfDisjointGraphs(t *testing.T) {
	hosts := []*modes.Host{line(3), {}, line(4)}
	graphs := coarsened(t, hosts, modes.CoarsenFunc(halves), modes.CoarsenFunc(shares))
	assert.Nil(t, hosts[0].Levels, "the graphs given are not changed")
	in, err := modes.NewDisjoint(G.NewGraph(), "in", graphs, tensor.Float64, modes.Budget{Graphs: 4, Nodes: 8, Levels: []modes.Budget{{Nodes: 5, Edges: 9}}})
	require.NoError(t, err)
	require.Len(t, in.Levels, 2)
	one, two := in.Levels[0], in.Levels[1]
	assert.Equal(t, []int{0, 0, -1, 2, 2, 3, 3, -1}, value(one.Cluster))
	assert.Equal(t, []float64{1, 2, 1, 1, 2, 1, 2, 0}, value(one.Weight))
	assert.Equal(t, []int{0, 0, 2, 2, -1}, value(one.Graph.IDs))
	assert.Nil(t, one.Shares)
	assert.Equal(t, tensor.Shape{5, 2}, two.Shares.Shape())
	assert.Equal(t, []float64{.5, .5, .5, .5, .5, .5, .5, .5, 0, 0}, value(two.Shares))
	assert.Equal(t, []int{0, 0, -1, -1, 2, 2, -1, -1}, value(two.Graph.IDs), "each graph has two rows")

	other := coarsened(t, []*modes.Host{line(2)}, modes.CoarsenFunc(halves), modes.CoarsenFunc(shares))
	require.NoError(t, modes.SetDisjoint(in, other))
	assert.Equal(t, []int{0, 0, -1, -1, -1, -1, -1, -1}, value(one.Cluster))
	assert.Equal(t, []int{0, 0, -1, -1, -1, -1, -1, -1}, value(two.Graph.IDs))
	for want, graphs := range map[string][]*modes.Host{
		"0 levels, want 2": {line(2)},
		"level 0: weights of nodes: false, an index: false, 2 shares": coarsened(t, []*modes.Host{line(2)}, modes.CoarsenFunc(shares), modes.CoarsenFunc(halves)),
		"level 0: 6 nodes, want at most 5":                            coarsened(t, []*modes.Host{line(3), line(3), line(1), line(1)}, modes.CoarsenFunc(halves), modes.CoarsenFunc(shares)),
	} {
		assert.ErrorContains(t, modes.SetDisjoint(in, graphs), want)
	}
	assert.Equal(t, []int{0, 0, -1, -1, -1, -1, -1, -1}, value(one.Cluster), "nothing is set where it errs")
}

func TestLevelsOfOneGraph(t *testing.T) {
	g := coarsened(t, []*modes.Host{line(4), line(5)}, modes.CoarsenFunc(halves))
	in, err := modes.NewSingle(G.NewGraph(), "in", g[0], tensor.Float32)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 1, 1}, value(in.Levels[0].Cluster))
	assert.Nil(t, in.Levels[0].Graph.IDs)
	assert.Equal(t, []float32{1, 2, 1, 2}, value(in.Levels[0].Weight))
	fewer := *g[0]
	fewer.Levels = []modes.Coarsening{{Cluster: []int{0, 0, 0, 0}, Weight: []float64{1, 1, 1, 1}, Coarse: line(1)}}
	assert.ErrorContains(t, modes.SetSingle(in, &fewer), "level 0: 1 nodes, want 2")
	require.NoError(t, modes.SetSingle(in, g[0]))
}

// kept keeps the last node of each pair of a line; the first one is in its cluster.
func kept(h *modes.Host) (modes.Coarsening, error) {
	c, err := halves(h)
	for k := range c.Coarse.Nodes {
		c.Index = append(c.Index, min(2*k+1, h.Nodes-1))
	}
	for i := range c.Cluster {
		c.Cluster[i] = i / 2
	}
	return c, err
}

func TestLevelsOfNodesKept(t *testing.T) {
	g := coarsened(t, []*modes.Host{line(3), {}, line(4)}, modes.CoarsenFunc(kept))
	in, err := modes.NewDisjoint(G.NewGraph(), "in", g, tensor.Float64, modes.Budget{Nodes: 8, Levels: []modes.Budget{{Nodes: 5}}})
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 1, 2, 2, 3, 3, -1}, value(in.Levels[0].Cluster))
	assert.Equal(t, []int{1, 2, 4, 6, -1}, value(in.Levels[0].Index))
	in, err = modes.NewBatch(G.NewGraph(), "in", g, tensor.Float64, modes.Budget{})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2, -1, -1, 9, 11}, value(in.Levels[0].Index))
	assert.ErrorContains(t, modes.SetBatch(in, coarsened(t, []*modes.Host{line(4)}, modes.CoarsenFunc(halves))), "an index: false")
	all, _, err := modes.Collate(g)
	require.NoError(t, err)
	require.NoError(t, all.Check())
	assert.Equal(t, []int{1, 2, 4, 6}, all.Levels[0].Index)
}

func TestCollateKeepsLevels(t *testing.T) {
	g := coarsened(t, []*modes.Host{line(4), {}, line(3)}, modes.CoarsenFunc(halves))
	g[0].Levels[0].Modes = tensor.New(tensor.WithShape(4, 1), tensor.WithBacking([]float64{1, 2, 3, 4}))
	g[2].Levels[0].Modes = tensor.New(tensor.WithShape(3, 1), tensor.WithBacking([]float64{5, 6, 7}))
	all, _, err := modes.Collate(g)
	require.NoError(t, err)
	require.NoError(t, all.Check())
	level := all.Levels[0]
	assert.Equal(t, []int{0, 0, 1, 1, 2, 2, -1}, level.Cluster)
	assert.Equal(t, []float64{1, 2, 1, 2, 1, 2, 1}, level.Weight)
	assert.Equal(t, []float64{1, 2, 3, 4, 5, 6, 7}, level.Modes.Data())
	assert.Equal(t, 4, level.Coarse.Nodes)
	assert.Equal(t, 4, level.Coarse.Pattern.NNZ())
	_, _, err = modes.Collate(coarsened(t, []*modes.Host{line(4)}, modes.CoarsenFunc(shares)))
	assert.ErrorContains(t, err, "level 0 is by shares")
}

func TestCoarsenRefuses(t *testing.T) {
	give := func(change func(c *modes.Coarsening)) modes.Coarsener {
		return modes.CoarsenFunc(func(h *modes.Host) (modes.Coarsening, error) {
			c, err := halves(h)
			change(&c)
			return c, err
		})
	}
	for want, by := range map[string]modes.Coarsener{
		"graph 0: level 0: the coarsener is nil": nil,
		"level 0: broken": modes.CoarsenFunc(func(*modes.Host) (modes.Coarsening, error) {
			return modes.Coarsening{}, errors.New("broken")
		}),
		"the new graph is nil": give(func(c *modes.Coarsening) { c.Coarse = nil }),
		"no new nodes":         give(func(c *modes.Coarsening) { c.Coarse = &modes.Host{} }),
		"features or levels": give(func(c *modes.Coarsening) {
			c.Coarse.X = tensor.New(tensor.WithShape(2, 1), tensor.WithBacking([]float64{1, 2}))
		}),
		"clusters given: false, shares given: false":        give(func(c *modes.Coarsening) { c.Cluster = nil }),
		"clusters of 1 nodes, want 4":                       give(func(c *modes.Coarsening) { c.Cluster = []int{0} }),
		"weights of 2 nodes, want 4":                        give(func(c *modes.Coarsening) { c.Weight = c.Weight[:2] }),
		"the cluster of node 1 is 2, want 0 to 1":           give(func(c *modes.Coarsening) { c.Cluster[1] = 2 }),
		"the weight of node 3 is NaN":                       give(func(c *modes.Coarsening) { c.Weight[3] = math.NaN() }),
		"an index of 1 new nodes, want 2":                   give(func(c *modes.Coarsening) { c.Index = []int{0} }),
		"the index of new node 1 is 4, want 0 to 3":         give(func(c *modes.Coarsening) { c.Index = []int{0, 4} }),
		"the index of new node 0 is 2, a node of cluster 1": give(func(c *modes.Coarsening) { c.Index = []int{2, 3} }),
		"an index with eigenvectors": give(func(c *modes.Coarsening) {
			c.Index, c.Modes = []int{0, 2}, tensor.New(tensor.WithShape(4, 1), tensor.WithBacking(make([]float64, 4)))
		}),
		"eigenvectors: shape (1, 1)": give(func(c *modes.Coarsening) {
			c.Modes = tensor.New(tensor.WithShape(1, 1), tensor.WithBacking([]float64{1}))
		}),
	} {
		_, err := modes.Coarsen([]*modes.Host{line(4)}, by)
		assert.ErrorContains(t, err, want)
	}
	g := coarsened(t, []*modes.Host{line(4), line(4)}, modes.CoarsenFunc(halves))
	g[1].Levels = nil
	_, err := modes.NewDisjoint(G.NewGraph(), "in", g, tensor.Float64, modes.Budget{})
	assert.ErrorContains(t, err, "graph 1: 0 levels, want 1")
	_, err = modes.Coarsen([]*modes.Host{nil})
	assert.ErrorContains(t, err, "graph 0: a nil graph")
}

// A loader over other graphs refuses those whose levels have no room.
func TestLoaderOverLevels(t *testing.T) {
	g := coarsened(t, []*modes.Host{line(4), line(6), {}, line(5)}, modes.CoarsenFunc(halves))
	l, err := modes.NewLoader(g, modes.Targets{}, modes.LoaderOptions{Batch: 2})
	require.NoError(t, err)
	require.Len(t, l.Budgets()[0].Levels, 1)
	_, err = l.Over(coarsened(t, []*modes.Host{line(5)}, modes.CoarsenFunc(halves)), modes.Targets{})
	require.NoError(t, err)
	_, err = l.Over([]*modes.Host{line(5)}, modes.Targets{})
	assert.ErrorContains(t, err, "0 levels, want 1")
	b, err := modes.BudgetFor(g, 2)
	require.NoError(t, err)
	assert.Equal(t, []modes.Budget{{Graphs: 2, Nodes: 6, NodesPerGraph: 3, Edges: 8}}, b.Levels)
}
