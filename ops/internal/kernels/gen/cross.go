package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// cross multiplies the transpose of a matrix by a panel of columns of another.
func cross(e *emitter) {
	e.begin("cross", "sets out = aᵀ·b, or adds it where onto is not 0, for m rows of a, of k columns, and a panel of vecs vectors of columns of b, the last of tail elements. "+
		"Strides are in bytes. It prefetches memory from soon on, step bytes at each row of a tile: a line, two for a panel of one vector.",
		"out *T, ldo int, a *T, lda int, b *T, ldb int, m int, k int, onto int, soon *T, step int, tail int, vecs int")
	t := crosser{
		emitter: e, out: e.arg("out"), ldo: e.arg("ldo"), a: e.arg("a"), lda: e.arg("lda"), ldb: e.arg("ldb"), k: e.arg("k"),
		soon: e.arg("soon"), step: e.arg("step"),
	}
	e.setTail(e.arg("tail"))
	e.byVectors(len(e.widths()), func(c int) {
		for i, cols := range e.tileRows(c) {
			loop, next := e.label("tile"), e.label("cols")
			e.at(loop)
			e.CMPQ(t.k, op.U32(uint32(cols)))
			e.JLT(next)
			t.tile(cols, c)
			e.SUBQ(op.U32(uint32(cols)), t.k)
			if i == 0 {
				e.JMP(loop)
			}
			e.at(next)
		}
	})
}

// crosser holds the registers that live through all tiles.
type crosser struct {
	*emitter
	out, ldo, a, lda, ldb, k, soon, step reg.GPVirtual
}

// tile multiplies one tile, cols columns of a and c vectors of b, and moves out
// and a to the next.
func (t *crosser) tile(cols, c int) {
	acc := make([][]reg.VecVirtual, cols)
	for r := range acc {
		acc[r] = t.vecs(c)
	}
	t.start(acc)
	t.product(acc)
	for _, row := range acc {
		for j, v := range row {
			t.store(v, mem(t.out, j*t.bytes()), j == c-1)
		}
		t.ADDQ(t.ldo, t.out)
	}
	t.ADDQ(op.U32(uint32(cols*t.size())), t.a)
}

// start clears the tile, or loads it from out.
func (t *crosser) start(acc [][]reg.VecVirtual) {
	onto, done := t.label("onto"), t.label("start")
	t.CMPQ(t.argMem("onto"), op.U8(0))
	t.JNE(onto)
	for _, row := range acc {
		for _, v := range row {
			t.zero(v)
		}
	}
	t.JMP(done)
	t.at(onto)
	from := t.GP64()
	t.MOVQ(t.out, from)
	for _, row := range acc {
		for j, v := range row {
			t.load(mem(from, j*t.bytes()), v, j == len(row)-1)
		}
		t.ADDQ(t.ldo, from)
	}
	t.at(done)
}

// product adds the products of all rows to the tile.
func (t *crosser) product(acc [][]reg.VecVirtual) {
	c := len(acc[0])
	a, b, m := t.GP64(), t.arg("b"), t.arg("m")
	loop, done := t.label("row"), t.label("summed")
	t.TESTQ(m, m)
	t.JE(done)
	t.MOVQ(t.a, a)
	t.at(loop)
	bv := t.vecs(c)
	for j, v := range bv {
		t.load(mem(b, j*t.bytes()), v, j == c-1)
	}
	for r, row := range acc {
		x := t.vec()
		t.broadcast(mem(a, r*t.size()), x)
		for j, v := range row {
			t.fma(bv[j], x, v)
		}
	}
	t.PREFETCHT1(mem(t.soon, 0))
	if c == 1 {
		t.PREFETCHT1(mem(t.soon, 64))
	}
	t.ADDQ(t.lda, a)
	t.ADDQ(t.ldb, b)
	t.ADDQ(t.step, t.soon)
	t.DECQ(m)
	t.JNE(loop)
	t.at(done)
}
