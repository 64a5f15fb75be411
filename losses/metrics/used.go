package metrics

import "math"

// UsedClusters returns the number of clusters with at least one node, 0 if
// no node has a cluster. It returns an error for a number below −1.
func UsedClusters(clusters []int) (int, error) {
	_, sizes, err := compact("clusters", clusters)
	return len(sizes), err
}

// EffectiveClusters returns the exponential of the entropy of the cluster
// sizes,
//
//	exp(−Σ_c p_c log p_c),  p_c = |c| / n,
//
// which is the number of clusters of equal size that have the same entropy: 1
// for one cluster, k for k clusters of equal size, less than [UsedClusters] for
// others. It is NaN if no node has a cluster.
//
// Source: M. O. Hill, "Diversity and Evenness: A Unifying Notation and Its
// Consequences", Ecology 54(2), 1973, doi:10.2307/1934352 (order 1).
func EffectiveClusters(clusters []int) (float64, error) {
	_, sizes, err := compact("clusters", clusters)
	if err != nil {
		return 0, err
	}
	return effective(sizes), nil
}

func effective(sizes []int64) float64 {
	var n int64
	for _, s := range sizes {
		n += s
	}
	if n == 0 {
		return math.NaN()
	}
	return math.Exp(entropy(sizes, n))
}
