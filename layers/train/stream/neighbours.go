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
}

// multiply sets out to the rows lo to hi−1 of A·S of a block, where s is S of all
// nodes.
func (n *neighbours[T]) multiply(out []T, b *block, lo, hi int, s []T, k int) error {
	e := b.edges
	from, to := e.Ptr[lo], e.Ptr[hi]
	if first := e.Ptr[0]; from < first || to < from || to-first > int64(len(e.Col)) || to-from > math.MaxInt32 {
		return fmt.Errorf("stream: block %d has the entries %d to %d of %d in its rows %d to %d, want them in order and at most %d", b.number, from-first, to-first, len(e.Col), lo, hi-1, math.MaxInt32)
	}
	n.ptr = n.ptr[:0]
	for _, p := range e.Ptr[lo : hi+1] {
		n.ptr = append(n.ptr, int32(p-from))
	}
	from, to = from-e.Ptr[0], to-e.Ptr[0]
	pattern, err := ops.NewPattern(hi-lo, len(s)/k, n.ptr, e.Col[from:to])
	if err != nil {
		return fmt.Errorf("stream: rows %d to %d of block %d: %w", lo, hi-1, b.number, err)
	}
	var weight []float32
	if len(e.Weight) > 0 {
		weight = e.Weight[from:to]
	}
	host.NewSparse(pattern, n.weights(weight)).Mul(out, s, k)
	return nil
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
