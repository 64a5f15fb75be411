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
		c := crossing[T]{out: out, a: a[done*k:], b: b[done*n:], m: rows, k: k, n: n, onto: onto, soon: [3][]T{nil, soon[0], soon[1]}}
		if next := (done + rows) * k; next < len(a) {
			c.soon[0] = a[next:min(next+crossDepth*k, len(a))]
		}
		c.set()
		onto = true
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

// crossing is a product aᵀ·b of m×k and m×n. Where b has more rows they are
// those read next; soon is what else is.
type crossing[T Float] struct {
	out, a, b []T
	m, k, n   int
	onto      bool // added to out
	soon      [3][]T
}

// set computes the product one panel of columns after the other.
func (c crossing[T]) set() {
	l, widths := lanes[T](), gemmWidths[level]
	widest := widths[len(widths)-1] * l
	count := (c.n + widest - 1) / widest
	for i, p := 0, (panel{}); ; i++ {
		var ok bool
		if p, ok = p.next(c.n, l, widths); !ok {
			return
		}
		c.panel(p, i, count)
	}
}

// panel is panel p, the i-th of so many. The tiles share in asking for what is
// read next: of b the same rows of the next panel or the next rows of the first
// one, a line of each row a tile; and the i-th part of soon.
func (c crossing[T]) panel(p panel, i, count int) {
	size := sizeOf[T]()
	near, width := 0, p.vecs*lanes[T]()*size
	switch {
	case i+1 < count:
		near = width
	case len(c.b) > c.m*c.n:
		near = (c.m*c.n - p.from) * size
	}
	far := near
	if near > 0 {
		far += width - 1
	}
	onto := 0
	if c.onto {
		onto = 1
	}
	cols := tileRows(p.vecs)
	c.shares((c.k+cols-1)/cols, i, count, func(lo, hi int, soon []T) {
		from, step := lo*cols, min(line, (len(soon)*size-1)/max((hi-lo)*c.m, 1)+1)
		asmCross(at(c.out, from*c.n+p.from), c.n*size, at(c.a, from), c.k*size, at(c.b, p.from), c.n*size, c.m, min(c.k, hi*cols)-from,
			onto, at(soon, 0), step, min(near+line*lo, far), far, p.tail, p.vecs)
	})
}

// shares calls f for consecutive runs lo..hi-1 of tiles and what of the i-th
// part of soon each is to ask for, a line for each row at most: of as much as
// they can, the first of soon first.
func (c crossing[T]) shares(tiles, i, count int, f func(lo, hi int, soon []T)) {
	var soon [len(c.soon)][]T
	total := 0
	for r, s := range c.soon {
		soon[r] = s[len(s)*i/count : len(s)*(i+1)/count]
		total += len(soon[r])
	}
	perTile := max(1, min((total+tiles-1)/tiles, c.m*line/sizeOf[T]()))
	lo, before := 0, 0
	for _, s := range soon {
		before += len(s)
		if hi := min(tiles, before/perTile); hi > lo {
			f(lo, hi, s)
			lo = hi
		}
	}
	if lo < tiles {
		f(lo, tiles, nil)
	}
}
