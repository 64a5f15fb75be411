package embed

import (
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/modes/kmeans"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

const (
	cellRows = 1000 // rows of a cell, about
	cellNear = 4    // cells searched for each, its own among them
)

// Near joins each row of z to the count others with the largest product, that
// is the largest cosine where rows have length 1: a pattern without loops, with
// both directions of each edge, so that a row may have more than count. Of
// equal products the row that comes first counts more.
//
// Rows are searched in cells of about 1000 by k-means, each in its own cell and
// the three nearest to that: up to 4000 rows it is exact, beyond it takes time
// linear in the rows, at some loss where cells meet. Rows of zeros get no
// neighbours.
func Near(z Matrix, count int, seed uint64) (*ops.Pattern, error) {
	if z.Pattern != nil || count < 1 {
		return nil, fmt.Errorf("embed: neighbours: count = %d of a matrix that is sparse: %t, want at least 1 of a dense one", count, z.Pattern != nil)
	}
	if z.Rows == 0 {
		return nil, fmt.Errorf("embed: neighbours: no rows, want at least 1")
	}
	cells, around, err := cellsOf(z, seed)
	if err != nil {
		return nil, err
	}
	found := make([]int32, z.Rows*count)
	host.Blocks(len(cells), func(c int) {
		var others []int32
		for _, o := range around[c] {
			others = append(others, cells[o]...)
		}
		slices.Sort(others)
		z.search(cells[c], others, count, found)
	})
	return undirected(z.Rows, count, found)
}

// cellsOf is the rows of each cell, and the cells that are searched for it.
func cellsOf(z Matrix, seed uint64) (cells [][]int32, around [][]int, err error) {
	k := 1
	if z.Rows > cellNear*cellRows {
		k = z.Rows / cellRows
	}
	r, err := kmeans.Cluster(z.Dense, z.Rows, z.Cols, kmeans.Options{K: k, Restarts: 1, Steps: 5, Seed: seed})
	if err != nil {
		return nil, nil, err
	}
	cells = make([][]int32, k)
	for i, c := range r.Labels {
		cells[c] = append(cells[c], int32(i))
	}
	m := Matrix{Rows: k, Cols: z.Cols, Dense: r.Centres}
	around = make([][]int, k)
	found, every := make([]int32, k*cellNear), make([]int32, k)
	for c := range every {
		every[c] = int32(c)
	}
	m = Unit(m)
	m.search(every, every, cellNear-1, found)
	for c := range around {
		around[c] = append(around[c], c)
		for _, o := range found[c*(cellNear-1) : (c+1)*(cellNear-1)] {
			if o >= 0 {
				around[c] = append(around[c], int(o))
			}
		}
	}
	return cells, around, nil
}

// searchRows is how many rows are searched for at a time.
const searchRows = 128

// search sets found, count for each row of from, to the rows of to with the
// largest products above 0, −1 where there are fewer.
func (z Matrix) search(from, to []int32, count int, found []int32) {
	turned := make([]float32, len(to)*z.Cols)
	for p, i := range to {
		for j, v := range z.row(z.Dense, int(i)) {
			turned[j*len(to)+p] = v
		}
	}
	rows, dots := make([]float32, searchRows*z.Cols), make([]float32, searchRows*len(to))
	for lo := 0; lo < len(from); lo += searchRows {
		some := from[lo:min(lo+searchRows, len(from))]
		for p, i := range some {
			copy(rows[p*z.Cols:], z.row(z.Dense, int(i)))
		}
		n := len(some)
		host.Mul(dots[:n*len(to)], rows[:n*z.Cols], turned, n, z.Cols, len(to))
		for p, i := range some {
			largest(dots[p*len(to):(p+1)*len(to)], to, i, found[int(i)*count:(int(i)+1)*count])
		}
	}
}

// largest sets out to the ids of the largest values above 0, without self,
// falling.
func largest(values []float32, ids []int32, self int32, out []int32) {
	top := make([]float32, len(out))
	n := 0
	for p, v := range values {
		if v <= 0 || n == len(out) && v <= top[n-1] || ids[p] == self {
			continue
		}
		if n < len(out) {
			n++
		}
		at := n - 1
		for ; at > 0 && top[at-1] < v; at-- {
			top[at], out[at] = top[at-1], out[at-1]
		}
		top[at], out[at] = v, ids[p]
	}
	for ; n < len(out); n++ {
		out[n] = -1
	}
}

// undirected is the pattern of the entries found, and their other directions.
func undirected(n, count int, found []int32) (*ops.Pattern, error) {
	lists := make([]int32, n+1) // the length of each list, then where it begins
	each := func(f func(i, j int32)) {
		for e, j := range found {
			if j >= 0 {
				f(int32(e/count), j)
				f(j, int32(e/count))
			}
		}
	}
	each(func(i, _ int32) { lists[i+1]++ })
	for i := range n {
		lists[i+1] += lists[i]
	}
	all, next := make([]int32, lists[n]), slices.Clone(lists[:n])
	each(func(i, j int32) { all[next[i]] = j; next[i]++ })
	ptr, col := make([]int32, n+1), make([]int32, 0, len(all))
	for i := range n {
		row := all[lists[i]:lists[i+1]]
		slices.Sort(row)
		col = append(col, slices.Compact(row)...)
		ptr[i+1] = int32(len(col))
	}
	return ops.NewPattern(n, n, ptr, col)
}
