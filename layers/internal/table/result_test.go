package table_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// tableResult is what a layer gives for one graph, told from how it was laid
// out: nodes of the output go by the node of the input they are, or by their
// place where they are new ones.
type tableResult struct {
	byNode bool // keys of x and a, and columns of s, are nodes of the input
	x      map[int][]float64
	a      map[[2]int]float64
	s      map[[2]int]float64 // by node of the input, and cluster
	score  map[int][]float64  // by node of the input
	lifted map[int][]float64  // by node of the input

	// Of hard clusters, which go by their lowest node: the cluster of each node.
	cluster map[int]int
}

// results is what the layer gives for each graph. Padding is left out.
func (r *tableRun) results() []tableResult {
	nodeOf, graphOf := tablePlaces(r.in.Rows(), r.inIDs)
	places, outOf := tablePlaces(r.out.Rows(), r.outIDs)
	byNode := false
	switch {
	case r.index != nil && len(r.index) == r.out.Rows():
		byNode = true
		for i, from := range r.index {
			if outOf[i] >= 0 {
				places[i] = nodeOf[from]
			}
		}
	case r.out.Selection.Index == nil && r.out.Selection.Assignment == nil && r.out.Rows() == r.in.Rows() && r.in.IDs == r.out.IDs:
		byNode = true
	}
	if r.cluster != nil {
		byNode, places = false, r.lowest(places, nodeOf)
	}
	all := make([]tableResult, r.in.Graphs)
	for g := range all {
		all[g] = tableResult{byNode: byNode, x: map[int][]float64{}, a: map[[2]int]float64{}, s: map[[2]int]float64{}, score: map[int][]float64{}, lifted: map[int][]float64{}}
	}
	tableSplit(r.x, outOf, func(i int, v []float64) { all[outOf[i]].x[places[i]] = v })
	tableSplit(r.adj, outOf, func(i int, v []float64) {
		for j, w := range v {
			if outOf[j] == outOf[i] {
				all[outOf[i]].a[[2]int{places[i], places[j]}] = w
			} else if w != 0 {
				all[outOf[i]].a[[2]int{places[i], -1 - j}] = w // an edge to another graph
			}
		}
	})
	for i, p := range r.cluster {
		if p < 0 {
			continue
		}
		if all[graphOf[i]].cluster == nil {
			all[graphOf[i]].cluster = map[int]int{}
		}
		all[graphOf[i]].cluster[nodeOf[i]] = places[p]
	}
	tableSplit(r.s, graphOf, func(i int, v []float64) {
		for c, w := range v {
			if slot := graphOf[i]*len(v) + c; !byNode {
				all[graphOf[i]].s[[2]int{nodeOf[i], c}] = w
			} else if outOf[slot] >= 0 {
				all[graphOf[i]].s[[2]int{nodeOf[i], places[slot]}] = w
			}
		}
	})
	tableSplit(r.score, graphOf, func(i int, v []float64) { all[graphOf[i]].score[nodeOf[i]] = v })
	tableSplit(r.lifted, graphOf, func(i int, v []float64) { all[graphOf[i]].lifted[nodeOf[i]] = v })
	return all
}

// lowest is places, those of hard clusters replaced by the lowest node of each.
func (r *tableRun) lowest(places, nodeOf []int) []int {
	out, seen := slices.Clone(places), map[int]bool{}
	for i, p := range r.cluster {
		if p >= 0 && (!seen[p] || nodeOf[i] < out[p]) {
			out[p], seen[p] = nodeOf[i], true
		}
	}
	return out
}

// tablePlaces is the graph of each row, −1 for padding, and its place among
// the graph's rows.
func tablePlaces(rows int, ids []int) (place, graph []int) {
	count := map[int]int{}
	for i := range rows {
		g := 0
		if ids != nil {
			g = ids[i]
		}
		place, graph = append(place, count[g]), append(graph, g)
		count[g]++
	}
	return place, graph
}

// tableSplit calls f with each row of values that is not padding.
func tableSplit(values []float64, ids []int, f func(i int, v []float64)) {
	if len(values) == 0 {
		return
	}
	width := len(values) / len(ids)
	for i, id := range ids {
		if id >= 0 {
			f(i, values[i*width:][:width])
		}
	}
}

// permuted is the result with the nodes of the input renamed: i becomes to[i].
func (r tableResult) permuted(to []int) tableResult {
	out := tableResult{byNode: r.byNode, x: r.x, a: r.a, s: map[[2]int]float64{}, score: tableRename(r.score, to), lifted: tableRename(r.lifted, to)}
	for k, v := range r.s {
		if r.byNode {
			k[1] = to[k[1]]
		}
		out.s[[2]int{to[k[0]], k[1]}] = v
	}
	if r.cluster != nil {
		out.cluster, to = r.renamedClusters(to)
	}
	if r.byNode || r.cluster != nil {
		out.x = tableRename(r.x, to)
		out.a = map[[2]int]float64{}
		for k, v := range r.a {
			out.a[[2]int{to[k[0]], to[k[1]]}] = v
		}
	}
	return out
}

// renamedClusters is the cluster of each node with the nodes renamed, and what
// becomes of each cluster, which goes by its lowest node.
func (r tableResult) renamedClusters(to []int) (cluster map[int]int, name []int) {
	name = slices.Repeat([]int{len(to)}, len(to))
	for i, c := range r.cluster {
		name[c] = min(name[c], to[i])
	}
	cluster = map[int]int{}
	for i, c := range r.cluster {
		cluster[to[i]] = name[c]
	}
	return cluster, name
}

func tableRename(m map[int][]float64, to []int) map[int][]float64 {
	out := map[int][]float64{}
	for k, v := range m {
		out[to[k]] = v
	}
	return out
}

// diff errs where a result is further than tol from the one wanted.
func (r tableResult) diff(want tableResult, tol float64) error {
	return errors.Join(
		tableDiff("x", r.x, want.x, tol), tableDiff("a", tablePairs(r.a), tablePairs(want.a), tol),
		tableDiff("s", tablePairs(r.s), tablePairs(want.s), tol), tableDiff("score", r.score, want.score, tol),
		tableDiff("lifted", r.lifted, want.lifted, tol),
		tableDiff("cluster", tableNames(r.cluster), tableNames(want.cluster), 0),
	)
}

// tablePairs has 1000·i + j for each pair (i, j).
func tablePairs(m map[[2]int]float64) map[int][]float64 {
	out := map[int][]float64{}
	for k, v := range m {
		out[1000*k[0]+k[1]] = []float64{v}
	}
	return out
}

func tableNames(m map[int]int) map[int][]float64 {
	out := map[int][]float64{}
	for k, v := range m {
		out[k] = []float64{float64(v)}
	}
	return out
}

func tableDiff(what string, got, want map[int][]float64, tol float64) error {
	if have, need := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(have, need) {
		return fmt.Errorf("%s: of %v, want of %v", what, have, need)
	}
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if len(got[k]) != len(want[k]) {
			return fmt.Errorf("%s of %d: %v, want %v", what, k, got[k], want[k])
		}
		for i, w := range want[k] {
			if !tableNear(got[k][i], w, tol) {
				return fmt.Errorf("%s of %d: %v, want %v", what, k, got[k], want[k])
			}
		}
	}
	return nil
}

func tableNear(got, want, tol float64) bool {
	return math.Abs(got-want) <= tol*max(1, math.Abs(want))
}
