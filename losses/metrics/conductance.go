package metrics

import "math"

// Conductance returns the share of the stored entries, by weight, that join two
// different clusters,
//
//	Σ_{c_i ≠ c_j} a_ij / Σ a_ij,
//
// in [0, 1]; lower is better. It is what the DMoN paper's code reports as
// conductance. The result is NaN if the entries
// sum to 0.
//
// Source: A. Tsitsulin, J. Palowitch, B. Perozzi, E. Müller, "Graph Clustering
// with Graph Neural Networks", 2020, arXiv:2006.16904.
func Conductance(g Graph, clusters []int) (float64, error) {
	s, err := newCuts(g, clusters)
	if err != nil {
		return 0, err
	}
	return s.conductance(), nil
}

func (s cuts) conductance() float64 {
	if s.total == 0 {
		return math.NaN()
	}
	var cut float64
	for c, v := range s.volume {
		cut += v - s.inside[c]
	}
	return cut / s.total
}

// ConductanceMean returns the mean over clusters of
//
//	(v_c − t_c) / min(v_c, 2m − v_c),
//
// the weight that leaves cluster c over the volume of the smaller side, with
// the notation of [Modularity]. It lies in [0, 1]; lower is better, and unlike
// [Conductance] a small bad cluster weighs as much as a large good one.
//
// If one of the two sides has no volume, a cluster has no conductance and is
// left out of the mean: a cluster of isolated nodes, and one that holds every
// edge. The result is NaN if no cluster is left.
//
// Source: J. Yang, J. Leskovec, "Defining and evaluating network communities
// based on ground-truth", 2012, arXiv:1205.6233.
func ConductanceMean(g Graph, clusters []int) (float64, error) {
	s, err := newCuts(g, clusters)
	if err != nil {
		return 0, err
	}
	return s.conductanceMean(), nil
}

func (s cuts) conductanceMean() float64 {
	var sum float64
	var n int
	for c, v := range s.volume {
		// A cluster with all the weight inside and none elsewhere can leave a
		// rounding error in total − v: compare the cut's sides only if v < total.
		if v == 0 || v >= s.total {
			continue
		}
		sum += (v - s.inside[c]) / min(v, s.total-v)
		n++
	}
	if n == 0 {
		return math.NaN()
	}
	return min(sum/float64(n), 1)
}
