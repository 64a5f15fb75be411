package sparse

import (
	"slices"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Product is the patterns of C = A·B; the columns of each row of C rise. Sums
// are taken in float64.
type Product struct{ C, A, B *kernels.CSR }

// at is the entry of C at (i, k).
func (p Product) at(i, k int32) int32 {
	e, _ := slices.BinarySearch(row(p.C, int(i)), k)
	return p.C.Ptr[i] + int32(e)
}

// cost is about the work for a row of so many.
func (p Product) cost(rows int) int {
	return 8 * (1 + p.A.NNZ()/rows) * (1 + p.B.NNZ()/p.B.Rows)
}

// Multiply sets c_ik = Σ_j a_ij b_jk, out having an element for each entry of C.
func Multiply[T kernels.Float](p Product, out, wa, wb []T) {
	kernels.ForRows(p.A.Rows, p.cost(p.A.Rows), func(lo, hi int) {
		var sums []float64 // of one row of C
		for i := int32(lo); i < int32(hi); i++ {
			first, n := p.C.Ptr[i], int(span(p.C, int(i)))
			sums = append(sums[:0], make([]float64, n)...)
			for e := p.A.Ptr[i]; e < p.A.Ptr[i+1]; e++ {
				j := p.A.Col[e]
				for h := p.B.Ptr[j]; h < p.B.Ptr[j+1]; h++ {
					sums[p.at(i, p.B.Col[h])-first] += float64(Weight(wa, e)) * float64(Weight(wb, h))
				}
			}
			for k, v := range sums {
				out[int(first)+k] = T(v)
			}
		}
	})
}

// GradientA sets da_ij = Σ_k g_ik b_jk.
func GradientA[T kernels.Float](p Product, out, g, wb []T) {
	kernels.ForRows(p.A.Rows, p.cost(p.A.Rows), func(lo, hi int) {
		for i := int32(lo); i < int32(hi); i++ {
			for e := p.A.Ptr[i]; e < p.A.Ptr[i+1]; e++ {
				j := p.A.Col[e]
				sum := 0.
				for h := p.B.Ptr[j]; h < p.B.Ptr[j+1]; h++ {
					sum += float64(g[p.at(i, p.B.Col[h])]) * float64(Weight(wb, h))
				}
				out[e] = T(sum)
			}
		}
	})
}

// GradientB sets db_jk = Σ_i a_ij g_ik. t is the transpose of A, perm the entry of
// A that each of its entries is.
func GradientB[T kernels.Float](p Product, t *kernels.CSR, perm []int32, out, g, wa []T) {
	kernels.ForRows(p.B.Rows, p.cost(p.B.Rows), func(lo, hi int) {
		for j := int32(lo); j < int32(hi); j++ {
			for h := p.B.Ptr[j]; h < p.B.Ptr[j+1]; h++ {
				k := p.B.Col[h]
				sum := 0.
				for e := t.Ptr[j]; e < t.Ptr[j+1]; e++ {
					sum += float64(Weight(wa, perm[e])) * float64(g[p.at(t.Col[e], k)])
				}
				out[h] = T(sum)
			}
		}
	})
}

// Multiplied is the pattern of a·b, the columns of each row rising, and how many
// entries it has; no pattern where they are more than most.
func Multiplied(a, b *kernels.CSR, most int) (*kernels.CSR, int) {
	rows := make([][]int32, a.Rows)
	kernels.ForRows(len(rows), 8*(1+a.NNZ()/len(rows))*(1+b.NNZ()/b.Rows), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			var to []int32
			for _, j := range row(a, i) {
				to = append(to, row(b, int(j))...)
			}
			slices.Sort(to)
			rows[i] = slices.Compact(to)
		}
	})
	ptr, n := make([]int32, len(rows)+1), 0
	for i, to := range rows {
		n += len(to)
		ptr[i+1] = int32(min(n, most))
	}
	if n > most {
		return nil, n
	}
	return kernels.NewCSR(a.Rows, b.Cols, ptr, slices.Concat(rows...)), n
}

// row is the columns of row i.
func row(m *kernels.CSR, i int) []int32 { return m.Col[m.Ptr[i]:m.Ptr[i+1]] }
