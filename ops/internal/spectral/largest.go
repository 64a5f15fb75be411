package spectral

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	gonumfloats "gonum.org/v1/gonum/floats"
	gonum "gonum.org/v1/gonum/mat"

	"github.com/graphpool/graphpool/ops/internal/kernels"
	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// Side is each row itself on the side of a large cut where the largest
// eigenvector of its segment's normalized Laplacian is at least 0, else −1. Rows
// without a degree are on it: no edge speaks for the other side.
func Side(m *kernels.CSR, w []float64, ids []int) ([]int, error) {
	out, graphs := make([]int, len(ids)), map[int][]int32{}
	count := 0
	for i, id := range ids {
		out[i] = -1
		if id >= 0 {
			graphs[id], count = append(graphs[id], int32(i)), max(count, id+1)
		}
	}
	near := undirected(m, w, ids)
	for id := range count {
		linked, alone := byDegree(near, graphs[id])
		for _, r := range alone {
			out[r] = int(r)
		}
		if len(linked) == 0 {
			continue
		}
		u, err := largestEigenvector(normalizedLaplacian(near, linked), len(linked))
		if err != nil {
			return nil, fmt.Errorf("segment %d: %w", id, err)
		}
		top := 0
		for i := range u {
			if math.Abs(u[i]) > math.Abs(u[top])*(1+1e-9) {
				top = i
			}
		}
		for i, r := range linked {
			if u[i]/u[top] >= -1e-9 {
				out[r] = int(r)
			}
		}
	}
	return out, nil
}

// undirected is max(A, Aᵀ) without self loops, without entries between segments
// and without those of 0, by row and column. Of several entries of one place it
// takes the largest.
func undirected(m *kernels.CSR, w []float64, ids []int) []map[int32]float64 {
	near := make([]map[int32]float64, m.Rows)
	for i := range near {
		near[i] = map[int32]float64{}
	}
	for i := range m.Rows {
		for e := m.Ptr[i]; e < m.Ptr[i+1]; e++ {
			if j := m.Col[e]; int(j) != i && ids[i] >= 0 && ids[i] == ids[j] {
				v := sparse.Weight(w, e)
				if old, ok := near[i][j]; !ok || v > old {
					near[i][j] = v
				}
			}
		}
	}
	for i := range near {
		for j, v := range near[i] {
			v = math.Max(v, near[j][int32(i)]) // 0 where nothing is stored
			if v == 0 {
				delete(near[i], j)
				delete(near[j], int32(i))
				continue
			}
			near[i][j], near[j][int32(i)] = v, v
		}
	}
	return near
}

// byDegree is the rows whose entries add up to more than 0, and the others.
func byDegree(near []map[int32]float64, rows []int32) (linked, alone []int32) {
	for _, r := range rows {
		if degree(near[r]) > 0 {
			linked = append(linked, r)
		} else {
			alone = append(alone, r)
		}
	}
	return linked, alone
}

// degree is the sum of the entries of a row.
func degree(row map[int32]float64) (d float64) {
	for _, c := range keys(row) {
		d += row[c]
	}
	return d
}

// normalizedLaplacian is y = (I − D^-½AD^-½)·x of some rows, all of a degree above
// 0. Entries to other rows are 0 in it.
func normalizedLaplacian(near []map[int32]float64, rows []int32) func(y, x []float64) {
	type entry struct {
		row, col int
		v        float64
	}
	at, inv := map[int32]int{}, make([]float64, len(rows))
	var es []entry
	for i, r := range rows {
		at[r], inv[i] = i, inverseRoot(degree(near[r]))
	}
	for i, r := range rows {
		for _, c := range keys(near[r]) {
			if col, there := at[c]; there {
				es = append(es, entry{i, col, near[r][c] * inv[i] * inv[col]})
			}
		}
	}
	return func(y, x []float64) {
		copy(y, x)
		for _, e := range es {
			y[e.row] -= e.v * x[e.col]
		}
	}
}

// largestEigenvector is that of a symmetric operator whose eigenvalues are in
// [0, 2], by Lanczos' steps with full orthogonalisation, begun again from the
// best vector so far.
func largestEigenvector(apply func(y, x []float64), n int) ([]float64, error) {
	rng := rand.New(rand.NewPCG(1, 1))
	u, y := make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = rng.NormFloat64()
	}
	for range 500 {
		gonumfloats.Scale(1/gonumfloats.Norm(u, 2), u)
		apply(y, u)
		value := gonumfloats.Dot(y, u)
		gonumfloats.AddScaled(y, -value, u)
		if gonumfloats.Norm(y, 2) < 1e-11 {
			return u, nil
		}
		if u = lanczos(apply, u, min(n, 60)); u == nil {
			break
		}
	}
	return nil, errors.New("the largest eigenvector does not converge")
}

// lanczos is the best vector of a space of so many steps from u.
func lanczos(apply func(y, x []float64), u []float64, steps int) []float64 {
	basis, products := [][]float64{u}, [][]float64(nil)
	for len(products) < len(basis) {
		y := make([]float64, len(u))
		apply(y, basis[len(products)])
		products = append(products, append([]float64{}, y...))
		for range 2 { // once more for what rounding left
			for _, q := range basis {
				gonumfloats.AddScaled(y, -gonumfloats.Dot(y, q), q)
			}
		}
		if norm := gonumfloats.Norm(y, 2); len(basis) < steps && norm > 1e-13 {
			gonumfloats.Scale(1/norm, y)
			basis = append(basis, y)
		}
	}
	k := len(basis)
	t := gonum.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			t.SetSym(i, j, gonumfloats.Dot(basis[i], products[j]))
		}
	}
	var f gonum.EigenSym
	if !f.Factorize(t, true) {
		return nil
	}
	var v gonum.Dense
	f.VectorsTo(&v)
	best := make([]float64, len(u))
	for i := range k {
		gonumfloats.AddScaled(best, v.At(i, k-1), basis[i])
	}
	return best
}
