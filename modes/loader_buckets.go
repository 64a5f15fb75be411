package modes

import (
	"cmp"
	"slices"
)

// maxBuckets is the most inputs, so compiled graphs, in batch mode.
const maxBuckets = 4

// batchBudgets is the budgets of buckets of graphs by their nodes, from small
// to large, such that all graphs together take the fewest rows. A bucket of
// large graphs takes fewer of them in a batch, so that a batch has at most
// twice the rows of an average one.
func batchBudgets(sizes []size, graphs int) []Budget {
	sorted := slices.Clone(sizes)
	slices.SortFunc(sorted, func(a, b size) int { return cmp.Compare(a.nodes, b.nodes) })
	nodes := 0
	for _, s := range sorted {
		nodes += s.nodes
	}
	graphs = min(graphs, len(sorted))
	rows := int(2 * float64(graphs) * float64(nodes) / float64(len(sorted)))
	var out []Budget
	from := 0
	for _, to := range buckets(sorted) {
		of := sorted[from:to]
		most := max(1, of[len(of)-1].nodes)
		g := min(graphs, len(of), max(1, rows/most))
		edges := make([]int, len(of))
		for i, s := range of {
			edges[i] = s.edges
		}
		b := Budget{Graphs: g, NodesPerGraph: most, Edges: max(1, sumLargest(edges, g))}
		if last := len(out) - 1; last >= 0 {
			b.Edges = max(b.Edges, out[last].Edges)
			b.Levels = levelBudgets(of, g, out[last].Levels)
		} else {
			b.Levels = levelBudgets(of, g, nil)
		}
		out = append(out, b)
		from = to
	}
	return out
}

// buckets is where each of at most maxBuckets runs of the sorted sizes ends,
// such that Σ graphs·(nodes of the largest in the bucket) is least. Runs end at
// a few hundred places at most.
func buckets(sorted []size) []int {
	ends := bucketEnds(sorted)
	type choice struct{ cost, from int }
	best := make([][]choice, maxBuckets) // best[k][e]: k+1 buckets up to ends[e]
	for k := range best {
		best[k] = make([]choice, len(ends))
		for e, end := range ends {
			most := sorted[end-1].nodes
			best[k][e] = choice{end * most, -1}
			for f := range e {
				if k == 0 {
					break
				}
				if c := best[k-1][f].cost + (end-ends[f])*most; c < best[k][e].cost {
					best[k][e] = choice{c, f}
				}
			}
		}
	}
	var out []int
	for k, e := maxBuckets-1, len(ends)-1; e >= 0; k-- {
		out = append(out, ends[e])
		e = best[k][e].from
	}
	slices.Reverse(out)
	return out
}

// bucketEnds is the places behind the last graph of each number of nodes, or
// of some where there are many.
func bucketEnds(sorted []size) []int {
	var all []int
	for i := range sorted {
		if i+1 == len(sorted) || sorted[i].nodes != sorted[i+1].nodes {
			all = append(all, i+1)
		}
	}
	const most = 400
	if len(all) <= most {
		return all
	}
	some := make([]int, most)
	for i := range some {
		some[i] = all[(i+1)*len(all)/most-1]
	}
	return some
}

// levelBudgets is room for the levels of any so many of the graphs, and no less
// than before has.
func levelBudgets(of []size, graphs int, before []Budget) []Budget {
	var out []Budget
	for l := range of[0].levels {
		b, edges := Budget{Graphs: graphs, NodesPerGraph: 1}, make([]int, len(of))
		for i, s := range of {
			b.NodesPerGraph, edges[i] = max(b.NodesPerGraph, s.level(l).nodes), s.level(l).edges
		}
		b.Edges = max(1, sumLargest(edges, graphs))
		if l < len(before) {
			b.NodesPerGraph, b.Edges = max(b.NodesPerGraph, before[l].NodesPerGraph), max(b.Edges, before[l].Edges)
		}
		out = append(out, b)
	}
	return out
}
