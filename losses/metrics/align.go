package metrics

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Alignment is new numbers for clusters, those of an earlier clustering of the
// same nodes where the two overlap.
type Alignment struct {
	IDs     []int // the new number of each cluster, no two the same
	Matched int   // clusters with the number of an earlier one
	Common  int   // nodes that have a cluster in both
	Agree   int   // of these, the nodes whose new number is their earlier one
}

// What Align matches exactly: clusters of the fewer, and pairs.
const (
	maxExact = 2048
	maxCells = 1 << 24
)

// Align matches clusters, numbers from 0 to k−1, one to one to the clusters
// earlier so that most nodes keep their number:
//
//	max_π Σ_c n_{c,π(c)},  n_{c,e} the nodes in cluster c that were in e
//
// Each matched pair shares a node. A cluster that matches none is new: it gets
// a number above all of earlier, and at least next, in the order of the
// clusters. Numbers without nodes get what is free, the smallest first. Of
// several matchings as good, the result is one, and always the same.
//
// [Unassigned] stands for no cluster, in both. It errs if the lengths differ,
// or a number is out of range. With r the smaller and s the larger number of
// clusters it takes O(r·s) memory and O(r²·s) time. Where r is above 2048, or
// r·s above 2²⁴, the largest overlaps are matched first instead, which keeps at
// least half as many nodes as the best matching.
//
// Source: H. W. Kuhn, "The Hungarian method for the assignment problem", 1955,
// doi:10.1002/nav.3800020109.
func Align(clusters, earlier []int, k, next int) (Alignment, error) {
	if len(clusters) != len(earlier) {
		return Alignment{}, fmt.Errorf("metrics: earlier has %d entries, want as many as clusters (%d)", len(earlier), len(clusters))
	}
	for i, c := range clusters {
		if c < Unassigned || c >= k {
			return Alignment{}, fmt.Errorf("metrics: clusters[%d] = %d, want -1 to %d", i, c, k-1)
		}
		if earlier[i] < Unassigned {
			return Alignment{}, fmt.Errorf("metrics: earlier[%d] = %d, want at least -1 (-1: none)", i, earlier[i])
		}
	}
	a := Alignment{IDs: make([]int, max(k, 0))}
	for c := range a.IDs {
		a.IDs[c] = Unassigned
	}
	a.match(clusters, earlier)
	for _, e := range earlier {
		next = max(next, e+1)
	}
	a.number(clusters, max(next, 0))
	return a, nil
}

// Of is the clusters under their new numbers.
func (a Alignment) Of(clusters []int) []int {
	out := make([]int, len(clusters))
	for i, c := range clusters {
		out[i] = c
		if c >= 0 && c < len(a.IDs) {
			out[i] = a.IDs[c]
		}
	}
	return out
}

// match gives clusters the numbers of the earlier ones that they match.
func (a *Alignment) match(clusters, earlier []int) {
	var rows, cols []int // clusters and earlier ones with a node in both
	for i, c := range clusters {
		if c >= 0 && earlier[i] >= 0 {
			rows, cols = append(rows, c), append(cols, earlier[i])
		}
	}
	a.Common = len(rows)
	from, to := distinct(rows), distinct(cols)
	swap := len(from) > len(to)
	if swap {
		rows, cols, from, to = cols, rows, to, from
	}
	if len(from) > maxExact || len(from)*len(to) > maxCells {
		a.matchLargest(rows, cols, swap)
		return
	}
	gain := overlaps(rows, cols, from, to)
	for i, j := range assign(gain) {
		if gain[i][j] == 0 {
			continue
		}
		c, e := from[i], to[j]
		if swap {
			c, e = e, c
		}
		a.IDs[c] = e
		a.Matched, a.Agree = a.Matched+1, a.Agree+int(gain[i][j])
	}
}

// matchLargest matches the pair with the largest overlap, and so on.
func (a *Alignment) matchLargest(rows, cols []int, swap bool) {
	count := map[[2]int]int{}
	for i, r := range rows {
		pair := [2]int{r, cols[i]}
		if swap {
			pair[0], pair[1] = pair[1], pair[0]
		}
		count[pair]++
	}
	pairs := slices.SortedFunc(maps.Keys(count), func(x, y [2]int) int {
		return cmp.Or(cmp.Compare(count[y], count[x]), cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	taken := map[int]bool{}
	for _, p := range pairs {
		if a.IDs[p[0]] == Unassigned && !taken[p[1]] {
			a.IDs[p[0]], taken[p[1]] = p[1], true
			a.Matched, a.Agree = a.Matched+1, a.Agree+count[p]
		}
	}
}

// overlaps counts the nodes in each pair of a number of from and one of to.
func overlaps(rows, cols, from, to []int) [][]int64 {
	gain := make([][]int64, len(from))
	for i := range gain {
		gain[i] = make([]int64, len(to))
	}
	for i, r := range rows {
		at, _ := slices.BinarySearch(from, r)
		col, _ := slices.BinarySearch(to, cols[i])
		gain[at][col]++
	}
	return gain
}

// number gives the clusters that match none their numbers.
func (a *Alignment) number(clusters []int, next int) {
	for _, c := range distinct(clusters) {
		if c >= 0 && a.IDs[c] == Unassigned {
			a.IDs[c] = next
			next++
		}
	}
	taken := map[int]bool{}
	for _, id := range a.IDs {
		taken[id] = true
	}
	free := 0
	for c, id := range a.IDs {
		if id != Unassigned {
			continue
		}
		for taken[free] {
			free++
		}
		a.IDs[c] = free
		free++
	}
}

// distinct is the numbers that occur, ascending.
func distinct(v []int) []int {
	return slices.Compact(slices.Sorted(slices.Values(v)))
}
