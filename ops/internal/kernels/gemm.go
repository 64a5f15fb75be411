package kernels

// product is out = init + a·b for blocks of matrices, each with its own
// distance ld between rows. Element (i, p) of a lies at a[i·rs + p·cs]. init
// nil stands for zeros; ldi 0 starts every row with the same one. b is the rows
// from on of its matrix.
type product[T Float] struct {
	out, a, init     []T
	b                right[T]
	ldo, rs, cs, ldi int
	m, k, from       int

	// soon is what will be read of a some steps on, to be asked for.
	soon []T
}

// depth is the number of rows of b that a product goes through before it turns
// to the next rows of a: as many as stay in the second cache.
const depth = 1 << 10

// multiply computes out = init + a·b for m rows of a. a may have more rows,
// which are asked for.
func multiply[T Float](out, a []T, b right[T], bias []T, m int) {
	k := b.k
	p := product[T]{out: out, a: a, b: b, init: bias, ldo: b.n, rs: k, cs: 1, m: m, k: min(k, depth)}
	ahead := m * k // of all panels, only the first waits for a
	if b.panels() == 1 {
		ahead = min(ahead, 8192/sizeOf[T]())
	}
	if ahead < len(a) {
		p.soon = a[ahead:min(len(a), ahead+m*k)]
	}
	gemmPanels(p)
	multiplyOnto(out, a, b, depth, m)
}

// multiplyOnto adds the products of a's columns from one on, with b's rows, to
// out.
func multiplyOnto[T Float](out, a []T, b right[T], from, m int) {
	p := product[T]{out: out, init: out, b: b, ldo: b.n, rs: b.k, cs: 1, ldi: b.n, m: m}
	for ; from < b.k; from += depth {
		p.a, p.from, p.k = a[from:], from, min(depth, b.k-from)
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

// gemmPanels computes a product one panel of columns after the other. Each asks
// for its share of what is read soon.
func gemmPanels[T Float](p product[T]) {
	if p.m == 0 {
		return
	}
	size := sizeOf[T]()
	ldo, rs, cs, ldi := p.ldo*size, p.rs*size, p.cs*size, p.ldi*size
	i, count := 0, p.b.panels()
	panels[T](p.b.n, gemmWidths[level], func(c panel) {
		soon, step := share(p.soon, i, count), 0
		if steps := p.k * (p.m / tileRows(c.vecs)); steps > 0 {
			step = (len(soon)*size + steps - 1) / steps
		}
		var init *T
		if p.init != nil {
			init = at(p.init, c.from)
		}
		b, ldb := p.b.rows(c, p.from)
		asmGemm(at(p.out, c.from), ldo, at(p.a, 0), rs, cs, b, ldb*size, init, ldi, p.m, p.k, at(soon, 0), step, c.tail, c.vecs)
		i++
	})
}

// share is the i-th of count equal shares of x; nothing is left behind the last.
func share[T any](x []T, i, count int) []T {
	i = min(i, count)
	return x[len(x)*i/count : len(x)*min(i+1, count)/count]
}
