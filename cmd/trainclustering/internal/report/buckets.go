package report

import "math"

// buckets finds the places near another: the plane in squares of one size, in
// rows, with the places of each square beside each other.
type buckets struct {
	side          float64
	low           point
	columns, rows int
	start         []int // of each square in order, and the end
	order         []int
}

// newBuckets has squares of a side that is given, or longer ones where that
// would be many more squares than places.
func newBuckets(at []point, side float64) *buckets {
	b := &buckets{low: point{math.Inf(1), math.Inf(1)}}
	high := point{math.Inf(-1), math.Inf(-1)}
	for _, p := range at {
		b.low = point{min(b.low.x, p.x), min(b.low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	if len(at) == 0 {
		b.low, high = point{}, point{}
	}
	w, h := high.x-b.low.x, high.y-b.low.y
	b.side = max(side, math.Sqrt(w*h/float64(8*len(at)+64)), max(w, h)/float64(8*len(at)+64), 1e-3)
	b.columns, b.rows = int(w/b.side)+1, int(h/b.side)+1
	b.start, b.order = make([]int, b.columns*b.rows+1), make([]int, len(at))
	for _, p := range at {
		b.start[b.square(p)+1]++
	}
	for i := range b.columns * b.rows {
		b.start[i+1] += b.start[i]
	}
	next := append([]int{}, b.start...)
	for i, p := range at {
		s := b.square(p)
		b.order[next[s]] = i
		next[s]++
	}
	return b
}

func (b *buckets) column(x float64) int { return int(math.Floor((x - b.low.x) / b.side)) }
func (b *buckets) row(y float64) int    { return int(math.Floor((y - b.low.y) / b.side)) }

// square is that of one of the places.
func (b *buckets) square(p point) int { return b.row(p.y)*b.columns + b.column(p.x) }

// around calls each with the places at most a side away from p, and others near
// it.
func (b *buckets) around(p point, each func(i int)) {
	for _, row := range b.rowsAround(p) {
		for _, i := range row {
			each(i)
		}
	}
}

// rowsAround are the places of around in up to three lists.
func (b *buckets) rowsAround(p point) (rows [3][]int) {
	column, row := b.column(p.x), b.row(p.y)
	from, to := max(column-1, 0), min(column+2, b.columns)
	if from >= to {
		return rows
	}
	top := max(row-1, 0)
	for y := top; y < min(row+2, b.rows); y++ {
		rows[y-top] = b.order[b.start[y*b.columns+from]:b.start[y*b.columns+to]]
	}
	return rows
}
