package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// segmentWidths lists the panel widths of the softmax of segments, which keeps
// the largest elements and the sums beside what exp needs.
var segmentWidths = []int{1, 2}

// segmentAhead is how many rows ahead a softmax of segments asks for.
const segmentAhead = 32

// segSoftmax goes over the rows of a segment three times, while they are near:
// for the largest elements of the columns, for the exponentials and their sums,
// and to divide by these.
func segSoftmax(e *emitter) {
	e.begin("segSoftmax", "sets the rows ptr[s]..ptr[s+1]-1 of out, or those that order names at these places, to the softmax of each column of the same rows of x. last is the last place there is.",
		"out *T, x *T, ld int, ptr *int32, order *int32, last int, segs int, tail int, vecs int")
	s := segmenter{emitter: e, out: e.arg("out"), in: []reg.GPVirtual{e.arg("x")}}
	s.args()
	e.hoistExp()
	e.hoist(e.flushBelow())
	e.setTail(e.arg("tail"))
	e.byWidth(segmentWidths, func(c int) { s.all(func() { s.softmax(c) }) })
}

// segSoftmaxGrad is the gradient of segSoftmax by its output.
func segSoftmaxGrad(e *emitter) {
	e.begin("segSoftmaxGrad", "sets the rows ptr[s]..ptr[s+1]-1 of out, or those that order names at these places, to y·(g − Σ y·g). last is the last place there is.",
		"out *T, y *T, dy *T, ld int, ptr *int32, order *int32, last int, segs int, tail int, vecs int")
	s := segmenter{emitter: e, out: e.arg("out"), in: []reg.GPVirtual{e.arg("y"), e.arg("dy")}}
	s.args()
	e.setTail(e.arg("tail"))
	e.byWidth(segmentWidths, func(c int) { s.all(func() { s.grad(c) }) })
}

// segmenter holds the registers of both.
type segmenter struct {
	*emitter
	out                        reg.GPVirtual
	in                         []reg.GPVirtual
	ld, ptr, order, last, segs reg.GPVirtual
}

func (s *segmenter) args() {
	s.ld, s.ptr, s.order, s.last, s.segs = s.argBytes("ld"), s.arg("ptr"), s.arg("order"), s.arg("last"), s.arg("segs")
}

// all runs body for every segment that has rows.
func (s *segmenter) all(body func()) {
	loop, next, done := s.label("segment"), s.label("next"), s.label("done")
	s.at(loop)
	s.DECQ(s.segs)
	s.JLT(done)
	entry := s.GP64()
	s.MOVLQSX(mem(s.ptr, 0), entry)
	s.CMPL(entry.As32(), mem(s.ptr, 4))
	s.JGE(next)
	body()
	s.at(next)
	s.ADDQ(op.U8(4), s.ptr)
	s.JMP(loop)
	s.at(done)
}

// rows runs body for the byte offset of every row of the segment, which is not
// empty. c vectors of rows some places on are asked for where c is not 0.
func (s *segmenter) rows(c int, body func(at reg.GPVirtual)) {
	loop, entry, end := s.label("row"), s.GP64(), s.GP64()
	s.MOVLQSX(mem(s.ptr, 0), entry)
	s.MOVLQSX(mem(s.ptr, 4), end)
	s.at(loop)
	if c > 0 {
		far := s.GP64()
		s.LEAQ(mem(entry, segmentAhead), far)
		s.CMPQ(far, s.last)
		s.CMOVQGT(s.last, far)
		at := s.offset(far)
		for _, p := range append(s.in, s.out) {
			for b := 0; b < c*s.bytes(); b += 64 {
				m := index(p, at, 1)
				m.Disp = b
				s.PREFETCHT1(m)
			}
		}
	}
	body(s.offset(entry))
	s.INCQ(entry)
	s.CMPQ(entry, end)
	s.JLT(loop)
}

// offset is where the row at a place begins, in bytes.
func (s *segmenter) offset(place reg.GPVirtual) reg.GPVirtual {
	named, at := s.label("named"), s.GP64()
	s.MOVQ(place, at)
	s.TESTQ(s.order, s.order)
	s.JE(named)
	s.MOVLQSX(index(s.order, place, 4), at)
	s.at(named)
	s.IMULQ(s.ld, at)
	return at
}

// vector is vector j of the row of p at an offset.
func (s *segmenter) vector(p, at reg.GPVirtual, j int) op.Mem {
	m := index(p, at, 1)
	m.Disp = j * s.bytes()
	return m
}

func (s *segmenter) softmax(c int) {
	x := s.in[0]
	top, sum := s.vecs(c), s.vecs(c)
	first := s.GP64()
	s.MOVLQSX(mem(s.ptr, 0), first)
	at := s.offset(first)
	for j := range top {
		s.load(s.vector(x, at, j), top[j], j == c-1)
		s.zero(sum[j])
	}
	s.rows(c, func(at reg.GPVirtual) {
		for j := range top {
			s.keepNaN(s.operand(s.vector(x, at, j), j == c-1), top[j])
		}
	})
	s.rows(0, func(at reg.GPVirtual) {
		for j := range top {
			v := s.vec()
			s.load(s.vector(x, at, j), v, j == c-1)
			s.sub(top[j], v, v)
			v = s.exp(v)
			s.add(v, sum[j], sum[j])
			s.store(v, s.vector(s.out, at, j), j == c-1)
		}
	})
	for j := range sum {
		s.div(sum[j], s.c(1), sum[j])
	}
	s.rows(0, func(at reg.GPVirtual) {
		for j := range sum {
			v := s.vec()
			s.mul(s.operand(s.vector(s.out, at, j), j == c-1), sum[j], v)
			s.store(v, s.vector(s.out, at, j), j == c-1)
		}
	})
}

func (s *segmenter) grad(c int) {
	y, g := s.in[0], s.in[1]
	sum := s.vecs(c)
	for _, v := range sum {
		s.zero(v)
	}
	s.rows(c, func(at reg.GPVirtual) {
		for j := range sum {
			v := s.vec()
			s.load(s.vector(y, at, j), v, j == c-1)
			s.fma(s.operand(s.vector(g, at, j), j == c-1), v, sum[j])
		}
	})
	s.rows(0, func(at reg.GPVirtual) {
		for j := range sum {
			v := s.vec()
			s.load(s.vector(g, at, j), v, j == c-1)
			s.sub(sum[j], v, v)
			s.mul(s.operand(s.vector(y, at, j), j == c-1), v, v)
			s.store(v, s.vector(s.out, at, j), j == c-1)
		}
	})
}
