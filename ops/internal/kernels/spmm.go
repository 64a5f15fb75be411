package kernels

// SpMM sets out = M·x, with M the pattern c and its values (nil: all ones), x
// Cols×n and out Rows×n. The entries of a row are added in their order. A matrix
// that is used often, and has many entries a row for its columns, gets lists of
// them beside, see listed.
func SpMM[T Float](out []T, c *CSR, vals, x []T, n int) {
	SpMMActivate(out, c, vals, x, nil, Identity, n)
}

// SpMMActivate sets out = a(M·x + b), with a bias b of n elements for each row,
// or nil.
func SpMMActivate[T Float](out []T, c *CSR, vals, x, b []T, a Act, n int) {
	if l := c.listedFor(n * sizeOf[T]()); l != nil {
		spmmListed(out, c, l, vals, x, b, a, n)
		return
	}
	stream := streams(out, n)
	c.forParts(n, func(lo, hi int) {
		if a == Identity {
			spmmRows(out[lo*n:hi*n], c, vals, x, b, n, lo, hi, stream)
			return
		}
		per := max(1, nearBytes/max(n*sizeOf[T](), 1))
		buf := scratch[T](min(per, hi-lo) * n)
		for ; lo < hi; lo += per {
			some := min(per, hi-lo)
			spmmRows(*buf, c, vals, x, b, n, lo, lo+some, 0)
			activate(out[lo*n:(lo+some)*n], (*buf)[:some*n], a, stream)
		}
		release(buf)
	})
}

// nearBytes is the size of rows that stay in the second cache from one kernel
// to the next, beside what that kernel reads.
const nearBytes = 1 << 18

// spmmRows sets out to the rows lo..hi-1 of M·x + b.
func spmmRows[T Float](out []T, c *CSR, vals, x, b []T, n, lo, hi, stream int) {
	if level > plain {
		reduceRowPanels(sumRows, out, c.Ptr[lo:hi+1], c.Col, vals, x, b, n, c.Cols, stream)
		return
	}
	for r := lo; r < hi; r++ {
		row := out[(r-lo)*n:][:n]
		clear(row)
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			j := int(c.Col[e]) * n
			if vals == nil {
				addTo(row, x[j:])
			} else {
				axpy(row, vals[e], x[j:])
			}
		}
		if b != nil {
			addTo(row, b)
		}
	}
}

// EdgeDot sets out[e] = a[row(e),:]·b[col(e),:] for every entry e of the
// pattern, with a Rows×n and b Cols×n: the gradient of SpMM by the values.
func EdgeDot[T Float](out []T, c *CSR, a, b []T, n int) {
	var last *int32
	bytes := n * sizeOf[T]()
	far, deep := entriesAhead(c.Cols*bytes, bytes, bytes)
	if nnz := len(c.Col); nnz > 0 && far > 0 {
		last = &c.Col[nnz-1]
	}
	c.forParts(n, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			if from, to := c.Ptr[r], c.Ptr[r+1]; level > plain && from < to {
				asmDots(&out[from], at(a, r*n), at(b, 0), &c.Col[from], last, deep, far, n, int(to-from))
				continue
			}
			row := a[r*n : r*n+n]
			for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
				out[e] = dot(row, b[int(c.Col[e])*n:])
			}
		}
	})
}

// RowSum sets out[r] to the sum of the values of row r (nil: all ones), the
// degree of node r where the matrix is an adjacency. It is added in float64: of a
// hub's 100,000 weights of 0.1 a sum in float32 is 10⁻⁴ off.
func RowSum[T Float](out []T, c *CSR, vals []T) {
	c.forParts(1, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			from, to := c.Ptr[r], c.Ptr[r+1]
			if vals == nil {
				out[r] = T(to - from)
				continue
			}
			s := 0.0
			for _, v := range vals[from:to] {
				s += float64(v)
			}
			out[r] = T(s)
		}
	})
}

// GatherVals sets out[e] = vals[perm[e]]: values in the order of a transpose.
func GatherVals[T Float](out, vals []T, perm []int32) {
	ForRows(len(perm), 4, func(lo, hi int) {
		for e := lo; e < hi; e++ {
			out[e] = vals[perm[e]]
		}
	})
}
