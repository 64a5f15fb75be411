package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// listed adds, to rows of out, the rows of x that the entries of their lists
// name, times their values. The rows of x are those of a block of columns of
// the matrix, in the first cache.
func listed(e *emitter) {
	e.begin("listed", "adds vals[p]·x[col[p]] to row r of out for every entry p of every list, which has the first p in bits 0 to 31, r in bits 32 to 47 and the number of its entries in bits 48 to 63. vals nil stands for ones. fresh asks for sums that begin at 0. bias, unless nil, is added behind. Memory from soonCol and soonVals on, step bytes at each list, is prefetched.",
		"out *T, list *uint64, lists int, col *int32, vals *T, x *T, ld int, fresh int, bias *T, soonCol *int32, stepCol int, soonVals *T, stepVals int, tail int, vecs int")
	l := lister{
		emitter: e, out: e.arg("out"), list: e.arg("list"), lists: e.arg("lists"), col: e.arg("col"), vals: e.arg("vals"),
		x: e.arg("x"), ld: e.argBytes("ld"), soonCol: e.arg("soonCol"), soonVals: e.arg("soonVals"),
	}
	e.setTail(e.arg("tail"))
	e.byWidth(rowWidths, func(c int) {
		ones := e.label("ones")
		e.TESTQ(l.vals, l.vals)
		e.JE(ones)
		l.allLists(c, true)
		e.end()
		e.at(ones)
		l.allLists(c, false)
	})
}

// lister holds the registers of listed.
type lister struct {
	*emitter
	out, list, lists, col, vals, x, ld, soonCol, soonVals reg.GPVirtual
}

// allLists loops over the lists.
func (l *lister) allLists(c int, weighted bool) {
	loop, done := l.label("list"), l.label("done")
	l.at(loop)
	l.DECQ(l.lists)
	l.JLT(done)
	l.ask(l.soonCol, l.argMem("stepCol"))
	if weighted {
		l.ask(l.soonVals, l.argMem("stepVals"))
	}
	entry, row, left := l.GP64(), l.GP64(), l.GP64()
	l.MOVQ(mem(l.list, 0), left)
	l.ADDQ(op.U8(8), l.list)
	l.MOVL(left.As32(), entry.As32())
	l.SHRQ(op.U8(32), left)
	l.MOVWQZX(left.As16(), row)
	l.SHRQ(op.U8(16), left)
	l.IMULQ(l.ld, row)
	l.ADDQ(l.out, row)
	acc := l.start(c, row)
	l.entries(acc, entry, left, weighted)
	l.addBias(acc)
	for j, v := range acc {
		l.store(v, mem(row, j*l.bytes()), j == c-1)
	}
	l.JMP(loop)
	l.at(done)
}

// start is the sum so far.
func (l *lister) start(c int, row reg.GPVirtual) []reg.VecVirtual {
	fresh, started := l.label("fresh"), l.label("started")
	acc := l.vecs(c)
	l.CMPQ(l.argMem("fresh"), op.U8(0))
	l.JNE(fresh)
	for j, v := range acc {
		l.load(mem(row, j*l.bytes()), v, j == c-1)
	}
	l.JMP(started)
	l.at(fresh)
	for _, v := range acc {
		l.zero(v)
	}
	l.at(started)
	return acc
}

// entries adds the entries of a list, two at a time.
func (l *lister) entries(acc []reg.VecVirtual, entry, left reg.GPVirtual, weighted bool) {
	pairs, loop, done := l.label("pairs"), l.label("pair"), l.label("end")
	l.BTL(op.U8(0), left.As32())
	l.JCC(pairs)
	col := l.GP64()
	l.MOVL(index(l.col, entry, 4), col.As32())
	l.take(acc, col, entry, 0, weighted)
	l.INCQ(entry)
	l.at(pairs)
	l.SHRQ(op.U8(1), left)
	l.JEQ(done)
	l.at(loop)
	both, first := l.GP64(), l.GP64()
	l.MOVQ(index(l.col, entry, 4), both)
	l.MOVL(both.As32(), first.As32())
	l.SHRQ(op.U8(32), both)
	l.take(acc, first, entry, 0, weighted)
	l.take(acc, both, entry, 1, weighted)
	l.ADDQ(op.U8(2), entry)
	l.DECQ(left)
	l.JNE(loop)
	l.at(done)
}

// take adds row col of x, times the value so many behind that of entry.
func (l *lister) take(acc []reg.VecVirtual, col, entry reg.GPVirtual, behind int, weighted bool) {
	l.IMULQ(l.ld, col)
	l.ADDQ(l.x, col)
	var w reg.VecVirtual
	if weighted {
		w = l.vec()
		value := index(l.vals, entry, uint8(l.size()))
		value.Disp = behind * l.size()
		l.broadcast(value, w)
	}
	l.addRow(acc, col, w)
}

// addBias adds the bias, where there is one.
func (l *lister) addBias(acc []reg.VecVirtual) {
	none, bias := l.label("unbiased"), l.GP64()
	l.MOVQ(l.argMem("bias"), bias)
	l.TESTQ(bias, bias)
	l.JE(none)
	for j, v := range acc {
		l.add(l.operand(mem(bias, j*l.bytes()), j == len(acc)-1), v, v)
	}
	l.at(none)
}
