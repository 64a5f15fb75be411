package kernels

// The private accumulators of SpMMT: at most this many, and at least this many
// entries for each.
const (
	maxAccumulators = 4
	accumulatorWork = 1 << 12
)

// SpMMT sets out = Mᵀ·g, with M the pattern c and its values (nil: all ones), g
// Rows×n and out Cols×n. Blocks of rows are scattered into private
// accumulators of Cols×n, at most four, that are then added in order: the way
// for matrices of few columns such as sparse features. For a large square
// matrix use SpMM on the transpose. A matrix that is used often gets its entries
// in another order beside, see turned.
func SpMMT[T Float](out []T, c *CSR, vals, g []T, n int) {
	size := c.Cols * n
	acc := c.accumulators()
	if acc <= 1 {
		clear(out[:size])
		scatterRows(out[:size], c, vals, g, n, 0, c.Rows)
		return
	}
	t := c.turnedFor(acc, n*sizeOf[T]())
	buf := scratch[T](acc * size)
	sums := *buf
	Blocks(acc, func(b int) {
		sum := sums[b*size : (b+1)*size]
		clear(sum)
		if t != nil {
			addTurned(sum, c, t, vals, g, n, t.of[b], t.of[b+1])
			return
		}
		lo, hi := c.accumulated(b, acc)
		scatterRows(sum, c, vals, g, n, lo, hi)
	})
	addParts(out[:size], sums, acc, addTo)
	release(buf)
}

// accumulators is how many private sums a product with the transpose has.
func (c *CSR) accumulators() int {
	return min(len(c.Col)/accumulatorWork, maxAccumulators, len(c.parts)-1)
}

// accumulated is the rows lo..hi-1 of accumulator b.
func (c *CSR) accumulated(b, acc int) (lo, hi int) {
	blocks := len(c.parts) - 1
	return int(c.parts[b*blocks/acc]), int(c.parts[(b+1)*blocks/acc])
}

// scatterRows adds Mᵀ·g of the rows lo..hi-1 to sum.
func scatterRows[T Float](sum []T, c *CSR, vals, g []T, n, lo, hi int) {
	if level > plain {
		panels[T](n, rowWidths, func(p panel) {
			asmScatter(at(sum, p.from), &c.Ptr[lo], at(c.Col, 0), at(vals, 0), at(g, lo*n+p.from), n, hi-lo, p.tail, p.vecs)
		})
		return
	}
	for r := lo; r < hi; r++ {
		row := g[r*n : r*n+n]
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			j := int(c.Col[e]) * n
			if vals == nil {
				addTo(sum[j:j+n], row)
			} else {
				axpy(sum[j:j+n], vals[e], row)
			}
		}
	}
}
