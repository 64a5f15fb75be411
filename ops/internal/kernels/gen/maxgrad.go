package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// maxGradWidths lists the panel widths of maxGrad.
var maxGradWidths = []int{1, 2, 4}

// maxGrad shares the gradient of a segment's maximum among the rows that reach
// it: one pass counts them, a second writes the shares.
func maxGrad(e *emitter) {
	e.begin("maxGrad", "writes the gradient of the maxima y of segments, with gradient g, to the rows ptr[s]..ptr[s+1]-1 of out, or those that order names at these places. Rows of x are asked for ahead elements ahead; stream asks to store past the caches.",
		"out *T, x *T, y *T, dy *T, ld int, ptr *int32, order *int32, segs int, ahead int, stream int, tail int, vecs int")
	e.fence = true
	s := maxer{
		emitter: e, out: e.arg("out"), x: e.arg("x"), y: e.arg("y"), g: e.arg("dy"),
		ld: e.argBytes("ld"), ptr: e.arg("ptr"), order: e.arg("order"), segs: e.arg("segs"),
	}
	e.hoist(1)
	e.setTail(e.arg("tail"))
	e.byWidth(maxGradWidths, s.allSegments)
}

// maxer holds the registers of maxGrad.
type maxer struct {
	*emitter
	out, x, y, g, ld, ptr, order, segs reg.GPVirtual
}

func (s *maxer) allSegments(c int) {
	loop, done := s.label("segment"), s.label("done")
	s.at(loop)
	s.DECQ(s.segs)
	s.JLT(done)
	top, count := s.vecs(c), s.vecs(c)
	for j := range top {
		s.load(mem(s.y, j*s.bytes()), top[j], j == c-1)
		s.zero(count[j])
	}
	one := s.c(1)
	s.rows(func(at reg.GPVirtual) {
		row := s.GP64()
		s.LEAQ(index(s.x, at, 1), row)
		far := s.argBytes("ahead")
		s.prefetchVecs(row, far, c)
		for j := range top {
			s.countEqual(s.operand(mem(row, j*s.bytes()), j == c-1), top[j], one, count[j])
		}
	})
	for j := range count {
		s.max(one, count[j], count[j])
		share := s.vec()
		s.load(mem(s.g, j*s.bytes()), share, j == c-1)
		s.div(count[j], share, count[j])
	}
	s.rows(func(at reg.GPVirtual) {
		row, to := s.GP64(), s.GP64()
		s.LEAQ(index(s.x, at, 1), row)
		s.LEAQ(index(s.out, at, 1), to)
		values := make([]reg.VecVirtual, c)
		for j := range top {
			v := s.whereEqual(s.operand(mem(row, j*s.bytes()), j == c-1), top[j], count[j])
			values[j] = v
		}
		s.streamed(func() {
			for j, v := range values {
				s.store(v, mem(to, j*s.bytes()), j == c-1 && !s.streaming)
			}
		})
	})
	s.ADDQ(op.U8(4), s.ptr)
	s.ADDQ(s.ld, s.y)
	s.ADDQ(s.ld, s.g)
	s.JMP(loop)
	s.at(done)
}

// rows runs body for the byte offset of every row of the segment at ptr.
func (s *maxer) rows(body func(at reg.GPVirtual)) {
	loop, done, named := s.label("row"), s.label("rows"), s.label("named")
	entry, end := s.GP64(), s.GP64()
	s.MOVLQSX(mem(s.ptr, 0), entry)
	s.MOVLQSX(mem(s.ptr, 4), end)
	s.at(loop)
	s.CMPQ(entry, end)
	s.JGE(done)
	at := s.GP64()
	s.MOVQ(entry, at)
	s.TESTQ(s.order, s.order)
	s.JE(named)
	s.MOVLQSX(index(s.order, entry, 4), at)
	s.at(named)
	s.IMULQ(s.ld, at)
	body(at)
	s.INCQ(entry)
	s.JMP(loop)
	s.at(done)
}

// countEqual adds one to count where x = top.
func (e *emitter) countEqual(x op.Op, top, one, count reg.VecVirtual) {
	if e.wide {
		e.pick(e.VCMPPS, e.VCMPPD, op.U8(0), x, top, reg.K2)
		e.pick(e.VADDPS, e.VADDPD, one, count, reg.K2, count)
		return
	}
	m := e.vec()
	e.pick(e.VCMPPS, e.VCMPPD, op.U8(0), x, top, m)
	e.pick(e.VANDPS, e.VANDPD, one, m, m)
	e.add(m, count, count)
}

// whereEqual returns v where x = top and 0 elsewhere.
func (e *emitter) whereEqual(x op.Op, top, v reg.VecVirtual) reg.VecVirtual {
	d := e.vec()
	if e.wide {
		e.pick(e.VCMPPS, e.VCMPPD, op.U8(0), x, top, reg.K2)
		e.pick(func(o ...op.Op) { e.VMOVUPS_Z(o[0], o[1], o[2]) }, func(o ...op.Op) { e.VMOVUPD_Z(o[0], o[1], o[2]) }, v, reg.K2, d)
		return d
	}
	e.pick(e.VCMPPS, e.VCMPPD, op.U8(0), x, top, d)
	e.pick(e.VANDPS, e.VANDPD, v, d, d)
	return d
}
