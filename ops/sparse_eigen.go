package ops

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops/internal/spectral"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// ClusterEigenvectors is eigenvectors of the Laplacian of each cluster, by
// rising eigenvalue, an element for each row and eigenvector:
//
//	L = I − D^-½AD^-½ of the rows and columns of the cluster, or D − A
//
// A is read as (A + Aᵀ)/2, D^-½ is 0 where a degree is 0 or less. The sign is
// that with which the first row of the cluster has an element of at least 0.
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
