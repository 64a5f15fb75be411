package metrics

import "math"

// NMI returns the normalised mutual information of two clusterings,
//
//	I(C; L) / ((H(C) + H(L)) / 2),
//
// with the arithmetic mean of the entropies in the denominator. It lies in
// [0, 1]; 1 means equal but for the names of the groups. If both clusterings
// have one group only the result is 1, if just one of them has, 0. It is NaN if
// no node has both numbers. It returns an error if the lengths differ.
//
// Source: N. X. Vinh, J. Epps, J. Bailey, "Information Theoretic Measures for
// Clusterings Comparison", JMLR 11, 2010 (NMI_sum).
func NMI(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.nmi(), nil
}

func (t table) nmi() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	h := (entropy(t.rows, t.n) + entropy(t.cols, t.n)) / 2
	if h == 0 {
		return 1
	}
	return min(t.information()/h, 1)
}

// entropy returns −Σ p log p of p = counts/n, exactly 0 for one count of n.
func entropy(counts []int64, n int64) float64 {
	var h float64
	for _, c := range counts {
		if c == 0 {
			continue
		}
		p := float64(c) / float64(n)
		h -= p * math.Log(p)
	}
	return max(h, 0)
}
