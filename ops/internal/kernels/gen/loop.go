package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// eachVec runs body for every vector of n elements and advances the pointers,
// unroll vectors at a time while there are as many; the body for the rest sees
// tail set and works on the lanes that remain. n is used up.
func (e *emitter) eachVec(n reg.GPVirtual, unroll int, pointers []reg.GPVirtual, body func(u int, tail bool)) {
	steps := []int{unroll, 1}
	if unroll == 1 {
		steps = steps[:1]
	}
	for _, step := range steps {
		e.wholeVecs(n, step, pointers, func(u int) { body(u, false) })
	}
	done := e.label("done")
	e.TESTQ(n, n)
	e.JE(done)
	e.setTail(n)
	body(0, true)
	e.at(done)
}

// wholeVecs runs body for step vectors at a time while there are as many, and
// advances the pointers.
func (e *emitter) wholeVecs(n reg.GPVirtual, step int, pointers []reg.GPVirtual, body func(u int)) {
	loop, next := e.label("loop"), e.label("next")
	e.at(loop)
	e.CMPQ(n, op.U32(uint32(step*e.lanes())))
	e.JLT(next)
	for u := range step {
		body(u)
	}
	for _, p := range pointers {
		e.ADDQ(op.U32(uint32(step*e.bytes())), p)
	}
	e.SUBQ(op.U32(uint32(step*e.lanes())), n)
	e.JMP(loop)
	e.at(next)
}

// operand returns memory as an operand, loaded first where only a tail may be
// read.
func (e *emitter) operand(m op.Mem, tail bool) op.Op {
	if !tail || e.whole {
		return m
	}
	v := e.vec()
	e.load(m, v, true)
	return v
}

// fold reduces a vector to its first lane by d = f(a, b, d).
func (e *emitter) fold(v reg.VecVirtual, f func(a, b, d op.Op)) reg.VecVirtual {
	if e.wide {
		y := e.YMM()
		e.VEXTRACTF64X4(op.U8(1), v, y)
		f(y, v.AsY(), y)
		v = y
	}
	x, t := e.XMM(), e.XMM()
	if e.wide {
		e.VEXTRACTF32X4(op.U8(1), v.AsY(), x)
	} else {
		e.VEXTRACTF128(op.U8(1), v.AsY(), x)
	}
	f(x, v.AsX(), x)
	e.VPERMILPD(op.U8(1), x, t)
	f(t, x, x)
	if !e.f64 {
		s := e.XMM()
		e.VMOVSHDUP(x, s)
		f(s, x, x)
	}
	return x
}

// foldAll is fold with the result in every lane.
func (e *emitter) foldAll(v reg.VecVirtual, f func(a, b, d op.Op)) reg.VecVirtual {
	x, d := e.fold(v, f), e.vec()
	e.broadcast(x, d)
	return d
}

// addRow adds the row at an address, times w unless it is nil, to acc.
func (e *emitter) addRow(acc []reg.VecVirtual, row reg.GPVirtual, w reg.VecVirtual) {
	for j, v := range acc {
		x := e.operand(mem(row, j*e.bytes()), j == len(acc)-1)
		if w != nil {
			p := e.vec()
			e.mul(x, w, p)
			x = p
		}
		e.add(x, v, v)
	}
}

// ask prefetches the lines of step bytes from soon on, which it moves behind them.
func (e *emitter) ask(soon reg.GPVirtual, step op.Mem) {
	loop, last, end := e.label("ask"), e.label("asked"), e.GP64()
	e.MOVQ(step, end)
	e.ADDQ(soon, end)
	e.CMPQ(soon, end)
	e.JCC(last)
	e.at(loop)
	e.PREFETCHT1(mem(soon, 0))
	e.ADDQ(op.U8(64), soon)
	e.CMPQ(soon, end)
	e.JCS(loop)
	e.MOVQ(end, soon)
	e.at(last)
}
