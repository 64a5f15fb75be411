package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// adam takes a step. Denormal numbers count as zero while it runs: the moments
// of a weight without gradient decay into them, and processors slow down.
func adam(e *emitter) {
	e.begin("adam", "takes one step for n weights; c holds β₁, 1−β₁, β₂, 1−β₂, rate, root, ε and the factor of g.", "w *T, dy *T, m *T, v *T, n int, c *T")
	w, g, m, v, n, c := e.arg("w"), e.arg("dy"), e.arg("m"), e.arg("v"), e.arg("n"), e.arg("c")
	consts := e.vecs(8)
	for i, r := range consts {
		e.broadcast(mem(c, i*e.size()), r)
	}
	old, flush, bits := e.AllocLocal(8), e.AllocLocal(8), e.GP32()
	e.STMXCSR(old)
	e.MOVL(old, bits)
	e.ORL(op.U32(0x8040), bits)
	e.MOVL(bits, flush)
	e.LDMXCSR(flush)
	e.eachVec(n, 1, []reg.GPVirtual{w, g, m, v}, func(_ int, tail bool) {
		d, mean, square, t := e.vec(), e.vec(), e.vec(), e.vec()
		e.load(mem(g, 0), d, tail)
		e.load(mem(m, 0), mean, tail)
		e.load(mem(v, 0), square, tail)
		e.mul(consts[7], d, d)
		e.mul(consts[0], mean, mean)
		e.fma(consts[1], d, mean)
		e.store(mean, mem(m, 0), tail)
		e.mul(d, d, d)
		e.mul(consts[2], square, square)
		e.fma(consts[3], d, square)
		e.store(square, mem(v, 0), tail)
		e.sqrt(square, square)
		e.mul(consts[5], square, square)
		e.add(consts[6], square, square)
		e.mul(consts[4], mean, mean)
		e.div(square, mean, mean)
		e.load(mem(w, 0), t, tail)
		e.sub(mean, t, t)
		e.store(t, mem(w, 0), tail)
	})
	e.LDMXCSR(old)
	e.end()
}
