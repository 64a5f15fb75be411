package metricsfile

import (
	"math"
	"slices"

	"github.com/graphpool/graphpool/losses/metrics"
)

// NewAgreement measures how well clusterings of the same nodes agree, by NMI; nil
// for fewer than two. One that is nil, of a restart that diverged, has a row of
// NaN and counts for nothing. It errs where their lengths differ.
func NewAgreement(clusterings [][]int) (*Agreement, error) {
	n, there := len(clusterings), 0
	for _, c := range clusterings {
		if c != nil {
			there++
		}
	}
	if there < 2 {
		return nil, nil
	}
	a := &Agreement{Least: Figure(math.Inf(1)), Matrix: make([][]Figure, n)}
	for i := range a.Matrix {
		a.Matrix[i] = slices.Repeat([]Figure{Figure(math.NaN())}, n)
	}
	for i, c := range clusterings {
		if c == nil {
			continue
		}
		a.Matrix[i][i] = 1
		for j, other := range clusterings[:i] {
			if other == nil {
				continue
			}
			v, err := metrics.NMI(c, other)
			if err != nil {
				return nil, err
			}
			a.Matrix[i][j], a.Matrix[j][i] = Figure(v), Figure(v)
			a.Mean += Figure(2 * v / float64(there*(there-1)))
			a.Least = min(a.Least, Figure(v))
		}
	}
	return a, nil
}

// NewParts is the parts of a clustering as the file has them, and how many of
// them are not connected.
func NewParts(g metrics.Graph, clusters []int) (parts []Part, disconnected int, err error) {
	all, err := metrics.Parts(g, clusters)
	parts, disconnected = PartsOf(all)
	return parts, disconnected, err
}

// PartsOf is parts as the file has them, and how many of them are not connected.
func PartsOf(all []metrics.Part) (parts []Part, disconnected int) {
	parts = make([]Part, 0, len(all))
	for _, p := range all {
		if p.Components > 1 {
			disconnected++
		}
		parts = append(parts, Part{
			Cluster: p.Cluster, Size: p.Size, Internal: Figure(p.Internal), Cut: Figure(p.Cut),
			Conductance: Figure(p.Conductance), Components: p.Components,
		})
	}
	return parts, disconnected
}
