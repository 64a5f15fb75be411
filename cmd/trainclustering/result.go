package main

import (
	"slices"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// result is all that the outputs and the summary tell.
type result struct {
	Source                          string // the file, or the karate club
	Version                         string
	Options                         trainOptions
	Nodes, Edges, Features, Classes int // Classes: 0 without labels
	Weighted                        bool
	Changes                         []string // what the loader changed
	Best                            *bestRestart
	Cluster                         []int     // of each node
	Confidence                      []float32 // of each node, its cluster's share
	Sizes                           []int     // of each of the k clusters
	Scores                          metrics.Report
	Seconds, SecondsPerEpoch        float64
	PeakRSS                         int64 // 0: not known
	Written                         []string
	NotDrawn                        string // why there is no picture, "" where there is one
}

// newResult hardens the assignments and measures them.
func newResult(name string, g *graphfile.Graph, o trainOptions, best *bestRestart) (*result, error) {
	res := &result{
		Source: name, Version: version(), Options: o, Nodes: g.Nodes, Edges: g.Edges(),
		Features: featuresOf(g), Classes: classesOf(g), Weighted: g.Weights != nil,
		Changes: g.Changes, Best: best, SecondsPerEpoch: median(best.Steps),
	}
	res.Cluster, res.Confidence = harden(best.Assign, g.Nodes, o.K)
	res.Sizes = make([]int, o.K)
	for _, c := range res.Cluster {
		res.Sizes[c]++
	}
	var err error
	res.Scores, err = metrics.Evaluate(metricsGraph(g), res.Cluster, labelsOf(g))
	if err != nil {
		return nil, failedf("measuring the clusters: %w", err)
	}
	return res, nil
}

// harden gives each node the cluster of its largest share, the first of equals.
func harden(assign []float32, n, k int) (cluster []int, confidence []float32) {
	cluster, confidence = make([]int, n), make([]float32, n)
	for i := range cluster {
		row := assign[i*k : (i+1)*k]
		for c, v := range row {
			if v > row[cluster[i]] {
				cluster[i] = c
			}
		}
		confidence[i] = row[cluster[i]]
	}
	return cluster, confidence
}

// median is the middle of the numbers, 0 of none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
