package metrics

import "math"

// ARI returns the Rand index over pairs of nodes, adjusted for chance,
//
//	(T − E) / ((P_C + P_L)/2 − E),  E = P_C·P_L / P,
//
// where P counts all pairs, P_C and P_L those that share a cluster or a label,
// and T those that share both. It is at most 1 (equal but for the names of the
// groups), 0 on average for independent clusterings, and at least −1/2.
//
// The denominator is 0 if both clusterings have one group only, or if each node
// is a group of its own in both. Then they are equal, and the result is 1. It is
// NaN if no node has both numbers. It returns an error if the lengths differ.
//
// Source: L. Hubert, P. Arabie, "Comparing partitions", Journal of
// Classification 2, 1985, doi:10.1007/BF01908075.
func ARI(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.ari(), nil
}

func (t table) ari() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	both, inRow, inCol := t.pairs()
	if both == inRow && both == inCol {
		return 1
	}
	expected := float64(inRow) * float64(inCol) / float64(choose2(t.n))
	mean := (float64(inRow) + float64(inCol)) / 2
	return (float64(both) - expected) / (mean - expected)
}

// PairF1 returns the F1 score of the statement "these two nodes share a
// cluster" about "these two nodes share a label", over all pairs,
//
//	2T / (P_C + P_L)
//
// with the notation of [ARI]: the harmonic mean of pair precision T/P_C and
// pair recall T/P_L. It lies in [0, 1], and is NaN if no pair shares a cluster or
// a label.
func PairF1(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.pairF1(), nil
}

func (t table) pairF1() float64 {
	both, inRow, inCol := t.pairs()
	if inRow+inCol == 0 {
		return math.NaN()
	}
	return 2 * float64(both) / (float64(inRow) + float64(inCol))
}

// pairs counts the pairs of nodes that share both the row and the column, that
// share the row, and that share the column.
func (t table) pairs() (both, inRow, inCol int64) {
	for _, c := range t.cells {
		both += choose2(c.count)
	}
	for _, r := range t.rows {
		inRow += choose2(r)
	}
	for _, c := range t.cols {
		inCol += choose2(c)
	}
	return both, inRow, inCol
}

func choose2(n int64) int64 {
	return n * (n - 1) / 2
}
