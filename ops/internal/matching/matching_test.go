package matching

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// matrix is the pattern of the entries (row[e], col[e]).
func matrix(n int, row, col []int) *kernels.CSR {
	ptr := make([]int32, n+1)
	for _, i := range row {
		ptr[i+1]++
	}
	for i := range n {
		ptr[i+1] += ptr[i]
	}
	next, to := slices.Clone(ptr[:n]), make([]int32, len(col))
	for e, i := range row {
		to[next[i]] = int32(col[e])
		next[i]++
	}
	return kernels.NewCSR(n, n, ptr, to)
}

func TestFallingOrder(t *testing.T) {
	assert.Equal(t, []int32{4, 5, 1, 2, 0, 3, 6}, FallingOrder([]float64{-1, 0, math.Copysign(0, -1), -1, math.Inf(1), 2, math.Inf(-1)}))
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, 5000)
	for i := range x {
		x[i] = math.Round(rng.NormFloat64()*100) / 100
	}
	want := make([]int32, len(x))
	for i := range want {
		want[i] = int32(i)
	}
	slices.SortStableFunc(want, func(a, b int32) int {
		switch {
		case x[a] > x[b]:
			return -1
		case x[a] < x[b]:
			return 1
		}
		return 0
	})
	assert.Equal(t, want, FallingOrder(x))
	assert.Empty(t, FallingOrder(nil))
}

// The set of a random graph is independent and maximal, and every row is with
// the member of best rank within k steps: by all distances.
func TestKMISOnRandomGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		n, k := 2+rng.IntN(20), 1+rng.IntN(3)
		var row, col []int
		for range rng.IntN(2 * n) {
			i, j := rng.IntN(n), rng.IntN(n)
			row, col = append(row, i), append(col, j) // one direction alone: read as undirected
		}
		m := matrix(n, row, col)
		turned, _ := m.Transpose()
		key := make([]float64, n)
		for i := range key {
			key[i] = float64(rng.IntN(6))
		}
		order := FallingOrder(key)
		got := KMIS(order, k, make([]int, n), m, turned)
		d := hopDistances(n, row, col)
		member := map[int]bool{}
		for _, v := range order {
			want := -1
			for _, u := range order { // in the order of ranks: the first is the best
				if member[int(u)] && d[v][u] <= k {
					want = int(u)
					break
				}
			}
			if want < 0 {
				member[int(v)] = true
			}
		}
		for v := range n {
			for _, u := range order {
				if member[int(u)] && d[v][u] <= k {
					assert.Equal(t, int(u), got[v], "row %d of %v, k = %d", v, d, k)
					break
				}
			}
		}
	}
}

// The entries chosen are those of the plain greedy, of a graph that is large
// enough for whole rounds and has many ties.
func TestEdgeContractionIsGreedy(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, values := range []int{2, 50, 1 << 30} {
		const n, nnz = 600, 5000
		row, col, score := make([]int, nnz), make([]int, nnz), make([]float64, nnz)
		for e := range nnz {
			row[e], col[e], score[e] = rng.IntN(n), rng.IntN(n), float64(rng.IntN(values))
		}
		slices.Sort(row)
		want := slices.Repeat([]int{-1}, n)
		for _, e := range FallingOrder(score) {
			if want[row[e]] < 0 && want[col[e]] < 0 {
				want[row[e]], want[col[e]] = int(e), int(e)
			}
		}
		assert.Equal(t, want, Edges(matrix(n, row, col), score, make([]int, n)))
	}
}

// The place is the first of those at the least distance, by all distances.
func TestNearestOnRandomGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		n := 2 + rng.IntN(20)
		var row, col []int
		for range rng.IntN(2 * n) {
			i, j := rng.IntN(n), rng.IntN(n)
			row, col = append(row, i), append(col, j) // one direction alone: read as undirected
		}
		m := matrix(n, row, col)
		turned, _ := m.Transpose()
		named := rng.Perm(n)[:1+rng.IntN(n)]
		got, d := Nearest(named, make([]int, n), m, turned), hopDistances(n, row, col)
		for v := range n {
			want, least := -1, n
			for place, u := range named {
				if d[v][u] < least {
					want, least = place, d[v][u]
				}
			}
			assert.Equal(t, want, got[v], "row %d of %v, named %v", v, d, named)
		}
	}
}

// hopDistances is the steps between each two rows, n for no path.
func hopDistances(n int, row, col []int) [][]int {
	d := make([][]int, n)
	for i := range d {
		d[i] = slices.Repeat([]int{n}, n)
		d[i][i] = 0
	}
	for e := range row {
		if row[e] != col[e] {
			d[row[e]][col[e]], d[col[e]][row[e]] = 1, 1
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				d[i][j] = min(d[i][j], d[i][k]+d[k][j])
			}
		}
	}
	return d
}
