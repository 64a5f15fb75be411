package kernels

// crossDepth is the number of rows of both factors that a product aᵀ·b goes
// through at a time: as many as stay in the first cache.
const crossDepth = 64

// line is the bytes of a line of the cache.
const line = 64

// cross sets out = aᵀ·b for m rows of a and b, and adds it where onto is set.
// They may have more rows, which are asked for, as soon is.
func cross[T Float](out, a, b []T, m, k, n int, onto bool, soon [2][]T) {
	if level == plain {
		if !onto {
			clear(out[:k*n])
		}
		addCross(out, a, b, m, k, n)
		return
	}
	for done := 0; done < m || done == 0; done += crossDepth {
		rows := min(m-done, crossDepth)
		c := crossing[T]{out: out, a: a[done*k:], b: b[done*n:], m: rows, k: k, n: n, onto: onto}
		c.soon = [...][]T{crossNext(c.a, rows, k), crossNext(c.b, rows, n), soon[0], soon[1]}
		c.set()
		onto = true
	}
}

// crossNext is the rows of a that come after so many.
func crossNext[T Float](a []T, rows, k int) []T {
	from := min(rows*k, len(a))
	return a[from:min(from+crossDepth*k, len(a))]
}

// gram sets the lower triangle of out to sᵀ·s for m rows of s, few enough for
// the first cache; some of what is above it is set as well.
func gram[T Float](out, s []T, m, k int) {
	if level == plain {
		clear(out[:k*k])
		addCross(out, s, s, m, k, k)
		return
	}
	c := crossing[T]{out: out, a: s, b: s, m: m, k: k, n: k}
	panels[T](k, gemmWidths[level], func(p panel) { c.tiles(p, p.from, k, s, 0) })
}

// mirror copies the lower triangle of a k×k matrix to the upper one.
func mirror[T Float](x []T, k int) {
	for i := range k {
		for j := range i {
			x[j*k+i] = x[i*k+j]
		}
	}
}

// addCross adds aᵀ·b to out.
func addCross[T Float](out, a, b []T, m, k, n int) {
	for i := range m {
		row := b[i*n : i*n+n]
		for p, v := range a[i*k : i*k+k] {
			axpy(out[p*n:p*n+n], v, row)
		}
	}
}

// crossing is a product aᵀ·b of m×k and m×n. soon is what is read next.
type crossing[T Float] struct {
	out, a, b []T
	m, k, n   int
	onto      bool // added to out
	soon      [4][]T
}

// set computes the product one panel of columns after the other.
func (c crossing[T]) set() {
	if c.k == 0 {
		return
	}
	l, widths := lanes[T](), gemmWidths[level]
	count := panelCount[T](c.n, widths)
	p, ok := panel{}.next(c.n, l, widths)
	for i := 0; ok; i++ {
		c.panel(p, i, count)
		p, ok = p.next(c.n, l, widths)
	}
}

// panel is panel p, the i-th of so many. The tiles of the first half of the
// panels, so that it comes in time, share in asking for soon: a tile can ask for
// a line at each row, two where the panel is of one vector. What is more than
// all can is left out.
func (c crossing[T]) panel(p panel, i, count int) {
	cols, most := tileRows(p.vecs), line
	if p.vecs == 1 {
		most += line
	}
	tiles := (c.k + cols - 1) / cols
	total, asking := 0, (count+1)/2
	for r, s := range c.soon {
		c.soon[r] = share(s, i, asking)
		total += len(c.soon[r])
	}
	perTile := max(1, min((total+tiles-1)/tiles, c.m*most/sizeOf[T]()))
	lo, before := 0, 0
	for _, s := range c.soon {
		before += len(s)
		if hi := min(tiles, before/perTile); hi > lo {
			c.tiles(p, lo*cols, min(c.k, hi*cols), s, min(most, len(s)*sizeOf[T]()/max((hi-lo)*c.m, 1)+1))
			lo = hi
		}
	}
	if lo < tiles {
		c.tiles(p, lo*cols, c.k, c.a, 0) // asks for what is there: an address of nothing costs time
	}
}

// tiles is the columns lo..hi-1 of a of a panel.
func (c crossing[T]) tiles(p panel, lo, hi int, soon []T, step int) {
	size, onto := sizeOf[T](), 0
	if c.onto {
		onto = 1
	}
	asmCross(at(c.out, lo*c.n+p.from), c.n*size, at(c.a, lo), c.k*size, at(c.b, p.from), c.n*size, c.m, hi-lo,
		onto, at(soon, 0), step, p.tail, p.vecs)
}
