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
			sign := orientation(len(rows), func(i int) float64 { return v.At(i, col) })
			for i, r := range rows {
				put(int(r), h, sign*v.At(i, col))
			}
		}
	}
	return nil
}

// orientation is 1 or −1, with which the first element of a vector that is not 0 is
// above 0. Elements of less than 1e-9 of the largest count as 0: their sign is
// that of the rounding.
func orientation(n int, at func(i int) float64) float64 {
	top := 0.
	for i := range n {
		top = math.Max(top, math.Abs(at(i)))
	}
	for i := range n {
		if v := at(i); math.Abs(v) > 1e-9*top {
			return math.Copysign(1, v)
		}
	}
	return 1
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
