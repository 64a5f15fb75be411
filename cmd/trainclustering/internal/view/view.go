// Package view gives parts of a graph that was read as others want them.
package view

import (
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Features is the number of feature columns, 0 where the graph has none.
func Features(g *graphfile.Graph) int {
	if g.Features == nil {
		return 0
	}
	return g.Features.Cols
}

// Classes counts the labels in use.
func Classes(g *graphfile.Graph) int { return CountClasses(g.Labels) }

// CountClasses counts the classes among labels.
func CountClasses(labels []int) int {
	seen := map[int]bool{}
	for _, l := range labels {
		if l != graphfile.Unlabeled {
			seen[l] = true
		}
	}
	return len(seen)
}

// Labels is the labels as the metrics want them: nil where no node has one.
func Labels(g *graphfile.Graph) []int {
	if Classes(g) == 0 {
		return nil
	}
	return g.Labels
}

// Metrics is the graph as the metrics want it.
func Metrics(g *graphfile.Graph) metrics.Graph {
	m := metrics.Graph{RowPtr: g.RowPtr, Col: g.Col}
	if g.Weights != nil {
		m.Weights = make([]float64, len(g.Weights))
		for i, w := range g.Weights {
			m.Weights[i] = float64(w)
		}
	}
	return m
}
