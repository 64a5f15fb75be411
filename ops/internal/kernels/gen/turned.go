package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// turned adds, to each row of sum, the rows of g that the entries of its column
// name, times their values. The rows are those of a block, in the near caches.
func turned(e *emitter) {
	e.begin("turned", "adds vals[e]·g[r] to row j of sum for every entry of ptr[j]..ptr[j+1]-1, which has r in the lower half and e in the upper. vals nil stands for ones. Memory from soon on, step bytes at each j, is prefetched.",
		"sum *T, ptr *int32, entry *uint32, vals *T, dy *T, ld int, cols int, soon *T, step int, tail int, vecs int")
	t := turner{
		emitter: e, sum: e.arg("sum"), ptr: e.arg("ptr"), entry: e.arg("entry"), vals: e.arg("vals"),
		g: e.arg("dy"), ld: e.argBytes("ld"), cols: e.arg("cols"), soon: e.arg("soon"),
	}
	e.setTail(e.arg("tail"))
	e.byWidth(rowWidths, func(c int) {
		ones := e.label("ones")
		e.TESTQ(t.vals, t.vals)
		e.JE(ones)
		t.allColumns(c, true)
		e.end()
		e.at(ones)
		t.allColumns(c, false)
	})
}

// turner holds the registers of turned.
type turner struct {
	*emitter
	sum, ptr, entry, vals, g, ld, cols, soon reg.GPVirtual
}

// allColumns loops over the rows of sum.
func (t *turner) allColumns(c int, weighted bool) {
	loop, entries, next, done := t.label("column"), t.label("entry"), t.label("next"), t.label("done")
	t.at(loop)
	t.DECQ(t.cols)
	t.JLT(done)
	t.PREFETCHT1(mem(t.soon, 0))
	t.ADDQ(t.argMem("step"), t.soon)
	i, end := t.GP64(), t.GP64()
	t.MOVLQSX(mem(t.ptr, 0), i)
	t.MOVLQSX(mem(t.ptr, 4), end)
	t.ADDQ(op.U8(4), t.ptr)
	t.CMPQ(i, end)
	t.JGE(next)
	acc := t.vecs(c)
	for j, v := range acc {
		t.load(mem(t.sum, j*t.bytes()), v, j == c-1)
	}
	t.at(entries)
	at, both := t.GP64(), t.GP64()
	t.MOVL(index(t.entry, i, 4), both.As32())
	t.MOVWQZX(both.As16(), at)
	t.IMULQ(t.ld, at)
	t.ADDQ(t.g, at)
	var w reg.VecVirtual
	if weighted {
		t.SHRL(op.U8(16), both.As32())
		w = t.vec()
		t.broadcast(index(t.vals, both, uint8(t.size())), w)
	}
	for j, v := range acc {
		x := t.operand(mem(at, j*t.bytes()), j == c-1)
		if weighted {
			p := t.vec()
			t.mul(x, w, p)
			x = p
		}
		t.add(x, v, v)
	}
	t.INCQ(i)
	t.CMPQ(i, end)
	t.JLT(entries)
	for j, v := range acc {
		t.store(v, mem(t.sum, j*t.bytes()), j == c-1)
	}
	t.at(next)
	t.ADDQ(t.ld, t.sum)
	t.JMP(loop)
	t.at(done)
}
