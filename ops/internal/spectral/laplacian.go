package spectral

import (
	"errors"
	"math"

	gonum "gonum.org/v1/gonum/mat"

	"github.com/graphpool/graphpool/ops/internal/kernels"
	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// Laplacians are of the clusters that rows of a matrix with weights are in:
// To is that of each row, −1 for none.
type Laplacians struct {
	Matrix     *kernels.CSR
	Weights    []float64
	To         []int32
	Clusters   int
	Normalized bool
}

// Eigenvectors calls put with the first eigenvectors of each cluster, by rising
// eigenvalue, so many: an element v of eigenvector h for a row. Beyond as many as
// the cluster has rows, the last one stands again.
func (l Laplacians) Eigenvectors(count int, put func(row, h int, v float64)) error {
	at := make([]int, len(l.To)) // the index of each row in its cluster
	groups := sparse.RowsAt(l.To, l.Clusters)
	for k := range l.Clusters {
		rows := groups.Of(k)
		for i, r := range rows {
			at[r] = i
		}
		if len(rows) == 0 {
			continue
		}
		var f gonum.EigenSym
		if !f.Factorize(l.of(rows, at), true) {
			return errors.New("the eigenvectors of a cluster do not converge")
		}
		var v gonum.Dense
		f.VectorsTo(&v)
		for h := range count {
			col := min(h, len(rows)-1)
			sign := 1. // that with which the first row has an element of at least 0
			if v.At(0, col) < 0 {
				sign = -1
			}
			for i, r := range rows {
				put(int(r), h, sign*v.At(i, col))
			}
		}
	}
	return nil
}

// of is the Laplacian of the rows of one cluster.
func (l Laplacians) of(rows []int32, at []int) *gonum.SymDense {
	n, m, to, w := len(rows), l.Matrix, l.To, l.Weights
	a, d := gonum.NewSymDense(n, nil), make([]float64, n)
	for i, r := range rows {
		for e := m.Ptr[r]; e < m.Ptr[r+1]; e++ {
			if c := m.Col[e]; to[c] == to[r] {
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
	out := gonum.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			v, diagonal := -a.At(i, j), d[i]
			if l.Normalized {
				v, diagonal = v*inverseRoot(d[i])*inverseRoot(d[j]), 1
			}
			if i == j {
				v += diagonal
			}
			out.SetSym(i, j, v)
		}
	}
	return out
}

func inverseRoot(d float64) float64 {
	if d <= 0 {
		return 0
	}
	return 1 / math.Sqrt(d)
}
