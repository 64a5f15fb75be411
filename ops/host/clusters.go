package host

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Clusters is rows of an assignment S of K clusters, and what the sums over them
// read: those of ops.ClusterSums, by the same kernels.
type Clusters[T ops.Float] struct {
	S       []T // rows×K
	Product []T // A·S, rows×K, for symmetric A; nil: no sum reads A
	Degrees []T // one a row; nil: no sum reads them
	K       int
}

// ClusterSums is how many numbers the sums of k clusters are, with SᵀS or
// without.
func ClusterSums(k int, gram bool) int {
	return kernels.ClusterSums[float64]{K: k, Gram: gram}.Size()
}

// Sums sets out to the sums over the rows, laid out as those of ops.ClusterSums,
// with SᵀS or without.
func (c Clusters[T]) Sums(out []float64, gram bool) { c.kernel(len(out), gram).Set(out) }

// Gradient sets out to the gradient by S for the gradient by of the sums.
func (c Clusters[T]) Gradient(out []T, by []float64, gram bool) {
	want("out", len(out), len(c.S))
	kernels.ClusterSumsGrad[T]{ClusterSums: c.kernel(len(by), gram), G: by, Twice: 2}.Set(out)
}

// kernel checks the lengths.
func (c Clusters[T]) kernel(sums int, gram bool) kernels.ClusterSums[T] {
	if c.K < 1 || len(c.S)%c.K != 0 {
		panic(fmt.Sprintf("host: %d shares of %d clusters, want whole rows", len(c.S), c.K))
	}
	k := kernels.ClusterSums[T]{S: c.S, P: c.Product, D: c.Degrees, M: len(c.S) / c.K, K: c.K, Gram: gram}
	want("sums", sums, k.Size())
	if c.Product != nil {
		want("Product", len(c.Product), len(c.S))
	}
	if c.Degrees != nil {
		want("Degrees", len(c.Degrees), k.M)
	}
	return k
}
