package refine_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
)

// of is the undirected graph of the edges, each with its weight.
func of(n int, edges [][2]int, weight func(e int) float64) metrics.Graph {
	rows := make([]map[int]float64, n)
	for i := range rows {
		rows[i] = map[int]float64{}
	}
	for e, v := range edges {
		w := weight(e)
		rows[v[0]][v[1]] += w
		if v[0] != v[1] {
			rows[v[1]][v[0]] += w
		}
	}
	g := metrics.Graph{RowPtr: make([]int32, n+1), Weights: []float64{}}
	for i, row := range rows {
		for j := range n {
			if w, ok := row[j]; ok {
				g.Col, g.Weights = append(g.Col, int32(j)), append(g.Weights, w)
			}
		}
		g.RowPtr[i+1] = int32(len(g.Col))
	}
	return g
}

func one(int) float64 { return 1 }

// random is n nodes in k planted groups, the last three without edges.
func random(n, k, edges int, weighted bool, seed uint64) metrics.Graph {
	r := rand.New(rand.NewPCG(seed, 0))
	var all [][2]int
	for len(all) < edges {
		i, j := r.IntN(n-3), r.IntN(n-3)
		if i%k == j%k || r.IntN(6) == 0 {
			all = append(all, [2]int{i, j}) // loops and doubles too
		}
	}
	if !weighted {
		return of(n, all, one)
	}
	return of(n, all, func(int) float64 { return .2 + r.Float64() })
}

func drawn(n, k int, seed uint64) []int {
	r := rand.New(rand.NewPCG(seed, 1))
	c := make([]int, n)
	for i := range c {
		c[i] = r.IntN(k)
	}
	return c
}

func modularity(t testing.TB, g metrics.Graph, c []int) float64 {
	q, err := metrics.Modularity(g, c)
	require.NoError(t, err)
	return q
}

// TestMoves asks that modularity, computed anew, rises, and that no move of a node
// to the cluster of a neighbour is left that would raise it.
func TestMoves(t *testing.T) {
	for seed := range uint64(6) {
		g := random(60, 5, 200, seed%2 == 0, seed)
		start := drawn(60, 7, seed)
		got, err := refine.Moves(g, start, 7, seed)
		require.NoError(t, err)
		q := modularity(t, g, got)
		assert.Greater(t, q, modularity(t, g, start))
		assert.Equal(t, drawn(60, 7, seed), start, "not changed")
		settled(t, g, got, 1e-9)
	}
}

// settled asks that no move of a node to the cluster of a neighbour raises
// modularity by more than tol.
func settled(t *testing.T, g metrics.Graph, got []int, tol float64) {
	q := modularity(t, g, got)
	for i, was := range got {
		for e := g.RowPtr[i]; e < g.RowPtr[i+1]; e++ {
			to := got[g.Col[e]]
			got[i] = to
			require.LessOrEqual(t, modularity(t, g, got), q+tol, "node %d to %d", i, to)
			got[i] = was
		}
	}
}

// TestMultiLevel asks for no more than k clusters and no less modularity than
// moves give.
func TestMultiLevel(t *testing.T) {
	for seed := range uint64(8) {
		g := random(90, 6, 300, seed%2 == 0, seed)
		start := drawn(90, 5, seed)
		moved, err := refine.Moves(g, start, 5, seed)
		require.NoError(t, err)
		got, err := refine.MultiLevel(g, moved, 5, seed)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, modularity(t, g, got), modularity(t, g, moved)-1e-12)
		for _, c := range got {
			require.True(t, c >= 0 && c < 5)
		}
		again, err := refine.MultiLevel(g, moved, 5, seed)
		require.NoError(t, err)
		assert.Equal(t, got, again, "the same seed")
	}
}

// TestSameBitsAtAnyThreads asks that the clusters which take turns on several
// threads do not show in the result.
func TestSameBitsAtAnyThreads(t *testing.T) {
	g := random(3000, 9, 12_000, true, 4)
	start := drawn(3000, 9, 4)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want, err := refine.MultiLevel(g, start, 9, 7)
	require.NoError(t, err)
	louvain, err := refine.Louvain(g, 7)
	require.NoError(t, err)
	for _, threads := range []int{2, 5} {
		runtime.GOMAXPROCS(threads)
		got, err := refine.MultiLevel(g, start, 9, 7)
		require.NoError(t, err)
		assert.Equal(t, want, got, "%d threads", threads)
		got, err = refine.Louvain(g, 7)
		require.NoError(t, err)
		assert.Equal(t, louvain, got, "%d threads", threads)
	}
}

// ring is cliques of five, each joined to the next.
func ring(cliques int) metrics.Graph {
	var edges [][2]int
	for c := range cliques {
		for i := range 5 {
			for j := range i {
				edges = append(edges, [2]int{5*c + i, 5*c + j})
			}
		}
		edges = append(edges, [2]int{5 * c, (5*c + 6) % (5 * cliques)})
	}
	return of(5*cliques, edges, one)
}

// TestRing has an optimum that is known, and that single moves do not find.
func TestRing(t *testing.T) {
	g := ring(8)
	cliques := make([]int, 40)
	for i := range cliques {
		cliques[i] = i / 5
	}
	best := modularity(t, g, cliques) // 80/88 − 1/8
	assert.InDelta(t, 80./88-1./8, best, 1e-12)
	for seed := range uint64(5) {
		l, err := refine.Louvain(g, seed)
		require.NoError(t, err)
		assert.InDelta(t, best, modularity(t, g, l), 1e-12)
		m, err := refine.MultiLevel(g, drawn(40, 8, seed), 8, seed)
		require.NoError(t, err)
		assert.InDelta(t, best, modularity(t, g, m), 1e-12)
	}
}

// TestLouvainBesideGonum compares with another implementation.
func TestLouvainBesideGonum(t *testing.T) {
	for seed := range uint64(4) {
		g := random(120, 6, 500, true, seed)
		other := simple.NewWeightedUndirectedGraph(0, 0)
		for i := range g.Nodes() {
			other.AddNode(simple.Node(i))
		}
		for i := range g.Nodes() {
			for e := g.RowPtr[i]; e < g.RowPtr[i+1]; e++ {
				if j := int(g.Col[e]); j > i {
					other.SetWeightedEdge(other.NewWeightedEdge(simple.Node(i), simple.Node(j), g.Weights[e]))
				} else if j == i {
					g.Weights[e] = 0 // Gonum's simple graphs have no loops
				}
			}
		}
		groups := community.Modularize(other, 1, rand.NewPCG(seed, 1)).Communities()
		theirs := make([]int, g.Nodes())
		for c, nodes := range groups {
			for _, n := range nodes {
				theirs[n.ID()] = c
			}
		}
		assert.InDelta(t, community.Q(other, groups, 1), modularity(t, g, theirs), 1e-9)
		ours, err := refine.Louvain(g, seed)
		require.NoError(t, err)
		assert.InDelta(t, modularity(t, g, theirs), modularity(t, g, ours), .02)
	}
}

// TestMerge compares with joining, each time, the best of all pairs.
func TestMerge(t *testing.T) {
	for seed := range uint64(6) {
		g := random(40, 4, 60, true, seed)
		want := drawn(40, 12, seed)
		got, err := refine.Merge(g, want, 4)
		require.NoError(t, err)
		for {
			n, err := metrics.UsedClusters(want)
			require.NoError(t, err)
			if n <= 4 {
				break
			}
			want = bestPair(t, g, want)
		}
		assert.InDelta(t, modularity(t, g, want), modularity(t, g, got), 1e-9)
		n, _ := metrics.UsedClusters(got)
		assert.Equal(t, 4, n)
		assert.Zero(t, got[0])
	}
}

func bestPair(t *testing.T, g metrics.Graph, c []int) []int {
	best, top := c, math.Inf(-1)
	for a := range 12 {
		for b := range a {
			joined, changed := append([]int(nil), c...), [2]bool{}
			for i, v := range c {
				if v == a {
					joined[i], changed[0] = b, true
				}
				changed[1] = changed[1] || v == b
			}
			if q := modularity(t, g, joined); changed == [2]bool{true, true} && q > top {
				best, top = joined, q
			}
		}
	}
	return best
}

// path is four nodes in a row, and a fifth without edges.
func path() metrics.Graph { return of(5, [][2]int{{0, 1}, {1, 2}, {2, 3}}, one) }

func TestConnected(t *testing.T) {
	g := path()
	for name, c := range map[string]struct {
		clusters, split, reassign []int
		bad                       int
	}{
		"one in pieces":          {[]int{0, 1, 0, 0, 1}, []int{2, 1, 0, 0, 1}, []int{1, 1, 0, 0, 1}, 1},
		"all connected":          {[]int{0, 0, 1, 1, 1}, []int{0, 0, 1, 1, 1}, []int{0, 0, 1, 1, 1}, 0},
		"a node without edges":   {[]int{3, 3, 3, 3, 3}, []int{3, 3, 3, 3, 3}, []int{3, 3, 3, 3, 3}, 0},
		"two in pieces":          {[]int{0, 1, 0, 1, 0}, []int{0, 1, 2, 3, 0}, []int{0, 0, 0, 0, 0}, 2},
		"numbers that have gaps": {[]int{9, 4, 9, 9, 7}, []int{10, 4, 9, 9, 7}, []int{4, 4, 9, 9, 7}, 1},
	} {
		bad, err := refine.Disconnected(g, c.clusters)
		require.NoError(t, err)
		assert.Equal(t, c.bad, bad, name)
		split, err := refine.Split(g, c.clusters)
		require.NoError(t, err)
		assert.Equal(t, c.split, split, name)
		if c.bad < 2 { // the order of two decides
			got, err := refine.Reassign(g, c.clusters)
			require.NoError(t, err)
			assert.Equal(t, c.reassign, got, name)
		}
	}
}

// Two triangles, an edge, and two nodes without edges: whole components become
// clusters by Split, nodes without edges stay, and Reassign has nowhere to put
// either.
func TestSplitOfComponents(t *testing.T) {
	g := of(10, [][2]int{{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}, {4, 5}, {6, 7}}, one)
	for _, c := range []struct{ clusters, split []int }{
		{make([]int, 10), []int{0, 0, 0, 1, 1, 1, 2, 2, 0, 0}},
		{[]int{0, 0, 0, 0, 0, 0, 1, 1, 1, 2}, []int{0, 0, 0, 3, 3, 3, 1, 1, 1, 2}},
		{[]int{0, 0, 0, 1, 1, 0, 1, 1, 0, 0}, []int{0, 0, 0, 1, 1, 2, 3, 3, 0, 0}},
	} {
		got, err := refine.Split(g, c.clusters)
		require.NoError(t, err)
		assert.Equal(t, c.split, got)
		again, err := refine.Split(g, got)
		require.NoError(t, err)
		assert.Equal(t, got, again, "nothing is left to split")
		parts, err := metrics.Parts(g, got)
		require.NoError(t, err)
		for _, p := range parts {
			alone := 0
			for i := 8; i < 10; i++ {
				if got[i] == p.Cluster && p.Size > 1 {
					alone++
				}
			}
			assert.Equal(t, 1+alone, p.Components, "one piece, and the nodes without edges")
		}
	}
	got, err := refine.Reassign(g, make([]int, 10))
	require.NoError(t, err)
	assert.Equal(t, make([]int, 10), got)
}

func TestSplitAndReassignLeaveNone(t *testing.T) {
	for seed := range uint64(6) {
		g := random(80, 4, 150, true, seed)
		c := drawn(80, 6, seed)
		for _, f := range []func(metrics.Graph, []int) ([]int, error){refine.Split, refine.Reassign} {
			got, err := f(g, c)
			require.NoError(t, err)
			bad, err := refine.Disconnected(g, got)
			require.NoError(t, err)
			assert.Zero(t, bad)
		}
		r, err := refine.Reassign(g, c)
		require.NoError(t, err)
		for _, v := range r {
			require.True(t, v >= 0 && v < 6, "no cluster is added")
		}
	}
}

func TestGraphsWithoutEdges(t *testing.T) {
	for _, n := range []int{0, 1, 4} {
		g := metrics.Graph{RowPtr: make([]int32, n+1)}
		c := make([]int, n)
		for i := range c {
			c[i] = i % 2
		}
		for _, f := range []func() ([]int, error){
			func() ([]int, error) { return refine.Moves(g, c, 2, 0) },
			func() ([]int, error) { return refine.MultiLevel(g, c, 2, 0) },
			func() ([]int, error) { return refine.Merge(g, c, 2) },
			func() ([]int, error) { return refine.Split(g, c) },
			func() ([]int, error) { return refine.Reassign(g, c) },
		} {
			got, err := f()
			require.NoError(t, err)
			assert.Equal(t, c, got)
		}
		l, err := refine.Louvain(g, 0)
		require.NoError(t, err)
		assert.Len(t, l, n)
		m, err := refine.Merge(g, l, 1)
		require.NoError(t, err)
		assert.Equal(t, make([]int, n), m)
	}
}

func TestErrors(t *testing.T) {
	g := path()
	_, err := refine.Moves(g, []int{0, 0, 0, 0, 2}, 2, 0)
	assert.EqualError(t, err, "refine: clusters[4] = 2, want 0 to 1")
	_, err = refine.MultiLevel(g, []int{0, 0, 0, 0, -1}, 2, 0)
	assert.EqualError(t, err, "refine: clusters[4] = -1, want 0 to 1")
	_, err = refine.Merge(g, []int{0, 0, 0, 0, 0}, 0)
	assert.EqualError(t, err, "refine: k = 0, want at least 1")
	_, err = refine.Split(g, []int{0})
	assert.ErrorContains(t, err, "refine: ")
	_, err = refine.Disconnected(g, []int{0, 0, 0, 0, -1})
	assert.ErrorContains(t, err, "clusters[4] = -1")
	g.RowPtr[1] = 90
	_, err = refine.Louvain(g, 0)
	assert.ErrorContains(t, err, "refine: ")
}

// A wrong cluster at one end of each of two triangles is put right.
func Example() {
	g := of(6, [][2]int{{0, 1}, {0, 2}, {1, 2}, {2, 3}, {3, 4}, {3, 5}, {4, 5}}, one)
	clusters, _ := refine.Moves(g, []int{0, 0, 1, 1, 1, 0}, 2, 1)
	fmt.Println(clusters)
	// Output: [0 0 0 1 1 1]
}
