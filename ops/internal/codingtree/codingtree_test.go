package codingtree

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// matrix is a graph as the weights between each two nodes.
type matrix [][]float64

func (a matrix) graph() Graph {
	g := Graph{Ptr: []int32{0}, Of: make([]int32, len(a)), Parts: 1}
	for i := range a {
		for j, w := range a[i] {
			if w > 0 {
				g.Col, g.Weight = append(g.Col, int32(j)), append(g.Weight, w)
			}
		}
		g.Ptr = append(g.Ptr, int32(len(g.Col)))
	}
	return g
}

// cut is the weight of the edges between two sets; volume that of all edges of
// one.
func (a matrix) cut(s, t []int) (sum float64) {
	for _, i := range s {
		for _, j := range t {
			sum += a[i][j]
		}
	}
	return sum
}

func (a matrix) all() []int {
	x := make([]int, len(a))
	for i := range x {
		x[i] = i
	}
	return x
}

func (a matrix) volume(s []int) float64 { return a.cut(s, a.all()) }

// entropy is that of the tree of clusters, by the definition.
func (a matrix) entropy(clusters [][]int) (h float64) {
	v := a.volume(a.all())
	for _, c := range clusters {
		vc := a.volume(c)
		if vc == 0 {
			continue
		}
		h -= (vc - a.cut(c, c)) / v * math.Log2(vc/v)
		for _, i := range c {
			if d := a.volume([]int{i}); d > 0 {
				h -= d / v * math.Log2(d/vc)
			}
		}
	}
	return h
}

func clustersOf(of []int) [][]int {
	var out [][]int
	at := map[int]int{}
	for i, c := range of {
		if _, ok := at[c]; !ok {
			at[c] = len(out)
			out = append(out, nil)
		}
		out[at[c]] = append(out[at[c]], i)
	}
	return out
}

// slow is the unions by the definition: every union is weighed by the entropy of
// the whole.
func (a matrix) slow() []int {
	sets := clustersOf(a.all())
	for h := a.entropy(sets); ; {
		best, union := h-1e-12, [][]int(nil)
		for i := range sets {
			for j := range i {
				if a.cut(sets[i], sets[j]) == 0 {
					continue
				}
				try := slices.Concat(sets[:j], sets[j+1:i], sets[i+1:], [][]int{slices.Concat(sets[i], sets[j])})
				if h := a.entropy(try); h < best {
					best, union = h, try
				}
			}
		}
		if union == nil {
			break
		}
		h, sets = best, union
	}
	of := make([]int, len(a))
	for _, c := range sets {
		for _, i := range c {
			of[i] = slices.Min(c)
		}
	}
	return of
}

// random is a graph of some groups, with weights that never tie.
func random(rng *rand.Rand, n int) matrix {
	a := make(matrix, n)
	for i := range a {
		a[i] = make([]float64, n)
		for j := range i {
			if p := rng.Float64(); i%3 == j%3 && p < 0.7 || p < 0.15 {
				a[i][j] = 0.5 + rng.Float64()
				a[j][i] = a[i][j]
			}
		}
	}
	return a
}

func TestUnionsAreThoseOfTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 150 {
		a := random(rng, 1+rng.IntN(12))
		g := newGrowing(a.graph())
		for g.grow() {
		}
		of := lowest(g.clusters())
		require.Equal(t, a.slow(), of, "%v", a)
		m := newMoving(a.graph(), slices.Clone(of))
		for h := a.entropy(clustersOf(of)); m.sweep(); {
			next := a.entropy(clustersOf(m.of))
			require.Less(t, next, h, "moves lower the entropy")
			h = next
		}
		require.Equal(t, lowest(m.of), Clusters(a.graph()))
	}
}

// No partition of a small graph is much better, and most are not better at all.
func TestClustersAreNearlyTheBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	best, worst := 0, 1.
	const graphs = 40
	for range graphs {
		a := random(rng, 7)
		if a.volume(a.all()) == 0 {
			a[0][1], a[1][0] = 1, 1
		}
		least := math.Inf(1)
		eachPartition(make([]int, len(a)), 0, 0, func(of []int) { least = min(least, a.entropy(clustersOf(of))) })
		h := a.entropy(clustersOf(Clusters(a.graph())))
		require.GreaterOrEqual(t, h, least-1e-12)
		require.LessOrEqual(t, h, a.entropy(clustersOf(a.all()))+1e-12, "the entropy without clusters")
		worst = max(worst, h/least)
		if h < least+1e-12 {
			best++
		}
	}
	t.Logf("the best partition in %d of %d, at worst %.3f times its entropy", best, graphs, worst)
	assert.GreaterOrEqual(t, best, graphs/2)
	assert.Less(t, worst, 1.1)
}

// eachPartition calls f with every partition of the nodes.
func eachPartition(of []int, i, used int, f func(of []int)) {
	if i == len(of) {
		f(of)
		return
	}
	for c := range used + 1 {
		of[i] = c
		eachPartition(of, i+1, max(used, c+1), f)
	}
}

// Each union lowers the entropy, by what its key says.
func TestUnionsLowerTheEntropy(t *testing.T) {
	a := random(rand.New(rand.NewPCG(1, 2)), 14)
	g := newGrowing(a.graph())
	unions := 0
	for before := a.entropy(clustersOf(g.clusters())); ; unions++ {
		said := g.heap.keys[g.heap.top()].value / a.volume(a.all())
		if !g.grow() {
			break
		}
		h := a.entropy(clustersOf(g.clusters()))
		require.Less(t, h, before)
		require.InDelta(t, before+said, h, 1e-12)
		before = h
	}
	assert.Greater(t, unions, 5)
}

func TestCliquesAreClusters(t *testing.T) {
	const n = 15 // two cliques of six, a weak edge between; a pair; a node alone
	a := make(matrix, n)
	for i := range a {
		a[i] = make([]float64, n)
	}
	join := func(i, j int) { a[i][j], a[j][i] = 1, 1 }
	for c := range 2 {
		for i := range 6 {
			for j := range i {
				join(6*c+i, 6*c+j)
			}
		}
	}
	a[5][6], a[6][5] = 0.5, 0.5
	join(12, 13)
	assert.Equal(t, []int{0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 12, 12, 14}, Clusters(a.graph()))
	assert.Empty(t, Clusters(Graph{Ptr: []int32{0}}))
	assert.Equal(t, []int{0, 1}, Clusters(Graph{Ptr: []int32{0, 0, 0}, Of: []int32{0, 1}, Parts: 2}))
	assert.Equal(t, []int{0, 1}, Clusters(matrix{{0, 1}, {1, 0}}.graph()), "one edge: a union would not lower the entropy")
}

// Two graphs beside each other have the clusters of each; ties too.
func TestPartsAreOnTheirOwn(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		var both Graph
		both.Ptr, both.Parts = []int32{0}, 2
		var want []int
		for part := range 2 {
			a := random(rng, 3+rng.IntN(9))
			for i := range a {
				for j := range a {
					a[i][j] = math.Ceil(a[i][j])
				}
			}
			g, first := a.graph(), len(both.Of)
			for i := range a {
				both.Of = append(both.Of, int32(part))
				for e := g.Ptr[i]; e < g.Ptr[i+1]; e++ {
					both.Col, both.Weight = append(both.Col, g.Col[e]+int32(first)), append(both.Weight, g.Weight[e])
				}
				both.Ptr = append(both.Ptr, int32(len(both.Col)))
			}
			for _, c := range Clusters(g) {
				want = append(want, c+first)
			}
		}
		require.Equal(t, want, Clusters(both))
	}
}

// Time stays nearly linear at a hub: with a step for each of 200,000 neighbours
// at each union this would not end.
func TestHub(t *testing.T) {
	const n = 200_000
	g := Graph{Ptr: []int32{0}, Of: make([]int32, n+1), Parts: 1}
	for i := 1; i <= n; i++ {
		g.Col, g.Weight = append(g.Col, int32(i)), append(g.Weight, 1)
	}
	g.Ptr = append(g.Ptr, n)
	for range n {
		g.Col, g.Weight = append(g.Col, 0), append(g.Weight, 1)
		g.Ptr = append(g.Ptr, int32(len(g.Col)))
	}
	with := 0
	for _, c := range Clusters(g) {
		if c == 0 {
			with++
		}
	}
	// A leaf more lowers the entropy while 2j·log₂(1 + 1/(n+j)) < 2·log₂(2n/(n+j+1)).
	j := 1.
	for 2*j*math.Log2(1+1/(n+j)) < 2*math.Log2(2*n/(n+j+1)) {
		j++
	}
	assert.InEpsilon(t, j, float64(with), 0.02, "it is weighed again where it has grown by an eighth")
}
