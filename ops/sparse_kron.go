package ops

import (
	"fmt"

	"github.com/graphpool/graphpool/ops/internal/spectral"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

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
