package ops

import (
	"math/rand/v2"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// The functions below are what references are written with: plain loops over
// float64, which have nothing in common with the kernels.

// width is the last axis of v, 1 for a vector.
func width(v G.Value) int {
	if s := v.Shape(); s.Dims() > 1 {
		return s[s.Dims()-1]
	}
	return 1
}

// members is the rows of each segment. Without ids, which are input at, there
// is one.
func members(in []G.Value, at, count int) [][]int {
	rows := make([][]int, count)
	n := len(nums(in[0])) / width(in[0])
	for i := range n {
		s := 0
		if at < len(in) {
			s = whole(in[at])[i]
		}
		if s >= 0 {
			rows[s] = append(rows[s], i)
		}
	}
	return rows
}

// dense is the matrix of a pattern; weights nil stand for ones.
func dense(p *Pattern, w []float64) [][]float64 {
	a := make([][]float64, p.Rows())
	for i := range a {
		a[i] = make([]float64, p.Cols())
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			if w == nil {
				a[i][p.Col()[e]]++
			} else {
				a[i][p.Col()[e]] += w[e]
			}
		}
	}
	return a
}

func transposed(a [][]float64) [][]float64 {
	t := make([][]float64, len(a[0]))
	for j := range t {
		t[j] = make([]float64, len(a))
		for i := range a {
			t[j][i] = a[i][j]
		}
	}
	return t
}

// times is a·x, for x with n columns.
func times(a [][]float64, x []float64, n int) []float64 {
	out := make([]float64, len(a)*n)
	for i := range a {
		for k, v := range a[i] {
			for c := range n {
				out[i*n+c] += v * x[k*n+c]
			}
		}
	}
	return out
}

// rowsIn cuts x into rows of n.
func rowsIn(x []float64, n int) [][]float64 {
	var rows [][]float64
	for i := 0; i < len(x); i += n {
		rows = append(rows, x[i:i+n])
	}
	return rows
}

// pad is x followed by zeros, n in all.
func pad(x []float64, n int) []float64 {
	return append(append([]float64{}, x...), make([]float64, n-len(x))...)
}

// apart is values no two of which are closer than 0.1, and none near 0: away
// from the kinks of maxima and rankings.
func apart(seed uint64, shape ...int) *tensor.Dense {
	n := tensor.Shape(shape).TotalSize()
	x := make([]float64, n)
	for i, k := range rand.New(rand.NewPCG(seed, 3)).Perm(n) {
		x[i] = 0.1*float64(k-n/2) + 0.05
	}
	return arr(shape, x...)
}
