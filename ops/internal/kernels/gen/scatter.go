package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// scatter adds each row of g, times the value of an entry, to the row of sum
// that the entry names.
func scatter(e *emitter) {
	e.begin("scatter", "adds vals[e]·g[r] to row col[e] of sum for every entry e of the rows r. vals nil stands for ones.",
		"sum *T, ptr *int32, col *int32, vals *T, dy *T, ld int, rows int, tail int, vecs int")
	s := scatterer{
		emitter: e, sum: e.arg("sum"), ptr: e.arg("ptr"), col: e.arg("col"), vals: e.arg("vals"),
		g: e.arg("dy"), ld: e.argBytes("ld"), rows: e.arg("rows"),
	}
	e.setTail(e.arg("tail"))
	e.byWidth(rowWidths, func(c int) {
		ones := e.label("ones")
		e.TESTQ(s.vals, s.vals)
		e.JE(ones)
		s.allRows(c, true)
		e.end()
		e.at(ones)
		s.allRows(c, false)
	})
}

// scatterer holds the registers of scatter.
type scatterer struct {
	*emitter
	sum, ptr, col, vals, g, ld, rows reg.GPVirtual
}

// allRows loops over the rows of g.
func (s *scatterer) allRows(c int, weighted bool) {
	loop, entries, next, done := s.label("row"), s.label("entry"), s.label("next"), s.label("done")
	s.at(loop)
	s.DECQ(s.rows)
	s.JLT(done)
	entry, end := s.GP64(), s.GP64()
	s.MOVLQSX(mem(s.ptr, 0), entry)
	s.MOVLQSX(mem(s.ptr, 4), end)
	s.ADDQ(op.U8(4), s.ptr)
	s.CMPQ(entry, end)
	s.JGE(next)
	row := s.vecs(c)
	for j, v := range row {
		s.load(mem(s.g, j*s.bytes()), v, j == c-1)
	}
	s.at(entries)
	at := s.GP64()
	s.MOVLQSX(index(s.col, entry, 4), at)
	s.IMULQ(s.ld, at)
	s.ADDQ(s.sum, at)
	var w reg.VecVirtual
	if weighted {
		w = s.vec()
		s.broadcast(index(s.vals, entry, uint8(s.size())), w)
	}
	for j, v := range row {
		s.addTo(mem(at, j*s.bytes()), v, w, j == c-1)
	}
	s.INCQ(entry)
	s.CMPQ(entry, end)
	s.JLT(entries)
	s.at(next)
	s.ADDQ(s.ld, s.g)
	s.JMP(loop)
	s.at(done)
}

// addTo adds v, or w·v where w is given, to memory.
func (e *emitter) addTo(m op.Mem, v, w reg.VecVirtual, tail bool) {
	t := e.vec()
	e.load(m, t, tail)
	if w != nil {
		p := e.vec()
		e.mul(v, w, p)
		e.add(p, t, t)
	} else {
		e.add(v, t, t)
	}
	e.store(t, m, tail)
}
