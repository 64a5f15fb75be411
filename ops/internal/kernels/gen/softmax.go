package main

import (
	"math"
	"slices"

	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// softmaxWidths lists the row lengths, in vectors, that fit in registers beside
// the constants of exp.
var softmaxWidths = []int{1, 2, 3, 4}

func vecExp(e *emitter) {
	e.needExp = true
	e.constants(e.flushBelow())
	unary(e, "vecExp", "sets out = eˣ for x ≤ 0, and 0 where that is negligible.", nil, func(x, _ reg.VecVirtual, _ []reg.VecVirtual) reg.VecVirtual {
		return e.exp(x)
	})
}

// softmax takes as many rows together as a vector has lanes: what has to be
// folded across lanes, the largest element and the sum of a row, is folded for
// all of them at once, and one division serves them all.
func softmax(e *emitter) {
	e.begin("softmax", "sets each row of out to the softmax of x·t. scratch holds one vector more than a vector has lanes.",
		"out *T, x *T, ld int, t *T, scratch *T, rows int, tail int, vecs int")
	s := softmaxer{emitter: e, out: e.arg("out"), x: e.arg("x"), ld: e.argBytes("ld"), rows: e.arg("rows"), scratch: e.arg("scratch"), temp: e.vec()}
	e.broadcast(mem(e.arg("t"), 0), s.temp)
	e.hoistExp()
	e.hoist(e.flushBelow(), math.Inf(-1))
	e.setTail(e.arg("tail"))
	e.otherwise = s.longRows
	e.byWidth(softmaxWidths, s.allRows)
}

// softmaxer holds the registers of softmax.
type softmaxer struct {
	*emitter
	out, x, ld, rows, scratch reg.GPVirtual
	temp                      reg.VecVirtual
}

// allRows goes over the rows in groups, three times each: for their largest
// elements, for the exponentials and their sums, and to divide by these.
func (s *softmaxer) allRows(c int) {
	s.groups(func(count reg.GPVirtual) { s.group(count, c) })
}

// groups runs body for one group after the other, with the number of its rows.
func (s *softmaxer) groups(body func(count reg.GPVirtual)) {
	loop, done, count := s.label("group"), s.label("done"), s.GP64()
	s.at(loop)
	s.TESTQ(s.rows, s.rows)
	s.JLE(done)
	lanes := s.GP64()
	s.MOVQ(op.U32(uint32(s.lanes())), lanes)
	s.MOVQ(s.rows, count)
	s.CMPQ(count, lanes)
	s.CMOVQGT(lanes, count)
	body(count)
	s.SUBQ(count, s.rows)
	s.JMP(loop)
	s.at(done)
}

// group goes over the rows of one group.
func (s *softmaxer) group(count reg.GPVirtual, c int) {
	in := s.GP64()
	s.MOVQ(s.x, in)
	s.times(count, func(at reg.GPVirtual) {
		s.prefetchStream(in, c)
		s.move(s.tree(s.row(in, c), s.max), mem(at, 0))
		s.ADDQ(s.ld, in)
	})
	s.move(s.across(0, s.lanes(), s.max), s.folded())

	to := s.GP64()
	s.MOVQ(s.out, to)
	s.perRow(count, func(top reg.VecVirtual, at reg.GPVirtual) {
		v := s.row(s.x, c)
		for j := range v {
			s.sub(top, v[j], v[j])
			v[j] = s.exp(v[j])
			s.store(v[j], mem(to, j*s.bytes()), j == c-1)
		}
		s.move(s.tree(v, s.add), mem(at, 0))
		s.ADDQ(s.ld, s.x)
		s.ADDQ(s.ld, to)
	})
	inverse := s.vec()
	s.div(s.across(0, s.lanes(), s.add), s.c(1), inverse)
	s.move(inverse, s.folded())

	s.perRow(count, func(inverse reg.VecVirtual, _ reg.GPVirtual) {
		for j := range c {
			v := s.vec()
			s.mul(s.operand(mem(s.out, j*s.bytes()), j == c-1), inverse, v)
			s.store(v, mem(s.out, j*s.bytes()), j == c-1)
		}
		s.ADDQ(s.ld, s.out)
	})
}

// row loads a row of c vectors, times t, with −∞ behind its end.
func (s *softmaxer) row(at reg.GPVirtual, c int) []reg.VecVirtual {
	v := s.vecs(c)
	for j := range v {
		s.load(mem(at, j*s.bytes()), v[j], j == c-1)
		s.mul(s.temp, v[j], v[j])
	}
	v[c-1] = s.fillTail(v[c-1], s.c(math.Inf(-1)))
	return v
}

// folded is the vector of scratch with one number for each row.
func (s *softmaxer) folded() op.Mem { return mem(s.scratch, s.lanes()*s.bytes()) }

// times runs body count times, with the place of each row's vector in scratch.
func (s *softmaxer) times(count reg.GPVirtual, body func(at reg.GPVirtual)) {
	loop, left, at := s.label("row"), s.GP64(), s.GP64()
	s.MOVQ(count, left)
	s.MOVQ(s.scratch, at)
	s.at(loop)
	body(at)
	s.ADDQ(op.U32(uint32(s.bytes())), at)
	s.DECQ(left)
	s.JNE(loop)
}

// perRow is times with the row's number of folded in every lane.
func (s *softmaxer) perRow(count reg.GPVirtual, body func(folded reg.VecVirtual, at reg.GPVirtual)) {
	number := s.GP64()
	s.LEAQ(s.folded(), number)
	s.times(count, func(at reg.GPVirtual) {
		v := s.vec()
		s.broadcast(mem(number, 0), v)
		s.ADDQ(op.U8(uint8(s.size())), number)
		body(v, at)
	})
}

// across folds the vectors from..from+n-1 of scratch across their lanes: lane i
// of the result, of n lanes over and over, is that of vector from+i.
func (s *softmaxer) across(from, n int, f func(a, b, d op.Op)) reg.VecVirtual {
	if n == 1 {
		v := s.vec()
		s.move(mem(s.scratch, from*s.bytes()), v)
		return v
	}
	a, b := s.across(from, n/2, f), s.across(from+n/2, n/2, f)
	lo, hi := s.vec(), s.vec()
	switch {
	case n == 2 && !s.f64:
		s.VUNPCKLPS(b, a, lo)
		s.VUNPCKHPS(b, a, hi)
	case n == 2 || n == 4 && !s.f64:
		s.VUNPCKLPD(b, a, lo)
		s.VUNPCKHPD(b, a, hi)
	case s.wide:
		s.VSHUFF64X2(op.U8(0x88), b, a, lo)
		s.VSHUFF64X2(op.U8(0xdd), b, a, hi)
	default:
		s.VPERM2F128(op.U8(0x20), b, a, lo)
		s.VPERM2F128(op.U8(0x31), b, a, hi)
	}
	f(hi, lo, lo)
	return lo
}

// fillTail returns v with fill in the lanes behind the tail.
func (e *emitter) fillTail(v, fill reg.VecVirtual) reg.VecVirtual {
	if e.whole {
		return v
	}
	d := e.vec()
	if e.wide {
		e.move(fill, d)
		e.pick(e.VMOVUPS, e.VMOVUPD, v, reg.K1, d)
	} else {
		e.blend(e.mask, v, fill, d)
	}
	return d
}

// tree reduces vectors to one, leaving them as they are.
func (e *emitter) tree(v []reg.VecVirtual, f func(a, b, d op.Op)) reg.VecVirtual {
	if len(v) == 1 {
		return v[0]
	}
	d := e.vec()
	f(v[0], v[1], d)
	for _, x := range v[2:] {
		f(x, d, d)
	}
	return d
}

// softmaxGrad is the gradient of softmax by its output.
func softmaxGrad(e *emitter) {
	e.begin("softmaxGrad", "sets each row of out to t·y·(g − Σ y·g).", "out *T, y *T, dy *T, ld int, t *T, rows int, tail int, vecs int, stream int")
	e.fence = true
	out, y, g, ld, rows := e.arg("out"), e.arg("y"), e.arg("dy"), e.argBytes("ld"), e.arg("rows")
	temp := e.vec()
	e.broadcast(mem(e.arg("t"), 0), temp)
	e.setTail(e.arg("tail"))
	e.otherwise = func() { e.longGrad(out, y, g, ld, rows, temp) }
	widths := softmaxWidths
	if !e.wide {
		widths = slices.Concat(widths, []int{5, 6, 7, 8})
	}
	e.byWidth(widths, func(c int) {
		e.streamed(func() { e.shortGrad(c, out, y, g, ld, rows, temp) })
	})
}

// shortGrad is the gradient of softmax for rows of c vectors. They are read twice:
// registers do not hold all of them.
func (e *emitter) shortGrad(c int, out, y, g, ld, rows reg.GPVirtual, temp reg.VecVirtual) {
	loop, done := e.label("row"), e.label("done")
	e.at(loop)
	e.DECQ(rows)
	e.JLT(done)
	e.prefetchStream(y, c)
	e.prefetchStream(g, c)
	if !e.streaming {
		e.prefetchStream(out, c)
	}
	products := e.vecs(c)
	read := func(j int) (p, d reg.VecVirtual) {
		p, d = e.vec(), e.vec()
		e.load(mem(y, j*e.bytes()), p, j == c-1)
		e.load(mem(g, j*e.bytes()), d, j == c-1)
		return p, d
	}
	for j := range c {
		p, d := read(j)
		e.mul(p, d, products[j])
	}
	inner := e.foldAll(e.tree(products, e.add), e.add)
	for j := range c {
		p, d := read(j)
		e.sub(inner, d, d)
		e.mul(temp, p, p)
		e.mul(p, d, d)
		e.store(d, mem(out, j*e.bytes()), j == c-1 && !e.streaming) // rows are whole vectors then
	}
	e.ADDQ(ld, y)
	e.ADDQ(ld, g)
	e.ADDQ(ld, out)
	e.JMP(loop)
	e.at(done)
}
