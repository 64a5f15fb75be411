package kernels

// right is the right factor of products, k×n: row by row, or packed.
//
// Packed, its panels of columns lie one behind the other, each row by row. A panel
// of a matrix whose rows are a power of two of bytes long has its lines in few
// sets of the first cache, and they would drive each other out of it: of 128×64
// float32, a panel of 16 columns fills a quarter of the sets.
type right[T Float] struct {
	b      []T
	k, n   int
	packed *[]T // memory of scratch; nil: row by row
}

// packRows is how many rows of a left factor pay for packing.
const packRows = 2048

// rightOf is b as the right factor of products with m rows in all.
func rightOf[T Float](b []T, k, n, m int) right[T] {
	r := right[T]{b: b, k: k, n: n}
	if level == plain || m < packRows || r.panels() < 2 {
		return r
	}
	r.packed = scratch[T](k * n)
	to := *r.packed
	panels[T](n, gemmWidths[level], func(c panel) {
		cols := c.columns(lanes[T]())
		for p := range k {
			copy(to[:cols], b[p*n+c.from:])
			to = to[cols:]
		}
	})
	return r
}

// release hands the memory back.
func (r right[T]) release() {
	if r.packed != nil {
		release(r.packed)
	}
}

// panels is how many panels of columns it has.
func (r right[T]) panels() int { return panelCount[T](r.n, gemmWidths[level]) }

// rows is a panel from row p on, and the distance between its rows.
func (r right[T]) rows(c panel, p int) (from *T, ld int) {
	if r.packed == nil {
		return at(r.b, p*r.n+c.from), r.n
	}
	cols := c.columns(lanes[T]())
	return at(*r.packed, c.from*r.k+p*cols), cols
}
