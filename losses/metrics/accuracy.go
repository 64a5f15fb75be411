package metrics

import "math"

// Accuracy returns the share of nodes whose cluster is the one matched to
// their label, under the one-to-one matching of clusters and labels that makes
// it largest,
//
//	max_π Σ_c n_{c,π(c)} / n,
//
// in (0, 1]. The numbers of clusters and labels may differ: those left over are
// matched to nothing. The result is NaN if no node has both numbers. It returns
// an error if the lengths differ. With r the smaller and s the larger of the
// numbers of used clusters and used labels, it takes O(r·s) memory and O(r²·s)
// time besides the counting.
func Accuracy(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.accuracy(), nil
}

func (t table) accuracy() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	r, s := len(t.rows), len(t.cols)
	swap := r > s
	if swap {
		r, s = s, r
	}
	gain := make([][]int64, r)
	for i := range gain {
		gain[i] = make([]int64, s)
	}
	for _, c := range t.cells {
		if swap {
			gain[c.col][c.row] = c.count
		} else {
			gain[c.row][c.col] = c.count
		}
	}
	var hit int64
	for i, j := range assign(gain) {
		hit += gain[i][j]
	}
	return float64(hit) / float64(t.n)
}
