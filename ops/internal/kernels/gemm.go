package kernels

// product is out = init + a·b for blocks of matrices, each with its own
// distance ld between rows. Element (i, p) of a lies at a[i·rs + p·cs]. init
// nil stands for zeros; ldi 0 starts every row with the same one.
type product[T Float] struct {
	out, a, b, init       []T
	ldo, rs, cs, ldb, ldi int
	m, k, n               int

	// soon is what will be read of a some steps on, to be asked for by the first
	// panel of columns.
	soon []T
}

// depth is the number of rows of b that a product goes through before it turns
// to the next rows of a: as many as stay in the second cache.
const depth = 1 << 10

// multiply computes out = init + a·b for rows m×k of a and all of b, k×n.
func multiply[T Float](out, a, b, bias []T, m, k, n int) {
	p := product[T]{out: out, a: a, b: b, init: bias, ldo: n, rs: k, cs: 1, ldb: n, m: m, k: min(k, depth), n: n}
	if ahead := 8192 / sizeOf[T](); m*k > ahead {
		p.soon = a[ahead : m*k]
	}
	gemmPanels(p)
	multiplyOnto(out, a, b, depth, m, k, n)
}

// multiplyOnto adds the products of a's columns from one on, with b's rows, to
// out.
func multiplyOnto[T Float](out, a, b []T, from, m, k, n int) {
	p := product[T]{out: out, init: out, ldo: n, rs: k, cs: 1, ldb: n, ldi: n, m: m, n: n}
	for ; from < k; from += depth {
		p.a, p.b, p.k = a[from:], b[from*n:], min(depth, k-from)
		gemmPanels(p)
	}
}

// blockRows returns how many rows of a m×k by k×n product make a block: about
// a million multiplications, in whole tiles.
func blockRows[T Float](k, n int) int {
	if level == plain {
		return max(1, grain/max(n+k*n/8, 1))
	}
	c := min((n+lanes[T]()-1)/lanes[T](), len(gemmWidths[level]))
	tile := tileRows(c)
	rows := (1 << 20) / max(k*n, 1)
	return max(rows/tile, 1) * tile
}

// tileRows returns the rows of the tiles of a panel of c vectors.
func tileRows(c int) int {
	if level == avx512 {
		return [...]int{16, 16, 14, 8, 6}[c]
	}
	return [...]int{12, 12, 6}[c]
}

// gemmPanels computes a product one panel of columns after the other.
func gemmPanels[T Float](p product[T]) {
	if p.m == 0 {
		return
	}
	size := sizeOf[T]()
	ldo, rs, cs, ldb, ldi := p.ldo*size, p.rs*size, p.cs*size, p.ldb*size, p.ldi*size
	soon := p.soon
	panels[T](p.n, gemmWidths[level], func(c panel) {
		step := 0
		if steps := p.k * (p.m / tileRows(c.vecs)); steps > 0 {
			step = (len(soon)*size + steps - 1) / steps
		}
		var init *T
		if p.init != nil {
			init = at(p.init, c.from)
		}
		asmGemm(at(p.out, c.from), ldo, at(p.a, 0), rs, cs, at(p.b, c.from), ldb, init, ldi, p.m, p.k, at(soon, 0), step, c.tail, c.vecs)
		soon = nil
	})
}
