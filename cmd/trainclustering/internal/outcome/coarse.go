package outcome

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
)

// coarseEdge is the weight of the edges between two clusters, or inside one.
type coarseEdge struct {
	a, b   int
	weight float64
}

// coarse adds up the weights of the edges between clusters, by rising numbers.
func (out *output) coarse() []coarseEdge {
	g, sum := out.graph, map[[2]int]float64{}
	for i, a := range out.res.Cluster {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			j := int(g.Col[p])
			if j < i {
				continue
			}
			b, w := out.res.Cluster[j], 1.0
			if g.Weights != nil {
				w = float64(g.Weights[p])
			}
			sum[[2]int{min(a, b), max(a, b)}] += w
		}
	}
	edges := make([]coarseEdge, 0, len(sum))
	for pair, w := range sum {
		edges = append(edges, coarseEdge{pair[0], pair[1], w})
	}
	slices.SortFunc(edges, func(x, y coarseEdge) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return edges
}

// writeCoarse writes the coarse graph as an edge list: a row a pair of clusters
// that edges join, and one for the edges inside a cluster.
func (out *output) writeCoarse(w io.Writer) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{"source", "target", "weight"}) // Flush's error is this one's
	for _, e := range out.coarse() {
		_ = table.Write([]string{strconv.Itoa(e.a), strconv.Itoa(e.b), strconv.FormatFloat(e.weight, 'g', -1, 64)})
	}
	table.Flush()
	return table.Error()
}
