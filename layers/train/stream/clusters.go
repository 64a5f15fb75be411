package stream

import (
	"slices"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// clusters computes sums over rows of S, and their gradients, a tile at a time.
type clusters[T ops.Float] struct {
	degrees []T
	sums    []float64
}

// over is rows of S with A·S, which is nil where no sum reads it.
func (c *clusters[T]) over(s, as []T, d []float64, k int) host.Clusters[T] {
	c.degrees = grown(c.degrees, len(d))
	for i, v := range d {
		c.degrees[i] = T(v)
	}
	return host.Clusters[T]{S: s, Product: as, Degrees: c.degrees, K: k}
}

// addNodes adds the sums over nodes to those of their block: s has a row of k for
// each of the degrees.
func (c *clusters[T]) addNodes(to *Sums, s []T, d []float64, k int, w Wants) {
	c.sums = grown(c.sums, host.ClusterSums(k, w.Products))
	c.over(s, nil, d, k).Sums(c.sums, w.Products)
	row := func(i int) []float64 { return c.sums[i*k : (i+1)*k] }
	to.Nodes += float64(len(d))
	for _, v := range d {
		to.TwoM += v
	}
	add(to.Volumes, row(ops.SumVolumes))
	add(to.Sizes, row(ops.SumSizes))
	if w.Products {
		add(to.Squares, row(ops.SumSquares))
		add(to.Gram, c.sums[ops.SumGram*k:])
	}
	if w.Spread {
		for _, v := range row(ops.SumSpread) {
			to.Spread += v
		}
	}
}

// addInside adds t_c = Σ_i (AS)_ic S_ic of some rows, with as = A·S.
func (c *clusters[T]) addInside(t []float64, s, as []T) {
	k := len(t)
	c.sums = grown(c.sums, host.ClusterSums(k, false))
	host.Clusters[T]{S: s, Product: as, K: k}.Sums(c.sums, false)
	add(t, c.sums[ops.SumInside*k:][:k])
}

// byRows is derivatives with respect to sums, laid out as those of
// ops.ClusterSums.
type byRows struct {
	k           int
	of          []float64
	gram        bool    // one of those by SᵀS is not 0
	temperature float64 // of the softmax that S is; 0: none
}

// forRows is s as byRows.
func (s Sums) forRows() byRows {
	k := len(s.Sizes)
	by := byRows{k: k, gram: slices.ContainsFunc(s.Gram, func(v float64) bool { return v != 0 })}
	by.of = make([]float64, host.ClusterSums(k, by.gram))
	copy(by.of[ops.SumInside*k:], s.Inside)
	copy(by.of[ops.SumVolumes*k:], s.Volumes)
	copy(by.of[ops.SumSizes*k:], s.Sizes)
	copy(by.of[ops.SumSquares*k:], s.Squares)
	for j := range k {
		by.of[ops.SumSpread*k+j] = s.Spread
	}
	if by.gram {
		copy(by.of[ops.SumGram*k:], s.Gram)
	}
	return by
}

// gradient sets out to the derivative of the loss with respect to some rows of S,
// or of what S is the softmax of, from those with respect to the sums. A is symmetric, so t_c counts each row as
// the one end of an edge and as the other. as is nil where no loss reads A·S.
func (c *clusters[T]) gradient(out, s, as []T, d []float64, by byRows) {
	c.over(s, as, d, by.k).Gradient(out, by.of, by.gram)
	if by.temperature > 0 {
		host.SoftMaxGrad(out, s, out, by.k, by.temperature)
	}
}
