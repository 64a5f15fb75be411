package main

import (
	"math"

	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// longRows is allRows for rows of any length, a vector at a time.
func (s *softmaxer) longRows() {
	whole := s.wholeBytes(s.ld)
	s.groups(func(count reg.GPVirtual) { s.longGroup(count, whole) })
}

// longGroup is group for rows whose whole vectors but the last have so many
// bytes.
func (s *softmaxer) longGroup(count, whole reg.GPVirtual) {
	value := func(at op.Mem, tail bool) reg.VecVirtual {
		v := s.vec()
		s.load(at, v, tail)
		s.mul(s.temp, v, v)
		if tail {
			v = s.fillTail(v, s.c(math.Inf(-1)))
		}
		return v
	}
	in := s.GP64()
	s.MOVQ(s.x, in)
	s.times(count, func(at reg.GPVirtual) {
		top := s.vec()
		s.move(s.c(math.Inf(-1)), top)
		s.along(whole, func(j reg.GPVirtual, tail bool) { s.max(value(index(in, j, 1), tail), top, top) })
		s.move(top, mem(at, 0))
		s.ADDQ(s.ld, in)
	})
	s.move(s.across(0, s.lanes(), s.max), s.folded())

	to := s.GP64()
	s.MOVQ(s.out, to)
	s.perRow(count, func(top reg.VecVirtual, at reg.GPVirtual) {
		sum := s.vec()
		s.zero(sum)
		s.along(whole, func(j reg.GPVirtual, tail bool) {
			v := value(index(s.x, j, 1), tail)
			s.sub(top, v, v)
			v = s.exp(v)
			s.store(v, index(to, j, 1), tail)
			s.add(v, sum, sum)
		})
		s.move(sum, mem(at, 0))
		s.ADDQ(s.ld, s.x)
		s.ADDQ(s.ld, to)
	})
	inverse := s.vec()
	s.div(s.across(0, s.lanes(), s.add), s.c(1), inverse)
	s.move(inverse, s.folded())

	s.perRow(count, func(inverse reg.VecVirtual, _ reg.GPVirtual) {
		s.along(whole, func(j reg.GPVirtual, tail bool) {
			v := s.vec()
			s.mul(s.operand(index(s.out, j, 1), tail), inverse, v)
			s.store(v, index(s.out, j, 1), tail)
		})
		s.ADDQ(s.ld, s.out)
	})
}

// longGrad is the gradient of softmax for rows of any length.
func (e *emitter) longGrad(out, y, g, ld, rows reg.GPVirtual, temp reg.VecVirtual) {
	whole := e.wholeBytes(ld)
	loop, done := e.label("row"), e.label("done")
	e.at(loop)
	e.DECQ(rows)
	e.JLT(done)
	sum := e.vec()
	e.zero(sum)
	e.along(whole, func(j reg.GPVirtual, tail bool) {
		v := e.vec()
		e.load(index(y, j, 1), v, tail)
		e.mul(e.operand(index(g, j, 1), tail), v, v)
		e.add(v, sum, sum)
	})
	inner := e.foldAll(sum, e.add)
	e.along(whole, func(j reg.GPVirtual, tail bool) {
		p, d := e.vec(), e.vec()
		e.load(index(y, j, 1), p, tail)
		e.load(index(g, j, 1), d, tail)
		e.sub(inner, d, d)
		e.mul(temp, p, p)
		e.mul(p, d, d)
		e.store(d, index(out, j, 1), tail)
	})
	e.ADDQ(ld, y)
	e.ADDQ(ld, g)
	e.ADDQ(ld, out)
	e.JMP(loop)
	e.at(done)
}

// wholeBytes is the bytes of a row of ld bytes before its tail.
func (e *emitter) wholeBytes(ld reg.GPVirtual) reg.GPVirtual {
	whole, tail := e.GP64(), e.argBytes("tail")
	e.MOVQ(ld, whole)
	e.SUBQ(tail, whole)
	return whole
}

// along runs body for the offset of every vector of a row, the tail last.
func (e *emitter) along(whole reg.GPVirtual, body func(j reg.GPVirtual, tail bool)) {
	loop, last, j := e.label("vector"), e.label("last"), e.GP64()
	e.XORQ(j, j)
	e.at(loop)
	e.CMPQ(j, whole)
	e.JGE(last)
	body(j, false)
	e.ADDQ(op.U8(uint8(e.bytes())), j)
	e.JMP(loop)
	e.at(last)
	body(j, true)
}
