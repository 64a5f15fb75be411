// Package walks has how often a walker is at each node of a graph. It knows of no
// expression graph; package ops makes operations of it.
package walks

import (
	"math"
	"slices"
)

// Walk is a walk over a directed graph in compressed rows, whose entries have
// weights: with probability Alpha it goes to a node in proportion to the weights
// of the entries into it. IDs is the segment of each row, −1 for none.
type Walk struct {
	Ptr, Col []int32
	Weights  []float64
	IDs      []int
	Segments int
	Alpha    float64
}

// mostSteps ends a walk whose α is so small that it takes very long to settle.
const mostSteps = 20000

// Rates is how often the walk is at each row, of sum 1 in each segment; 0 for rows
// of no segment and in segments without weights.
func (w Walk) Rates() []float64 {
	ptr, col, n := w.Ptr, w.Col, len(w.IDs)
	leave, arrive := make([]float64, n), make([]float64, n)
	total := make([]float64, w.Segments)
	for i, s := range w.IDs {
		for e := ptr[i]; e < ptr[i+1] && s >= 0; e++ {
			leave[i] += w.Weights[e]
			arrive[col[e]] += w.Weights[e]
			total[s] += w.Weights[e]
		}
	}
	for i, s := range w.IDs {
		if s < 0 || total[s] == 0 {
			arrive[i] = 0
			continue
		}
		arrive[i] /= total[s]
	}
	p, next := slices.Clone(arrive), make([]float64, n)
	for range mostSteps {
		for i := range next {
			next[i] = w.Alpha * arrive[i]
		}
		for i, v := range p {
			if leave[i] == 0 {
				continue
			}
			v *= (1 - w.Alpha) / leave[i]
			for e := ptr[i]; e < ptr[i+1]; e++ {
				next[col[e]] += v * w.Weights[e]
			}
		}
		gap := 0.
		for i, v := range next {
			gap = math.Max(gap, math.Abs(v-p[i]))
		}
		if p, next = next, p; gap <= 1e-17 {
			break
		}
	}
	return w.share(p)
}

// share is p over its sum in each segment.
func (w Walk) share(p []float64) []float64 {
	sums := make([]float64, w.Segments)
	for i, s := range w.IDs {
		if s >= 0 {
			sums[s] += p[i]
		}
	}
	for i, s := range w.IDs {
		if s < 0 || sums[s] == 0 {
			p[i] = 0
			continue
		}
		p[i] /= sums[s]
	}
	return p
}
