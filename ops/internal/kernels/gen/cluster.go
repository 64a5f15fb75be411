package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// clusterWidths lists the panel widths of the routines here.
var clusterWidths = []int{1, 2}

// clusterSums is sums over the rows of an assignment, five vectors that lie ld
// elements apart in out.
func clusterSums(e *emitter) {
	e.begin("clusterSums", "sets the rows of out to Σ s∘p, Σ d·s, Σ s, Σ d·s² and Σ s² over consecutive rows s and p with a number d each.",
		"out *T, s *T, p *T, d *T, ld int, rows int, tail int, vecs int")
	out, s, p, d, ld, rows := e.arg("out"), e.arg("s"), e.arg("p"), e.arg("d"), e.argBytes("ld"), e.arg("rows")
	e.setTail(e.arg("tail"))
	e.byWidth(clusterWidths, func(c int) {
		inside, volumes, sizes, spread, squares := e.vecs(c), e.vecs(c), e.vecs(c), e.vecs(c), e.vecs(c)
		sums := [][]reg.VecVirtual{inside, volumes, sizes, spread, squares}
		for _, row := range sums {
			for _, v := range row {
				e.zero(v)
			}
		}
		loop, done := e.label("row"), e.label("done")
		e.at(loop)
		e.DECQ(rows)
		e.JLT(done)
		degree := e.vec()
		e.broadcast(mem(d, 0), degree)
		e.ADDQ(op.U8(uint8(e.size())), d)
		for j := range c {
			at, tail := j*e.bytes(), j == c-1
			share, scaled := e.vec(), e.vec()
			e.load(mem(s, at), share, tail)
			e.fma(e.operand(mem(p, at), tail), share, inside[j])
			e.mul(share, degree, scaled)
			e.add(scaled, volumes[j], volumes[j])
			e.add(share, sizes[j], sizes[j])
			e.fma(scaled, share, spread[j])
			e.fma(share, share, squares[j])
		}
		e.ADDQ(ld, s)
		e.ADDQ(ld, p)
		e.JMP(loop)
		e.at(done)
		for _, row := range sums {
			for j, v := range row {
				e.store(v, mem(out, j*e.bytes()), j == c-1)
			}
			e.ADDQ(ld, out)
		}
	})
}

// clusterGrad is the gradient of sums over the rows of an assignment. The five
// vectors of coefficients lie ld elements apart in coef, in the first cache.
func clusterGrad(e *emitter) {
	e.begin("clusterGrad", "sets each row of z to a∘p + d·(b + c∘s) + e + f∘s for its own d, or adds that where onto is not 0.",
		"z *T, s *T, p *T, d *T, coef *T, ld int, rows int, onto int, tail int, vecs int")
	z, s, p, d, ld, rows, onto := e.arg("z"), e.arg("s"), e.arg("p"), e.arg("d"), e.argBytes("ld"), e.arg("rows"), e.arg("onto")
	coef := make([]reg.GPVirtual, 5)
	for i := range coef {
		coef[i] = e.GP64()
		if i == 0 {
			e.Load(e.Param("coef"), coef[i])
		} else {
			e.MOVQ(coef[i-1], coef[i])
			e.ADDQ(ld, coef[i])
		}
	}
	e.setTail(e.arg("tail"))
	e.byWidth(clusterWidths, func(c int) {
		loop, done := e.label("row"), e.label("done")
		e.at(loop)
		e.DECQ(rows)
		e.JLT(done)
		degree := e.vec()
		e.broadcast(mem(d, 0), degree)
		e.ADDQ(op.U8(uint8(e.size())), d)
		for j := range c {
			at, tail := j*e.bytes(), j == c-1
			of := func(i int) op.Op { return e.operand(mem(coef[i], at), tail) }
			share, sum, factor := e.vec(), e.vec(), e.vec()
			e.load(mem(s, at), share, tail)
			e.load(mem(coef[3], at), sum, tail)
			e.load(mem(coef[4], at), factor, tail)
			e.fma(of(1), degree, sum)    // d·b + e
			e.fma(of(2), degree, factor) // d·c + f
			e.fma(share, factor, sum)
			product := e.vec()
			e.load(mem(p, at), product, tail)
			e.fma(of(0), product, sum)
			store := e.label("store")
			e.TESTQ(onto, onto)
			e.JE(store)
			e.add(e.operand(mem(z, at), tail), sum, sum)
			e.at(store)
			e.store(sum, mem(z, at), tail)
		}
		for _, at := range []reg.GPVirtual{s, p, z} {
			e.ADDQ(ld, at)
		}
		e.JMP(loop)
		e.at(done)
	})
}
