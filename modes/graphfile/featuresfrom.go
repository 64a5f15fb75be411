package graphfile

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
)

// FeatureKinds names the features that [Graph.FeaturesFrom] makes, the default
// first.
func FeatureKinds() []string { return []string{"neighbours", "degree", "onehot", "spectral", "random"} }

// FeaturesFrom makes features for a graph that has none. Neither depends on the
// number of threads; the same seed gives the same bits.
//
//   - neighbours: the rows of the adjacency with its weights, N×N and sparse; a
//     column of ones where there is no edge. This is what a graph without
//     features gets when it becomes an input in single mode, and the default: it
//     is the best where clusters show in who is linked with whom.
//   - degree: one-hot of ⌊log₂(degree+1)⌋, at most 32 columns. It tells hubs
//     from others, not one cluster from another.
//   - onehot: the unit matrix, N×N and sparse: a weight of its own for each node.
//   - spectral: the dim eigenvectors of D^-½AD^-½ of the largest eigenvalues,
//     that of the degrees left out, times √N; see [Graph.Spectral].
//   - random: normal numbers of mean 0 and variance 1/dim.
//
// dim counts the columns of spectral and random, and is not read by the others.
// It errs for another kind and where dim is less than 1 or more than N.
func (g *Graph) FeaturesFrom(kind string, dim int, seed uint64) (*Features, error) {
	switch kind {
	case "neighbours":
		return g.neighbours(), nil
	case "degree":
		return g.DegreeColumns(0), nil
	case "onehot":
		return g.onehot(), nil
	case "spectral", "random":
		if dim < 1 || dim > g.Nodes {
			return nil, fmt.Errorf("dim = %d, want 1 to %d, the number of nodes", dim, g.Nodes)
		}
		if kind == "random" {
			return g.randomFeatures(dim, seed), nil
		}
		return g.Spectral(dim, seed)
	}
	return nil, fmt.Errorf("features from %s, want one of %s", quote(kind), quoted(FeatureKinds()))
}

func (g *Graph) neighbours() *Features {
	if len(g.Col) == 0 {
		f := &Features{Rows: g.Nodes, Cols: 1, Dense: make([]float32, g.Nodes)}
		for i := range f.Dense {
			f.Dense[i] = 1
		}
		return f
	}
	a := csr{rows: g.Nodes, cols: g.Nodes, ptr: g.RowPtr, col: g.Col, val: g.Weights}
	if a.val == nil {
		a.val = ones(len(a.col))
	}
	return a.features(mostlyFull(len(a.col), a.rows, a.cols, g.Weights == nil))
}

func ones(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = 1
	}
	return v
}

// DegreeColumns is the features of [Graph.FeaturesFrom] of kind degree with so
// many columns, those that another graph's had: degrees beyond the last column
// are in the last. 0: as many as the largest degree asks for.
func (g *Graph) DegreeColumns(cols int) *Features {
	of, most := make([]int32, g.Nodes), int32(0)
	for i := range of {
		of[i] = int32(bits.Len32(uint32(g.RowPtr[i+1]-g.RowPtr[i])+1)) - 1
		if cols > 0 {
			of[i] = min(of[i], int32(cols-1))
		}
		most = max(most, of[i])
	}
	if cols < 1 {
		cols = int(most) + 1
	}
	return hotRows(of, cols)
}

func (g *Graph) onehot() *Features {
	of := make([]int32, g.Nodes)
	for i := range of {
		of[i] = int32(i)
	}
	return hotRows(of, g.Nodes)
}

// hotRows is the matrix whose row i has a 1 in column of[i].
func hotRows(of []int32, cols int) *Features {
	a := csr{rows: len(of), cols: cols, ptr: make([]int32, len(of)+1), col: of, val: ones(len(of))}
	for i := range a.ptr {
		a.ptr[i] = int32(i)
	}
	return a.features(mostlyFull(len(of), len(of), cols, true))
}

func (g *Graph) randomFeatures(dim int, seed uint64) *Features {
	f := &Features{Rows: g.Nodes, Cols: dim, Dense: make([]float32, g.Nodes*dim)}
	r := rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
	scale := 1 / math.Sqrt(float64(dim))
	for i := range f.Dense {
		f.Dense[i] = float32(scale * r.NormFloat64())
	}
	return f
}
