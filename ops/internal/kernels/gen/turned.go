package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// turned adds, to each row of sum, the rows of g that the entries of its column
// name, times their values. The rows are those of a block, in the first cache.
func turned(e *emitter) {
	e.begin("turned", "adds vals[p]·g[r] to row j of sum for every list, which has j in the lower half and in the upper the number of its entries, at least one; each of them, behind those of the list before, has r in the lower half and p in the upper. vals nil stands for ones. Memory from soon on, step bytes at each list, and from soonVals on is prefetched.",
		"sum *T, list *uint32, lists int, entry *uint32, vals *T, dy *T, ld int, soon *T, step int, soonVals *T, stepVals int, tail int, vecs int")
	t := turner{
		emitter: e, sum: e.arg("sum"), list: e.arg("list"), lists: e.arg("lists"), entry: e.arg("entry"), vals: e.arg("vals"),
		g: e.arg("dy"), ld: e.argBytes("ld"), soon: e.arg("soon"), soonVals: e.arg("soonVals"),
	}
	e.setTail(e.arg("tail"))
	e.byWidth(rowWidths, func(c int) {
		ones := e.label("ones")
		e.TESTQ(t.vals, t.vals)
		e.JE(ones)
		t.allLists(c, true)
		e.end()
		e.at(ones)
		t.allLists(c, false)
	})
}

// turner holds the registers of turned.
type turner struct {
	*emitter
	sum, list, lists, entry, vals, g, ld, soon, soonVals reg.GPVirtual
}

// allLists loops over the lists.
func (t *turner) allLists(c int, weighted bool) {
	loop, entries, write, done := t.label("list"), t.label("entry"), t.label("write"), t.label("done")
	t.at(loop)
	t.DECQ(t.lists)
	t.JLT(done)
	t.ask(t.soon, t.argMem("step"))
	if weighted {
		t.ask(t.soonVals, t.argMem("stepVals"))
	}
	row, left := t.GP64(), t.GP64()
	t.MOVL(mem(t.list, 0), left.As32())
	t.ADDQ(op.U8(4), t.list)
	t.MOVWQZX(left.As16(), row)
	t.SHRL(op.U8(16), left.As32())
	t.IMULQ(t.ld, row)
	t.ADDQ(t.sum, row)
	acc := t.vecs(c)
	for j, v := range acc {
		t.load(mem(row, j*t.bytes()), v, j == c-1)
	}
	pairs := t.label("pairs")
	t.BTL(op.U8(0), left.As32())
	t.JCC(pairs)
	one := t.GP64()
	t.MOVL(mem(t.entry, 0), one.As32())
	t.ADDQ(op.U8(4), t.entry)
	t.take(acc, one, weighted)
	t.at(pairs)
	t.SHRL(op.U8(1), left.As32())
	t.JEQ(write)
	t.at(entries)
	both := t.GP64()
	t.MOVQ(mem(t.entry, 0), both)
	t.ADDQ(op.U8(8), t.entry)
	t.take(acc, both, weighted)
	t.SHRQ(op.U8(map[bool]uint8{true: 16, false: 32}[weighted]), both)
	t.take(acc, both, weighted)
	t.DECL(left.As32())
	t.JNE(entries)
	t.at(write)
	for j, v := range acc {
		t.store(v, mem(row, j*t.bytes()), j == c-1)
	}
	t.JMP(loop)
	t.at(done)
}

// take adds the row that the lowest 16 bits of an entry name to acc.
func (t *turner) take(acc []reg.VecVirtual, entry reg.GPVirtual, weighted bool) {
	row := t.GP64()
	t.MOVWQZX(entry.As16(), row)
	t.IMULQ(t.ld, row)
	t.ADDQ(t.g, row)
	var w reg.VecVirtual
	if weighted {
		place := t.GP64()
		t.SHRQ(op.U8(16), entry)
		t.MOVWQZX(entry.As16(), place)
		w = t.vec()
		t.broadcast(index(t.vals, place, uint8(t.size())), w)
	}
	t.addRow(acc, row, w)
}
