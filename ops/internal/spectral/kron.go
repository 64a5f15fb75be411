package spectral

import (
	"container/heap"
	"maps"
	"math"
	"slices"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Kron is a matrix on those of its rows that have a place, after the others are
// eliminated: its rows in compressed form, without entries of at most threshold in
// size. ids is the segment of each row, place where it goes, −1 for those that are
// eliminated, and row the row that each place has, −1 for none.
func Kron(m *kernels.CSR, w []float64, ids, place []int, row []int32, threshold float64) (ptr, col []int32, weights []float64) {
	near := undirected(m, w, ids)
	eliminate(near, func(i int32) bool { return place[i] < 0 })
	ptr = make([]int32, len(row)+1)
	for c, r := range row {
		if r >= 0 {
			kept := map[int32]float64{} // by the new column
			for j, v := range near[r] {
				if math.Abs(v) > threshold {
					kept[int32(place[j])] = v
				}
			}
			for _, j := range keys(kept) {
				col, weights = append(col, j), append(weights, kept[j])
			}
		}
		ptr[c+1] = int32(len(col))
	}
	return ptr, col, weights
}

// eliminate removes rows from a symmetric matrix: the neighbours of each become
// neighbours of each other, as conductances in series.
func eliminate(near []map[int32]float64, goes func(i int32) bool) {
	q := &fewest{}
	for i := range near {
		if goes(int32(i)) {
			q.rows = append(q.rows, degreeOf{int32(i), len(near[i])})
		}
	}
	heap.Init(q)
	for q.Len() > 0 {
		next := heap.Pop(q).(degreeOf)
		i := next.row
		if n := len(near[i]); n != next.degree { // it has changed since
			heap.Push(q, degreeOf{i, n})
			continue
		}
		around, d := keys(near[i]), 0.
		for _, j := range around {
			d += near[i][j]
			delete(near[j], i)
		}
		for a, j := range around {
			for _, k := range around[a+1:] {
				if v := near[i][j] * near[i][k]; d != 0 {
					near[j][k] += v / d
					near[k][j] += v / d
				}
			}
		}
		near[i] = nil
	}
}

// degreeOf is a row and how many neighbours it had.
type degreeOf struct {
	row    int32
	degree int
}

// fewest is a heap of rows by rising degree, and by index.
type fewest struct{ rows []degreeOf }

func (q *fewest) Len() int { return len(q.rows) }

func (q *fewest) Less(i, j int) bool {
	a, b := q.rows[i], q.rows[j]
	return a.degree < b.degree || a.degree == b.degree && a.row < b.row
}

func (q *fewest) Swap(i, j int) { q.rows[i], q.rows[j] = q.rows[j], q.rows[i] }

func (q *fewest) Push(x any) { q.rows = append(q.rows, x.(degreeOf)) }

func (q *fewest) Pop() any {
	last := q.rows[len(q.rows)-1]
	q.rows = q.rows[:len(q.rows)-1]
	return last
}

// keys is the keys of m in rising order.
func keys(m map[int32]float64) []int32 { return slices.Sorted(maps.Keys(m)) }
