package graphfile

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
)

// features reads the features in the first form that the file has.
func (z *archive) features(g *Graph) error {
	if prefix := z.sparsePrefix(); prefix != "" {
		a, err := z.csr(prefix, math.Inf(-1))
		if err != nil {
			return err
		}
		return g.setFeatures(prefix+"_shape", a.rows, a.cols, func() (*Features, error) { return compress(prefix, a) })
	}
	if name := z.featureArray(g); name != "" {
		return z.matrix(name, g)
	}
	return nil
}

// sparsePrefix begins the names of the arrays of a sparse matrix of features, ""
// where there is none.
func (z *archive) sparsePrefix() string {
	return strings.TrimSuffix(z.first("attr_indptr", "feature_indptr", "features_indptr", "x_indptr"), "_indptr")
}

func (z *archive) matrix(name string, g *Graph) error {
	a, err := z.open(name, 2)
	if err != nil {
		return err
	}
	defer func() { _ = a.r.Close() }()
	v, err := a.rowwise(math.Inf(-1))
	if err != nil {
		return err
	}
	rows, cols := a.shape[0], a.shape[1]
	return g.setFeatures(name, rows, cols, func() (*Features, error) { return fromDense(v, rows, cols), nil })
}

func (g *Graph) setFeatures(name string, rows, cols int, f func() (*Features, error)) (err error) {
	if rows != g.Nodes {
		return fmt.Errorf("%s has %d rows, want one a node (%d)", name, rows, g.Nodes)
	}
	if cols == 0 {
		g.Changes = append(g.Changes, "features of 0 columns left out")
		return nil
	}
	g.Features, err = f()
	return err
}

// compress brings a into the form that [Features] describes, using a's slices;
// duplicates are summed.
func compress(prefix string, a csr) (*Features, error) {
	if err := a.tidy(prefix); err != nil {
		return nil, err
	}
	return a.compact(), nil
}

// tidy sorts each row by column, sums duplicates and drops zeros, in place.
func (a *csr) tidy(prefix string) error {
	for i := range a.rows {
		if row := (entries{a.col[a.ptr[i]:a.ptr[i+1]], a.val[a.ptr[i]:a.ptr[i+1]]}); !sort.IsSorted(row) {
			sort.Stable(row)
		}
	}
	a.merge()
	if i, j, ok := a.infinite(); ok {
		return fmt.Errorf("%s_data sums to more than float32 holds in row %d, column %d", prefix, i, j)
	}
	a.filter(func(_, p int32) bool { return a.val[p] != 0 })
	return nil
}

// features is a, which is tidy, in one form or the other.
func (a csr) features(dense bool) *Features {
	f := &Features{Rows: a.rows, Cols: a.cols}
	if dense {
		f.Dense = a.dense()
	} else {
		f.RowPtr, f.Col = a.ptr, a.col
		if !allOnes(a.val) {
			f.Values = a.val
		}
	}
	return f
}

// compact is a's values in the form that they are to have.
func (a csr) compact() *Features {
	return a.features(mostlyFull(len(a.col), a.rows, a.cols, allOnes(a.val)))
}

// allOnes tells whether all values are 1.
func allOnes(v []float32) bool {
	return !slices.ContainsFunc(v, func(x float32) bool { return x != 1 })
}

func fromDense(v []float32, rows, cols int) *Features {
	n, ones := 0, true
	for _, x := range v {
		if x != 0 {
			n++
			ones = ones && x == 1
		}
	}
	f := &Features{Rows: rows, Cols: cols}
	if mostlyFull(n, rows, cols, ones) {
		f.Dense = v
		return f
	}
	f.RowPtr, f.Col = make([]int32, 1, rows+1), make([]int32, 0, n)
	if !ones {
		f.Values = make([]float32, 0, n)
	}
	for i := range rows {
		for j, x := range v[i*cols : (i+1)*cols] {
			if x == 0 {
				continue
			}
			f.Col = append(f.Col, int32(j))
			if !ones {
				f.Values = append(f.Values, x)
			}
		}
		f.RowPtr = append(f.RowPtr, int32(len(f.Col)))
	}
	return f
}

// wideFeatures is how many columns features have for which the products with
// their ones take most of an epoch.
const wideFeatures = 512

// mostlyFull says whether n values are so many of rows×cols that the matrix is
// to be dense: more than a quarter, or half of many columns where all are 1,
// which take neither memory nor multiplications.
func mostlyFull(n, rows, cols int, ones bool) bool {
	if ones && cols >= wideFeatures {
		return 2*n > rows*cols
	}
	return 4*n > rows*cols
}

// entries sorts the entries of one row by column.
type entries struct {
	col []int32
	val []float32
}

func (e entries) Len() int           { return len(e.col) }
func (e entries) Less(i, j int) bool { return e.col[i] < e.col[j] }
func (e entries) Swap(i, j int) {
	e.col[i], e.col[j] = e.col[j], e.col[i]
	e.val[i], e.val[j] = e.val[j], e.val[i]
}
