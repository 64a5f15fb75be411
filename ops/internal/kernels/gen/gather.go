package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gatherAhead is how many rows ahead gather asks for.
const gatherAhead = 64

// gather copies rows by index.
func gather(e *emitter) {
	e.begin("gather", "sets out[i] = x[idx[i]], times w[idx[i]] where w is given, or 0 where the index is not in [0, bound). stream asks to store past the caches.",
		"out *T, x *T, ld int, idx *int, w *T, bound int, count int, stream int, tail int, vecs int")
	e.fence = true
	out, x, ld, idx := e.arg("out"), e.arg("x"), e.argBytes("ld"), e.arg("idx")
	w, bound, count := e.arg("w"), e.arg("bound"), e.arg("count")
	e.setTail(e.arg("tail"))
	e.scattered = true
	e.byWidth(rowWidths, func(c int) {
		loop, done := e.label("row"), e.label("done")
		absent, write := e.label("absent"), e.label("write")
		e.at(loop)
		e.DECQ(count)
		e.JLT(done)
		near := e.label("near")
		e.CMPQ(count, op.U8(gatherAhead))
		e.JLT(near)
		far := e.GP64()
		e.MOVQ(mem(idx, 8*gatherAhead), far) // of any value: to ask for what is not there does no harm
		e.IMULQ(ld, far)
		e.ADDQ(x, far)
		e.prefetchRow(e.PREFETCHT1, far, c)
		e.at(near)
		at := e.GP64()
		e.MOVQ(mem(idx, 0), at)
		e.ADDQ(op.U8(8), idx)
		v := e.vecs(c)
		e.CMPQ(at, bound)
		e.JCC(absent)
		row := e.GP64()
		e.MOVQ(at, row)
		e.IMULQ(ld, row)
		e.ADDQ(x, row)
		for j := range v {
			e.load(mem(row, j*e.bytes()), v[j], j == c-1)
		}
		e.TESTQ(w, w)
		e.JE(write)
		s := e.vec()
		e.broadcast(index(w, at, uint8(e.size())), s)
		for j := range v {
			e.mul(s, v[j], v[j])
		}
		e.JMP(write)
		e.at(absent)
		for j := range v {
			e.zero(v[j])
		}
		e.at(write)
		e.streamed(func() {
			for j := range v {
				e.store(v[j], mem(out, j*e.bytes()), j == c-1 && !e.streaming)
			}
		})
		e.ADDQ(ld, out)
		e.JMP(loop)
		e.at(done)
	})
}

// rowScale multiplies each row by its own factor.
func rowScale(e *emitter) {
	e.begin("rowScale", "sets out[i] = w[i]·x[i] for rows of n elements.", "out *T, x *T, w *T, n int, rows int")
	out, x, w, rows := e.arg("out"), e.arg("x"), e.arg("w"), e.arg("rows")
	loop, done := e.label("row"), e.label("end")
	e.at(loop)
	e.DECQ(rows)
	e.JLT(done)
	s := e.vec()
	e.broadcast(mem(w, 0), s)
	e.ADDQ(op.U8(uint8(e.size())), w)
	n := e.arg("n")
	ld := e.argBytes("n")
	po, px := e.GP64(), e.GP64()
	e.MOVQ(out, po)
	e.MOVQ(x, px)
	e.ADDQ(ld, out)
	e.ADDQ(ld, x)
	e.eachVec(n, 4, []reg.GPVirtual{po, px}, func(u int, tail bool) {
		v := e.vec()
		e.mul(e.operand(mem(px, u*e.bytes()), tail), s, v)
		e.store(v, mem(po, u*e.bytes()), tail)
	})
	e.JMP(loop)
	e.at(done)
	e.end()
}

// colDots sums the products of two matrices down their columns.
func colDots(e *emitter) {
	e.begin("colDots", "sets out = Σ a[i]∘b[i] over consecutive rows.", "out *T, a *T, b *T, ld int, rows int, tail int, vecs int")
	out, a, b, ld, rows := e.arg("out"), e.arg("a"), e.arg("b"), e.argBytes("ld"), e.arg("rows")
	e.setTail(e.arg("tail"))
	e.byWidth(rowWidths, func(c int) {
		acc := e.vecs(c)
		for _, v := range acc {
			e.zero(v)
		}
		loop, done := e.label("row"), e.label("done")
		e.at(loop)
		e.DECQ(rows)
		e.JLT(done)
		for j, v := range acc {
			t := e.vec()
			e.load(mem(a, j*e.bytes()), t, j == c-1)
			e.fma(e.operand(mem(b, j*e.bytes()), j == c-1), t, v)
		}
		e.ADDQ(ld, a)
		e.ADDQ(ld, b)
		e.JMP(loop)
		e.at(done)
		for j, v := range acc {
			e.store(v, mem(out, j*e.bytes()), j == c-1)
		}
	})
}
