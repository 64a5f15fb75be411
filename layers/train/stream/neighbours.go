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

// edgeSums is the sums over the edges of a block without Inside, which rows adds.
func edgeSums(e *Edges, k int) Sums {
	total := NewSums(k)
	total.Stored = float64(len(e.Col))
	total.Links = total.Stored
	if len(e.Weight) > 0 {
		total.Links = 0
		for _, w := range e.Weight {
			total.Links += float64(w) * float64(w)
		}
	}
	return total
}

// inside adds t_c = Σ_i (AS)_ic S_ic of the rows of a block, with as = A·S.
func inside[T ops.Float](t []float64, s, as []T) {
	k := len(t)
	rows := len(s) / k
	parts := make([]float64, (rows+host.BlockRows-1)/host.BlockRows*k)
	host.Rows(rows, func(p, lo, hi int) {
		to := parts[p*k : (p+1)*k]
		for i := lo; i < hi; i++ {
			at := as[i*k : (i+1)*k]
			for c, v := range s[i*k : (i+1)*k] {
				to[c] += float64(v) * float64(at[c])
			}
		}
	})
	for p := range len(parts) / k {
		add(t, parts[p*k:(p+1)*k])
	}
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
	host.Rows(len(d), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			to, v := c[i*k:(i+1)*k], by.Volumes[:k]
			if as == nil {
				for j, n := range by.Sizes {
					to[j] = T(n + d[i]*v[j])
				}
				continue
			}
			at, t := as[i*k:(i+1)*k], by.Inside[:k]
			for j, n := range by.Sizes {
				to[j] = T(n + d[i]*v[j] + 2*t[j]*float64(at[j]))
			}
		}
	})
	if gram, any := by.pairs(); any || by.Spread != 0 {
		addProducts(c, s, d, gram, by.Spread)
	}
}

// addProducts adds S·gram and 2 d_i S_i·spread to c.
func addProducts[T ops.Float](c, s []T, d, gram []float64, spread float64) {
	host.Rows(len(d), func(_, lo, hi int) {
		k := len(s) / len(d)
		for i := lo; i < hi; i++ {
			row, to := s[i*k:(i+1)*k], c[i*k:(i+1)*k]
			for j := range to {
				x := 2 * d[i] * spread * float64(row[j])
				for l, v := range row {
					x += gram[j*k+l] * float64(v)
				}
				to[j] += T(x)
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
