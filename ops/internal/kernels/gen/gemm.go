package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tileRows gives, for a tile of c vectors of columns, the numbers of rows that
// tiles are made for: the first fills the registers, the rest are for what is
// left over.
func (e *emitter) tileRows(c int) []int {
	if e.wide {
		return [][]int{nil, {16, 8, 4, 2, 1}, {14, 8, 4, 2, 1}, {8, 4, 2, 1}, {6, 4, 2, 1}}[c]
	}
	return [][]int{nil, {12, 8, 4, 2, 1}, {6, 4, 2, 1}}[c]
}

// gemm multiplies a matrix by a panel of columns. Element (i, p) of the left
// factor is a[i·rs + p·cs], for a whose rows or columns lie behind each other.
func gemm(e *emitter) {
	e.begin("gemm", "sets out = init + a·b for a panel of vecs vectors of columns, the last of tail elements. init nil stands for zeros. Strides are in bytes. Memory from soon on, step bytes at each element of a sum, is prefetched.",
		"out *T, ldo int, a *T, rs int, cs int, b *T, ldb int, init *T, ldi int, m int, k int, soon *T, step int, tail int, vecs int")
	t := tiler{
		emitter: e, m: e.arg("m"), a: e.arg("a"), out: e.arg("out"), init: e.arg("init"),
		rs: e.arg("rs"), rs3: e.GP64(), cs: e.arg("cs"), soon: e.arg("soon"), ldb: e.argMem("ldb"), step: e.argMem("step"),
	}
	e.LEAQ(index(t.rs, t.rs, 2), t.rs3)
	e.setTail(e.arg("tail"))
	e.byVectors(len(e.widths()), func(c int) {
		for i, rows := range e.tileRows(c) {
			loop, next := e.label("tile"), e.label("rows")
			e.at(loop)
			e.CMPQ(t.m, op.U32(uint32(rows)))
			e.JLT(next)
			t.tile(rows, c)
			e.SUBQ(op.U32(uint32(rows)), t.m)
			if i == 0 {
				e.JMP(loop)
			}
			e.at(next)
		}
	})
}

// widths lists the panel widths of gemm.
func (e *emitter) widths() []int {
	if e.wide {
		return []int{1, 2, 3, 4}
	}
	return []int{1, 2}
}

// byVectors branches on the argument vecs, 1..n, to a body for each.
func (e *emitter) byVectors(n int, body func(c int)) {
	all := make([]int, n)
	for i := range all {
		all[i] = i + 1
	}
	e.byWidth(all, body)
}

// byWidth branches on the argument vecs to a body for each width, and to
// otherwise for others.
func (e *emitter) byWidth(widths []int, body func(c int)) { e.branch(widths, body, e.byTail) }

// byWholeWidth is byWidth for vectors that are always whole.
func (e *emitter) byWholeWidth(widths []int, body func(c int)) {
	e.branch(widths, body, func(body func()) {
		body()
		e.end()
	})
}

// branch emits each body by emit.
func (e *emitter) branch(widths []int, body func(c int), emit func(body func())) {
	vecs := e.arg("vecs")
	labels := map[int]op.LabelRef{}
	for _, c := range widths {
		labels[c] = e.label("width")
		e.CMPQ(vecs, op.U8(uint8(c)))
		e.JEQ(labels[c])
	}
	if e.otherwise != nil {
		emit(e.otherwise)
	} else {
		e.end()
	}
	for _, c := range widths {
		e.at(labels[c])
		emit(func() { body(c) })
	}
}

// byTail emits body and a return. It emits another one for tails of whole
// vectors, which need no mask: for AVX2, whose stores under a mask are slow on
// many processors, and for scattered rows. Of these a processor fetches what a
// mask leaves out as well, which may be a line of its own: AVX-512 has a third
// body for tails of at most half a vector.
func (e *emitter) byTail(body func()) {
	if e.splitsTails() {
		e.forTail(e.lanes(), e.JNE, &e.whole, body)
	}
	if e.wide && e.scattered {
		e.forTail(e.lanes()/2, e.JGT, &e.half, body)
	}
	body()
	e.end()
}

// splitsTails tells whether tails of whole vectors have a body of their own.
func (e *emitter) splitsTails() bool { return !e.wide || e.scattered }

// forTail emits body for a kind of tail: others are those that jump after a
// comparison with n.
func (e *emitter) forTail(n int, jump func(op.Op), kind *bool, body func()) {
	others := e.label("partial")
	e.CMPQ(e.argMem("tail"), op.U8(uint8(n)))
	jump(others)
	*kind = true
	body()
	e.end()
	*kind = false
	e.at(others)
}

// end returns from the routine.
func (e *emitter) end() {
	if e.fence {
		e.SFENCE()
	}
	e.VZEROUPPER()
	e.RET()
}

// tiler holds the registers that live through all tiles.
type tiler struct {
	*emitter
	m, a, out, init, rs, rs3, cs, soon reg.GPVirtual
	ldb, step                          op.Mem
}

// tile multiplies one tile and moves a, out and init to the next.
func (t *tiler) tile(rows, c int) {
	acc := make([][]reg.VecVirtual, rows)
	for r := range acc {
		acc[r] = t.vecs(c)
	}
	t.start(acc)
	from := make([]reg.GPVirtual, (rows+3)/4) // the rows 4q of the tile
	for q := range from {
		from[q] = t.GP64()
		if q == 0 {
			t.MOVQ(t.a, from[q])
		} else {
			t.LEAQ(index(from[q-1], t.rs, 4), from[q])
		}
	}
	t.product(acc, from)
	cur, ldo := t.out, t.arg("ldo")
	for _, row := range acc {
		for j, v := range row {
			t.store(v, mem(cur, j*t.bytes()), j == c-1)
		}
		t.ADDQ(ldo, cur)
	}
	step := t.GP64()
	t.IMUL3Q(op.U32(uint32(rows)), t.rs, step)
	t.ADDQ(step, t.a)
}

// start loads the tile from init, or clears it.
func (t *tiler) start(acc [][]reg.VecVirtual) {
	some, done := t.label("init"), t.label("start")
	t.TESTQ(t.init, t.init)
	t.JNE(some)
	for _, row := range acc {
		for _, v := range row {
			t.zero(v)
		}
	}
	t.JMP(done)
	t.at(some)
	ldi := t.arg("ldi")
	for _, row := range acc {
		for j, v := range row {
			t.load(mem(t.init, j*t.bytes()), v, j == len(row)-1)
		}
		t.ADDQ(ldi, t.init)
	}
	t.at(done)
}

// product adds the products to the tile.
func (t *tiler) product(acc [][]reg.VecVirtual, from []reg.GPVirtual) {
	c := len(acc[0])
	b, k := t.arg("b"), t.arg("k")
	loop, done := t.label("sum"), t.label("done")
	t.TESTQ(k, k)
	t.JE(done)
	t.at(loop)
	bv := t.vecs(c)
	for j, v := range bv {
		t.load(mem(b, j*t.bytes()), v, j == c-1)
	}
	for r, row := range acc {
		p := from[r/4]
		x := t.vec()
		t.broadcast([]op.Mem{mem(p, 0), index(p, t.rs, 1), index(p, t.rs, 2), index(p, t.rs3, 1)}[r%4], x)
		for j, v := range row {
			t.fma(bv[j], x, v)
		}
	}
	for _, p := range from {
		t.ADDQ(t.cs, p)
	}
	t.ADDQ(t.ldb, b)
	t.PREFETCHT1(mem(t.soon, 0))
	t.ADDQ(t.step, t.soon)
	t.DECQ(k)
	t.JNE(loop)
	t.at(done)
}
