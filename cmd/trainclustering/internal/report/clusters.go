package report

import (
	"cmp"
	"slices"
)

// clusters are the clusters in use, the largest first, and what joins them.
type clusters struct {
	ids    []int     // their numbers in Data.Cluster
	size   []int     // nodes
	inside []float64 // weight of the edges inside
	cut    []float64 // weight of the edges to others
	of     []int     // of each node, its place in ids
	joins  []join

	highest int // of ids
}

// join is the weight of the edges between two clusters, a < b.
type join struct {
	a, b   int
	weight float64
}

func newClusters(d *Data) *clusters {
	sizes := make(map[int]int)
	for _, c := range d.Cluster {
		sizes[c]++
	}
	k := &clusters{}
	for c := range sizes {
		k.ids = append(k.ids, c)
		k.highest = max(k.highest, c)
	}
	slices.SortFunc(k.ids, func(a, b int) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	place := make(map[int]int, len(k.ids))
	for at, c := range k.ids {
		place[c] = at
		k.size = append(k.size, sizes[c])
	}
	k.of = make([]int, len(d.Cluster))
	for i, c := range d.Cluster {
		k.of[i] = place[c]
	}
	k.inside, k.cut = make([]float64, len(k.ids)), make([]float64, len(k.ids))
	k.join(d.Graph)
	return k
}

// join adds up the weights inside and between clusters.
func (k *clusters) join(g Graph) {
	between := make(map[[2]int]float64)
	for i, a := range k.of {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			b := k.of[g.Col[p]]
			if a == b {
				k.inside[a] += g.weight(p) / 2
				continue
			}
			k.cut[a] += g.weight(p)
			if a < b {
				between[[2]int{a, b}] += g.weight(p)
			}
		}
	}
	for pair, w := range between {
		k.joins = append(k.joins, join{pair[0], pair[1], w})
	}
	slices.SortFunc(k.joins, func(x, y join) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
}

func (g Graph) weight(p int32) float64 {
	if g.Weights == nil {
		return 1
	}
	return float64(g.Weights[p])
}

// name is the name of a node as it is shown.
func (g Graph) name(i int) string {
	if g.Names == nil {
		return itoa(i)
	}
	return clean(g.Names[i])
}

// degree counts a node's neighbours.
func (g Graph) degree(i int) int { return int(g.RowPtr[i+1] - g.RowPtr[i]) }

// paint is the colour of the cluster at a place of ids: that of its number, or
// of its place where numbers are too high for a colour each.
func (k *clusters) paint(at int) paint {
	if k.highest >= colours {
		return clusterPaint(at)
	}
	return clusterPaint(k.ids[at])
}
