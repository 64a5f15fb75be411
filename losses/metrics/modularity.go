package metrics

// Modularity returns Newman's modularity of a clustering,
//
//	Q = Σ_c [ t_c/2m − (v_c/2m)² ],
//
// where 2m is the sum of all stored entries, t_c the sum of those inside
// cluster c and v_c the sum of the degrees of its nodes. Edge weights count.
//
// Q lies in [−1/2, 1). All nodes in one cluster give exactly 0. Two
// triangles joined by one edge, as two clusters, give 5/14. A graph whose entries sum to 0
// gives 0. It returns an error if g is malformed, or if clusters does not have
// one number per node.
//
// Source: M. E. J. Newman, "Modularity and community structure in networks",
// PNAS 103(23), 2006, doi:10.1073/pnas.0601602103.
func Modularity(g Graph, clusters []int) (float64, error) {
	s, err := newCuts(g, clusters)
	if err != nil {
		return 0, err
	}
	return s.modularity(), nil
}

func (s cuts) modularity() float64 {
	if s.total == 0 {
		return 0
	}
	var q float64
	for c, v := range s.volume {
		f := v / s.total
		q += s.inside[c]/s.total - f*f
	}
	return q
}
