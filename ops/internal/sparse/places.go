package sparse

import (
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// PlaceSums is for each entry the sum of the weights at its place: w itself
// where no two entries have one place. first is as Firsts gives it. Sums are
// taken in float64.
func PlaceSums[T kernels.Float](first []int32, w []T) []T {
	if first == nil {
		return w
	}
	wide, sums := make([]float64, len(first)), make([]T, len(first))
	for e, f := range first {
		wide[f] += float64(Weight(w, int32(e)))
	}
	for e, f := range first {
		sums[e] = T(wide[f])
	}
	return sums
}

// Firsts is for each entry the first entry at its place; nil where no two
// entries have one place.
func Firsts(m *kernels.CSR) []int32 {
	if Rising(m) {
		return nil
	}
	first, seen, twice := make([]int32, m.NNZ()), make([]int32, m.Cols), false
	for i := range m.Rows {
		for e := m.Ptr[i]; e < m.Ptr[i+1]; e++ {
			// seen holds 1 + the entry, of this row or of one before.
			if f := seen[m.Col[e]] - 1; f >= m.Ptr[i] {
				first[e], twice = f, true
				continue
			}
			first[e], seen[m.Col[e]] = e, e+1
		}
	}
	if !twice {
		return nil
	}
	return first
}

// Rising tells whether the columns of every row rise, which no two entries of
// one place do.
func Rising(m *kernels.CSR) bool {
	for i := range m.Rows {
		for e := m.Ptr[i] + 1; e < m.Ptr[i+1]; e++ {
			if m.Col[e] <= m.Col[e-1] {
				return false
			}
		}
	}
	return true
}

// Places is m with the first entry of each place alone, and the entry of m that
// each of its entries is.
func Places(m *kernels.CSR, first []int32) (out *kernels.CSR, source []int32) {
	ptr := make([]int32, m.Rows+1)
	var col []int32
	for i := range m.Rows {
		for e := m.Ptr[i]; e < m.Ptr[i+1]; e++ {
			if first[e] == e {
				col, source = append(col, m.Col[e]), append(source, e)
			}
		}
		ptr[i+1] = int32(len(col))
	}
	return kernels.NewCSR(m.Rows, m.Cols, ptr, col), source
}
