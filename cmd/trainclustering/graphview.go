package main

import (
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// featuresOf is the number of feature columns, 0 where the graph has none.
func featuresOf(g *graphfile.Graph) int {
	if g.Features == nil {
		return 0
	}
	return g.Features.Cols
}

// classesOf counts the labels in use.
func classesOf(g *graphfile.Graph) int {
	seen := map[int]bool{}
	for _, l := range g.Labels {
		if l != graphfile.Unlabeled {
			seen[l] = true
		}
	}
	return len(seen)
}

// labelsOf is the labels as the metrics want them: nil where no node has one.
func labelsOf(g *graphfile.Graph) []int {
	if classesOf(g) == 0 {
		return nil
	}
	return g.Labels
}

// metricsGraph is the graph as the metrics want it.
func metricsGraph(g *graphfile.Graph) metrics.Graph {
	m := metrics.Graph{RowPtr: g.RowPtr, Col: g.Col}
	if g.Weights != nil {
		m.Weights = make([]float64, len(g.Weights))
		for i, w := range g.Weights {
			m.Weights[i] = float64(w)
		}
	}
	return m
}
