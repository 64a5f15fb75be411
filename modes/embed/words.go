package embed

import (
	"math"

	"github.com/graphpool/graphpool/ops/host"
)

// wordShare is the largest share of entries other than 0 in features that are
// taken for words.
const wordShare = .5

// LooksLikeWords tells whether m looks like counts, or marks, of words: no
// number is negative, and at most half of all are other than 0.
func LooksLikeWords(m Matrix) bool {
	used := 0
	for _, v := range m.stored() {
		if v < 0 {
			return false
		}
		if v != 0 {
			used++
		}
	}
	return float64(used) <= wordShare*float64(m.Rows)*float64(m.Cols)
}

// Words is m weighted as words of documents are: column j by its inverse
// document frequency
//
//	ln((1 + n)/(1 + df_j)),  df_j the rows in which it is not 0,
//
// which is 0 for a word of every document. m is not changed.
func Words(m Matrix) Matrix { return m.scaled(idf(m)) }

// idf is the inverse document frequency of each column.
func idf(m Matrix) []float32 {
	df := make([]int, m.Cols)
	m.each(func(_, j, e int) {
		if m.stored()[e] != 0 {
			df[j]++
		}
	})
	idf := make([]float32, m.Cols)
	for j, n := range df {
		idf[j] = float32(math.Log(float64(1+m.Rows) / float64(1+n)))
	}
	return idf
}

// scaled is m with each column times its number.
func (m Matrix) scaled(by []float32) Matrix {
	y := append([]float32(nil), m.stored()...)
	m.each(func(_, j, e int) { y[e] *= by[j] })
	return m.with(y)
}

// each calls f on row, column and place of every stored number, in their order.
func (m Matrix) each(f func(i, j, e int)) {
	if m.Pattern != nil {
		ptr, col := m.Pattern.Ptr(), m.Pattern.Col()
		for i := range m.Rows {
			for e := ptr[i]; e < ptr[i+1]; e++ {
				f(i, int(col[e]), int(e))
			}
		}
		return
	}
	for i := range m.Rows {
		for j := range m.Cols {
			f(i, j, i*m.Cols+j)
		}
	}
}

// Standardize is a dense m with each column less its mean, over its standard
// deviation; a column of one value gets zeros. A sparse m stays as it is, since
// its zeros would not. m is not changed.
func Standardize(m Matrix) Matrix {
	if m.Pattern != nil || m.Rows == 0 {
		return m
	}
	return m.standardized(moments(m))
}

// standardized is a dense m with each column less its mean, times its scale.
func (m Matrix) standardized(mean, scale []float64) Matrix {
	y := make([]float32, len(m.Dense))
	host.Rows(m.Rows, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			to := m.row(y, i)
			for j, v := range m.row(m.Dense, i) {
				to[j] = float32((float64(v) - mean[j]) * scale[j])
			}
		}
	})
	return m.with(y)
}

// moments is the mean of each column, and 1 over its standard deviation, 0
// where that is no more than rounding.
func moments(m Matrix) (mean, scale []float64) {
	mean, scale = make([]float64, m.Cols), make([]float64, m.Cols)
	n := float64(m.Rows)
	m.each(func(_, j, e int) { mean[j] += float64(m.Dense[e]) })
	for j := range mean {
		mean[j] /= n
	}
	m.each(func(_, j, e int) {
		d := float64(m.Dense[e]) - mean[j]
		scale[j] += d * d
	})
	for j, s := range scale {
		sd := math.Sqrt(s / n)
		scale[j] = 0
		if sd > 1e-6*math.Abs(mean[j]) {
			scale[j] = 1 / sd
		}
	}
	return mean, scale
}
