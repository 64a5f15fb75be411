package kernels

// SpMMHeads sets, for each head h, block h of n columns of out to M_h·x with
// the same block of x: M_h has the pattern c, and entry e the value
// w[perm[e]·heads + h], with perm nil for the order of c itself.
func SpMMHeads[T Float](out []T, c *CSR, perm []int32, w, x []T, heads, n int) {
	width := heads * n
	c.forParts(width, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			row := out[r*width:][:width]
			clear(row)
			for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
				at := e
				if perm != nil {
					at = perm[e]
				}
				from := x[int(c.Col[e])*width:][:width]
				for h, v := range w[int(at)*heads:][:heads] {
					axpy(row[h*n:][:n], v, from[h*n:])
				}
			}
		}
	})
}

// EdgeDotHeads sets out[e·heads + h] to the dot product of block h of row
// row(e) of a and of row col(e) of b, n columns a block.
func EdgeDotHeads[T Float](out []T, c *CSR, a, b []T, heads, n int) {
	width := heads * n
	c.forParts(width, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			row := a[r*width:][:width]
			for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
				other := b[int(c.Col[e])*width:][:width]
				for h := range heads {
					out[int(e)*heads+h] = dot(row[h*n:][:n], other[h*n:])
				}
			}
		}
	})
}
