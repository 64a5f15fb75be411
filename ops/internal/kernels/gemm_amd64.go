//go:build amd64 && !purego

package kernels

// gemmPanels computes a product one panel of columns after the other.
func gemmPanels[T Float](p product[T]) {
	if p.m == 0 {
		return
	}
	size := 8
	if is32[T]() {
		size = 4
	}
	for c, ok := (panel{}).next(p.n, lanes[T](), gemmWidths[level]); ok; c, ok = c.next(p.n, lanes[T](), gemmWidths[level]) {
		init := p.init
		if init != nil {
			init = init[c.from:]
		}
		gemmPanel(p, init, size, c)
	}
}

// gemmPanel computes one panel.
func gemmPanel[T Float](p product[T], init []T, size int, c panel) {
	ldo, rs, cs, ldb, ldi := p.ldo*size, p.rs*size, p.cs*size, p.ldb*size, p.ldi*size
	switch {
	case level == avx512 && is32[T]():
		gemmAVX512F32(at[float32](p.out, c.from), ldo, at[float32](p.a, 0), rs, cs, at[float32](p.b, c.from), ldb, at[float32](init, 0), ldi, p.m, p.k, c.tail, c.vecs)
	case level == avx512:
		gemmAVX512F64(at[float64](p.out, c.from), ldo, at[float64](p.a, 0), rs, cs, at[float64](p.b, c.from), ldb, at[float64](init, 0), ldi, p.m, p.k, c.tail, c.vecs)
	case is32[T]():
		gemmAVX2F32(at[float32](p.out, c.from), ldo, at[float32](p.a, 0), rs, cs, at[float32](p.b, c.from), ldb, at[float32](init, 0), ldi, p.m, p.k, c.tail, c.vecs)
	default:
		gemmAVX2F64(at[float64](p.out, c.from), ldo, at[float64](p.a, 0), rs, cs, at[float64](p.b, c.from), ldb, at[float64](init, 0), ldi, p.m, p.k, c.tail, c.vecs)
	}
}
