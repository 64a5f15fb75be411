package stream

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// neighbours computes A·S of rows of a block.
type neighbours[T ops.Float] struct {
	ptr    []int32
	weight []T
	out    []T
}

// of is the rows lo to hi−1 of A·S of a block, where s is S of all nodes.
func (n *neighbours[T]) of(b *block, lo, hi int, s []T, k int) ([]T, error) {
	e := b.edges
	from, to := e.Ptr[lo], e.Ptr[hi]
	if first := e.Ptr[0]; from < first || to < from || to-first > int64(len(e.Col)) || to-from > math.MaxInt32 {
		return nil, fmt.Errorf("stream: block %d has the entries %d to %d of %d in its rows %d to %d, want them in order and at most %d", b.number, from-first, to-first, len(e.Col), lo, hi-1, math.MaxInt32)
	}
	n.ptr = n.ptr[:0]
	for _, p := range e.Ptr[lo : hi+1] {
		n.ptr = append(n.ptr, int32(p-from))
	}
	from, to = from-e.Ptr[0], to-e.Ptr[0]
	pattern, err := ops.NewPattern(hi-lo, len(s)/k, n.ptr, e.Col[from:to])
	if err != nil {
		return nil, fmt.Errorf("stream: rows %d to %d of block %d: %w", lo, hi-1, b.number, err)
	}
	n.out = grown(n.out, (hi-lo)*k)
	var weight []float32
	if len(e.Weight) > 0 {
		weight = e.Weight[from:to]
	}
	host.NewSparse(pattern, n.weights(weight)).Mul(n.out, s, k)
	return n.out, nil
}

// weights is the weights of edges as T, nil where they are all 1.
func (n *neighbours[T]) weights(weight []float32) []T {
	if len(weight) == 0 {
		return nil
	}
	if w, ok := any(weight).([]T); ok {
		return w
	}
	n.weight = grown(n.weight, len(weight))
	for i, w := range weight {
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

// inside adds t_c = Σ_i (AS)_ic S_ic of some rows, with as = A·S.
func inside[T ops.Float](t []float64, s, as []T) {
	for k := len(t); len(s) > 0; s, as = s[k:], as[k:] {
		row, at := s[:len(t)], as[:len(t)]
		for c := range t {
			t[c] += float64(row[c]) * float64(at[c])
		}
	}
}

// byRows is derivatives with respect to sums, as the rows of S need them.
type byRows struct {
	Sums
	pairs []float64 // L_G + L_Gᵀ + 2 diag(L_q); nil where all of it and Spread are 0
}

// forRows is s with what byShares makes of it.
func (s Sums) forRows() byRows {
	k := len(s.Sizes)
	m, any := make([]float64, k*k), s.Spread != 0
	for i := range k {
		for j := range k {
			m[i*k+j] = s.Gram[i*k+j] + s.Gram[j*k+i]
			if i == j {
				m[i*k+j] += 2 * s.Squares[i]
			}
			any = any || m[i*k+j] != 0
		}
	}
	if !any {
		m = nil
	}
	return byRows{s, m}
}

// byShares sets c to the derivative of the loss with respect to some rows of S,
// from those with respect to the sums. A is symmetric, so t_c counts each row as
// the one end of an edge and as the other:
//
//	∂L/∂S_ic = 2 (AS)_ic L_t + d_i L_v + L_n + (S (L_G + L_Gᵀ))_ic + 2 S_ic L_q + 2 d_i S_ic L_D
//
// as is nil where no loss reads A·S.
func byShares[T ops.Float](c, s, as []T, d []float64, by byRows) {
	k := len(by.Sizes)
	for i := range d {
		to := c[i*k : (i+1)*k]
		n, v := by.Sizes[:len(to)], by.Volumes[:len(to)]
		if as == nil {
			for j := range to {
				to[j] = T(n[j] + d[i]*v[j])
			}
			continue
		}
		at, t := as[i*k:][:len(to)], by.Inside[:len(to)]
		for j := range to {
			to[j] = T(n[j] + d[i]*v[j] + 2*t[j]*float64(at[j]))
		}
	}
	if by.pairs != nil {
		addProducts(c, s, d, by.pairs, by.Spread)
	}
}

// addProducts adds S·gram and 2 d_i S_i·spread to c.
func addProducts[T ops.Float](c, s []T, d, gram []float64, spread float64) {
	k := len(s) / len(d)
	for i := range d {
		row, to := s[i*k:(i+1)*k], c[i*k:(i+1)*k]
		for j := range to {
			x := 2 * d[i] * spread * float64(row[j])
			for l, v := range row {
				x += gram[j*k+l] * float64(v)
			}
			to[j] += T(x)
		}
	}
}
