package ops

import (
	"errors"
	"fmt"
	"math"

	gonum "gonum.org/v1/gonum/mat"
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
	to, at := make([]int32, e.rows), make([]int, e.rows) // the place of each row, and its index in its cluster
	for i, v := range place {
		to[i] = int32(v)
	}
	clear(c.out)
	groups := rowsAt(to, e.places)
	for k := range e.places {
		rows := groups.of(k)
		for i, r := range rows {
			at[r] = i
		}
		if len(rows) == 0 {
			continue
		}
		var f gonum.EigenSym
		if !f.Factorize(p.laplacian(rows, to, at, w, e.normalized), true) {
			return errors.New("the eigenvectors of a cluster do not converge")
		}
		var v gonum.Dense
		f.VectorsTo(&v)
		putEigenvectors(c.out, rows, &v, e.count)
	}
	return nil
}

// putEigenvectors writes the first columns of v, so many to a row of out.
func putEigenvectors[T Float](out []T, rows []int32, v *gonum.Dense, count int) {
	for h := range count {
		col := min(h, len(rows)-1)
		sign := 1.
		if v.At(0, col) < 0 {
			sign = -1
		}
		for i, r := range rows {
			out[int(r)*count+h] = T(sign * v.At(i, col))
		}
	}
}

// laplacian is that of the rows of one cluster.
func (p *Pattern) laplacian(rows, to []int32, at []int, w []float64, normalized bool) *gonum.SymDense {
	n := len(rows)
	a, d := gonum.NewSymDense(n, nil), make([]float64, n)
	for i, r := range rows {
		for e := p.csr.Ptr[r]; e < p.csr.Ptr[r+1]; e++ {
			if c := p.csr.Col[e]; to[c] == to[r] {
				half := w[e] / 2 // (i, j) and (j, i) are one element
				if j := at[c]; j == i {
					half = w[e]
				}
				a.SetSym(i, at[c], a.At(i, at[c])+half)
			}
		}
	}
	for i := range n {
		for j := range n {
			d[i] += a.At(i, j)
		}
	}
	l := gonum.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			v, diagonal := -a.At(i, j), d[i]
			if normalized {
				v, diagonal = v*inverseRoot(d[i])*inverseRoot(d[j]), 1
			}
			if i == j {
				v += diagonal
			}
			l.SetSym(i, j, v)
		}
	}
	return l
}

func inverseRoot(d float64) float64 {
	if d <= 0 {
		return 0
	}
	return 1 / math.Sqrt(d)
}
