package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/factor"
	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// FactorOptions is how FactorShares factorizes.
type FactorOptions struct {
	Updates int    // of both factors, at least 0
	Seed    uint64 // of the start
	Raw     bool   // Hᵀ itself, not its softmax
}

// FactorShares is shares of each row in k parts, by a factorization of each
// segment's block of a matrix into factors of at least 0, A ≈ W·H, H with k rows:
//
//	S = softmax(Hᵀ) by row, or Hᵀ
//
// by multiplicative updates for ‖A − WH‖, none of which raises it, from uniform
// numbers drawn from the seed: a segment gets the same alone and beside others.
// Each column of W and its row of H have the same Euclidean norm. A segment of at
// most k rows gets the factors W = A, H = 1: the shares are those of the identity.
// Weights below 0 count as 0.
//
// Shapes: m N×N with weights; the result is N×k, of the dtype of the weights, rows
// of no segment 0.
// Gradient: none; the shares are constants. Time: (entries + N·k)·k an update;
// memory: 3 times N·k.
// Errors: a weight that is NaN, or weights whose sum is not finite, when run.
func FactorShares(m Sparse, k int, o FactorOptions, s Segments) (*G.Node, error) {
	if m.Weights == nil || k < 1 || o.Updates < 0 {
		return nil, fmt.Errorf("ops: FactorShares: weights given: %v, k = %d, Updates = %d, want weights, at least 1 and at least 0", m.Weights != nil, k, o.Updates)
	}
	if err := (matchOp{perEdge: true}).check(m, m.Weights, s); err != nil {
		return nil, fmt.Errorf("ops: FactorShares: %w", err)
	}
	f := factorShares{m.Rows, s.Count, k, o}
	return apply(&op{
		name: "FactorShares", attrs: fmt.Sprint(f), dtype: m.Weights.Dtype(), kinds: "pfi", wrt: []bool{false},
		shape: fixed(tensor.Shape{m.Rows, k}),
		f32:   func(c *call[float32]) error { return runFactorShares(c, f) },
		f64:   func(c *call[float64]) error { return runFactorShares(c, f) },
	}, s.with(m.Pattern, m.Weights)...)
}

// factorShares is what FactorShares knows at build.
type factorShares struct {
	rows, segments, k int
	FactorOptions
}

func runFactorShares[T Float](c *call[T], f factorShares) error {
	p, err := c.pattern(0, f.rows, f.rows)
	if err != nil {
		return err
	}
	w, err := values64(c.in[1], p.NNZ())
	if err != nil {
		return err
	}
	ids, err := c.ids(2, f.rows, f.segments)
	if err != nil {
		return err
	}
	clear(c.out)
	to := make([]int32, f.rows)
	for i, id := range ids {
		to[i] = int32(id)
	}
	groups := sparse.RowsAt(to, f.segments)
	at := make([]int32, f.rows) // the index of each row in its segment
	for id := range f.segments {
		rows := groups.Of(id)
		for i, r := range rows {
			at[r] = int32(i)
		}
		shares, err := f.shares(p.block(rows, to, at, w))
		if err != nil {
			return fmt.Errorf("segment %d: %w", id, err)
		}
		for i, r := range rows {
			for j := range f.k {
				c.out[int(r)*f.k+j] = T(shares[i*f.k+j])
			}
		}
	}
	return nil
}

// block is the entries of at least 0 between some rows.
func (p *Pattern) block(rows, to, at []int32, w []float64) factor.Matrix {
	m := factor.Matrix{Ptr: []int32{0}}
	for _, r := range rows {
		for e := p.csr.Ptr[r]; e < p.csr.Ptr[r+1]; e++ {
			if c := p.csr.Col[e]; to[c] == to[r] && w[e] > 0 {
				m.Col, m.Weight = append(m.Col, at[c]), append(m.Weight, w[e])
			}
		}
		m.Ptr = append(m.Ptr, int32(len(m.Col)))
	}
	return m
}

// shares is S of one block.
func (f factorShares) shares(a factor.Matrix) ([]float64, error) {
	n := a.Rows()
	if n <= f.k {
		s := make([]float64, n*f.k)
		for i := range n {
			s[i*f.k+i] = 1
		}
		return s, nil
	}
	if sum := a.Sum(); math.IsInf(sum, 0) {
		return nil, fmt.Errorf("the weights add up to %v, want a finite number", sum)
	}
	_, h := factor.Factors(a, f.k, f.Updates, f.Seed)
	if !f.Raw {
		for at := 0; at < len(h); at += f.k {
			softmax64(h[at : at+f.k])
		}
	}
	return h, nil
}

func softmax64(row []float64) {
	top, sum := math.Inf(-1), 0.
	for _, v := range row {
		top = max(top, v)
	}
	for j, v := range row {
		row[j] = math.Exp(v - top)
		sum += row[j]
	}
	for j := range row {
		row[j] /= sum
	}
}
