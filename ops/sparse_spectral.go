package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/spectral"
)

// ClusterEigenvectors is eigenvectors of the Laplacian of each cluster, by
// rising eigenvalue, an element for each row and eigenvector:
//
//	L = I − D^-½AD^-½ of the rows and columns of the cluster, or D − A
//
// A is read as (A + Aᵀ)/2, D^-½ is 0 where a degree is 0 or less. The sign is
// that with which the first row of the cluster whose element is not 0 has one above
// 0; elements of at most 1e-9 of the largest in size count as 0.
// Beyond as many as the cluster has rows, the last one stands again. Eigenvectors
// of one eigenvalue are not unique: those for the same input are the same.
//
// Shapes: m N×N with weights, place a vector of N Ints, −1 for rows of no cluster,
// which get 0; the result is N×count, of the dtype of the weights.
// Gradient: none; they are constants. Memory: the square of the largest cluster;
// time: its third power for each.
// Errors: a place outside [−1, places), or a weight that is not finite, when run.
func ClusterEigenvectors(m Sparse, place *G.Node, places, count int, normalized bool) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: ClusterEigenvectors: %w", err)
	}
	if m.Weights == nil || m.Rows != m.Cols || places < 1 || count < 1 {
		return nil, fmt.Errorf("ops: ClusterEigenvectors: a %d×%d matrix, weights given: %v, %d places and count = %d, want a square one with weights and at least 1 of each", m.Rows, m.Cols, m.Weights != nil, places, count)
	}
	e := eigenvectors{m.Rows, places, count, normalized}
	return apply(&op{
		name: "ClusterEigenvectors", attrs: fmt.Sprint(e), dtype: m.Weights.Dtype(), kinds: "pif", wrt: []bool{false},
		shape: fixed(tensor.Shape{m.Rows, count}, func(in []tensor.Shape) error {
			if n := in[1].TotalSize(); n != m.Rows {
				return fmt.Errorf("%d places of rows, want %d, one a row", n, m.Rows)
			}
			return nil
		}),
		f32: func(c *call[float32]) error { return clusterEigenvectors(c, e) },
		f64: func(c *call[float64]) error { return clusterEigenvectors(c, e) },
	}, m.Pattern, place, m.Weights)
}

// eigenvectors is what ClusterEigenvectors knows at build.
type eigenvectors struct {
	rows, places, count int
	normalized          bool
}

func clusterEigenvectors[T Float](c *call[T], e eigenvectors) error {
	p, err := c.pattern(0, e.rows, e.rows)
	if err != nil {
		return err
	}
	place, err := c.index(1, e.places)
	if err != nil {
		return err
	}
	w, err := values64(c.in[2], p.NNZ())
	if err != nil {
		return err
	}
	for i, x := range w {
		if math.IsInf(x, 0) {
			return fmt.Errorf("weight %d is %v, want a finite number", i, x)
		}
	}
	to := make([]int32, e.rows)
	for i, v := range place {
		to[i] = int32(v)
	}
	clear(c.out)
	l := spectral.Laplacians{Matrix: p.csr, Weights: w, To: to, Clusters: e.places, Normalized: e.normalized}
	return l.Eigenvectors(e.count, func(row, h int, v float64) { c.out[row*e.count+h] = T(v) })
}

// KronReduction is a sparse matrix on some of its rows, which keeps what the
// others conduct between them: the Laplacian of the result is the Schur
// complement
//
//	L' = L_pp − L_pn L_nn⁻¹ L_np
//
// p the rows with a place, n the others, which are eliminated one after the
// other, those of fewest neighbours first. A is read as max(A, Aᵀ) without self
// loops. Entries of at most threshold in size are left out.
//
// Shapes: m N×N with weights, place a vector of N Ints, no two of one place, −1
// for rows that are eliminated; the result is places×places and has room for
// capacity entries.
// Gradient: none; the weights are constants.
// Errors: a place out of range or named twice, a weight that is NaN, or more
// entries than the capacity, when run.
func KronReduction(m Sparse, place *G.Node, places, capacity int, threshold float64, s Segments) (Sparse, error) {
	if m.Weights == nil || places < 1 || capacity < 1 || !(threshold >= 0) {
		return Sparse{}, fmt.Errorf("ops: KronReduction: weights given: %v, %d places, capacity = %d, threshold = %v, want weights, at least 1 of each and a number of at least 0", m.Weights != nil, places, capacity, threshold)
	}
	if err := (matchOp{perEdge: true}).check(m, m.Weights, s); err != nil {
		return Sparse{}, fmt.Errorf("ops: KronReduction: %w", err)
	}
	p, err := apply(&op{
		name: "KronReduction", attrs: fmt.Sprint(m.Rows, places, capacity, threshold, s.Count), dtype: tensor.Int, kinds: "pifi",
		shape: fixed(tensor.Shape{1}, func(in []tensor.Shape) error {
			if n := in[1].TotalSize(); n != m.Rows {
				return fmt.Errorf("%d places of rows, want %d, one a row", n, m.Rows)
			}
			return nil
		}),
		any: func(in []G.Value) (G.Value, error) { return kronValue(in, m.Rows, places, capacity, threshold) },
	}, s.with(m.Pattern, place, m.Weights)...)
	if err != nil {
		return Sparse{}, err
	}
	out := Sparse{Pattern: p, Rows: places, Cols: places, Capacity: capacity}
	out.Weights, err = apply(&op{
		name: "KronWeights", attrs: fmt.Sprint(capacity, m.Weights.Dtype()), dtype: m.Weights.Dtype(), kinds: "p", wrt: []bool{false},
		shape: fixed(tensor.Shape{capacity}), f32: kronWeights[float32], f64: kronWeights[float64],
	}, p)
	return out, err
}

func kronWeights[T Float](c *call[T]) error {
	p, err := patternOf(c.in[0])
	if err != nil {
		return err
	}
	out, err := c.entries(p)
	for e := range out {
		out[e] = T(p.values[e])
	}
	return err
}

func kronValue(in []G.Value, n, places, capacity int, threshold float64) (G.Value, error) {
	p, err := sizedPattern(in[0], n, n)
	if err != nil {
		return nil, err
	}
	place, err := ints(in[1])
	if err != nil {
		return nil, err
	}
	row, err := positions(place, places)
	if err != nil {
		return nil, err
	}
	w, err := values64(in[2], p.NNZ())
	if err != nil {
		return nil, err
	}
	ids := make([]int, n)
	if len(in) == 4 {
		if ids, err = ints(in[3]); err != nil {
			return nil, err
		}
	}
	ptr, col, weights := spectral.Kron(p.csr, w, ids, place, row, threshold)
	if len(col) > capacity {
		return nil, fmt.Errorf("%d entries are left, want at most %d, the capacity", len(col), capacity)
	}
	out := newPattern(places, places, ptr, col, nil)
	out.values = weights
	return out, nil
}
