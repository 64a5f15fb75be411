package stream

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// neighbours computes A·S of the rows of a block.
type neighbours[T ops.Float] struct {
	ptr    []int32
	weight []T
	out    []T
}

// of is the rows A·S of a block, where s is S of all nodes.
func (n *neighbours[T]) of(b *block, s []T, k int) ([]T, error) {
	e := &b.edges
	if int64(len(e.Col)) > math.MaxInt32 {
		return nil, fmt.Errorf("stream: block %d has %d edges, want at most %d", b.number, len(e.Col), math.MaxInt32)
	}
	n.ptr = n.ptr[:0]
	for _, p := range e.Ptr {
		n.ptr = append(n.ptr, int32(p-e.Ptr[0]))
	}
	pattern, err := ops.NewPattern(b.rows, len(s)/k, n.ptr, e.Col)
	if err != nil {
		return nil, fmt.Errorf("stream: block %d: %w", b.number, err)
	}
	n.out = grown(n.out, b.rows*k)
	host.NewSparse(pattern, n.weights(e)).Mul(n.out, s, k)
	return n.out, nil
}

// weights is the weights of edges as T, nil where they are all 1.
func (n *neighbours[T]) weights(e *Edges) []T {
	if len(e.Weight) == 0 {
		return nil
	}
	if w, ok := any(e.Weight).([]T); ok {
		return w
	}
	n.weight = grown(n.weight, len(e.Weight))
	for i, w := range e.Weight {
		n.weight[i] = T(w)
	}
	return n.weight
}

// grown is x with room for n numbers, whatever they are.
func grown[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}

// edgeSums is the sums over the edges of a block, with as = A·S of its rows.
func edgeSums[T ops.Float](b *block, s, as []T, k int) Sums {
	parts := make([][]float64, (b.rows+host.BlockRows-1)/host.BlockRows)
	host.Rows(b.rows, func(p, lo, hi int) {
		t := make([]float64, k)
		for i := lo; i < hi; i++ {
			row := as[i*k : (i+1)*k]
			for c, v := range s[i*k : (i+1)*k] {
				t[c] += float64(v) * float64(row[c])
			}
		}
		parts[p] = t
	})
	total := NewSums(k)
	for _, t := range parts {
		add(total.Inside, t)
	}
	total.Stored = float64(len(b.edges.Col))
	total.Links = total.Stored
	if len(b.edges.Weight) > 0 {
		total.Links = 0
		for _, w := range b.edges.Weight {
			total.Links += float64(w) * float64(w)
		}
	}
	return total
}

// byShares sets c to the derivative of the loss with respect to the rows of S of
// a block, from those with respect to the sums. A is symmetric, so t_c counts
// each row as the one end of an edge and as the other:
//
//	∂L/∂S_ic = 2 (AS)_ic L_t + d_i L_v + L_n + (S (L_G + L_Gᵀ))_ic + 2 S_ic L_q + 2 d_i S_ic L_D
//
// as is nil where no loss reads A·S.
func byShares[T ops.Float](c, s, as []T, d []float64, by Sums) {
	k := len(by.Sizes)
	gram, pairs := by.pairs()
	host.Rows(len(d), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			row, to := s[i*k:(i+1)*k], c[i*k:(i+1)*k]
			for j := range to {
				x := by.Sizes[j] + d[i]*(by.Volumes[j]+2*by.Spread*float64(row[j]))
				if as != nil {
					x += 2 * by.Inside[j] * float64(as[i*k+j])
				}
				if pairs {
					for l, v := range row {
						x += gram[j*k+l] * float64(v)
					}
				}
				to[j] = T(x)
			}
		}
	})
}

// pairs is L_G + L_Gᵀ + 2 diag(L_q), and whether any of it is not 0.
func (s Sums) pairs() (m []float64, any bool) {
	k := len(s.Sizes)
	m = make([]float64, k*k)
	for i := range k {
		for j := range k {
			m[i*k+j] = s.Gram[i*k+j] + s.Gram[j*k+i]
			if i == j {
				m[i*k+j] += 2 * s.Squares[i]
			}
			any = any || m[i*k+j] != 0
		}
	}
	return m, any
}
