package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// momentWidths lists how many vectors of float64 the routines on moments take
// together.
var momentWidths = []int{1, 2, 4}

// colSums adds the rows of x to sums in float64.
func colSums(e *emitter) {
	e.begin("colSums", "adds rows of x, from the first on, to sum.", "sum *float64, x *T, ld int, rows int, vecs int")
	sum, x, ld, rows := e.arg("sum"), e.arg("x"), e.argBytes("ld"), e.arg("rows")
	e.byWholeWidth(momentWidths, func(c int) {
		acc := e.doubles(sum, c)
		e.downRows(rows, ld, []reg.GPVirtual{x}, func() {
			for j, v := range acc {
				e.VADDPD(e.double(x, j), v, v)
			}
		})
		e.writeDoubles(acc, sum)
	})
}

// vecWiden adds a vector to one of float64.
func vecWiden(e *emitter) {
	const unroll = 4
	e.begin("vecWiden", "adds n elements of x, a multiple of four vectors of float64, to sum.", "sum *float64, x *T, n int")
	sum, x, n := e.arg("sum"), e.arg("x"), e.arg("n")
	loop, done := e.label("loop"), e.label("done")
	e.at(loop)
	e.SUBQ(op.U32(uint32(unroll*e.bytes()/8)), n)
	e.JLT(done)
	for j := range unroll {
		v := e.double(x, j)
		e.VADDPD(mem(sum, j*e.bytes()), v, v)
		e.VMOVUPD(v, mem(sum, j*e.bytes()))
	}
	e.ADDQ(op.U32(uint32(unroll*e.bytes()/8*e.size())), x)
	e.ADDQ(op.U32(uint32(unroll*e.bytes())), sum)
	e.JMP(loop)
	e.at(done)
	e.end()
}

// colSquares adds the squares of what rows differ from a mean.
func colSquares(e *emitter) {
	e.begin("colSquares", "adds (x − mean)² of rows of x, from the first on, to sum.", "sum *float64, mean *float64, x *T, ld int, rows int, vecs int")
	sum, mean, x, ld, rows := e.arg("sum"), e.arg("mean"), e.arg("x"), e.argBytes("ld"), e.arg("rows")
	e.byWholeWidth(momentWidths, func(c int) {
		acc := e.doubles(sum, c)
		e.downRows(rows, ld, []reg.GPVirtual{x}, func() {
			for j, v := range acc {
				d := e.double(x, j)
				e.VSUBPD(mem(mean, j*e.bytes()), d, d)
				e.VMULPD(d, d, d)
				e.VADDPD(d, v, v)
			}
		})
		e.writeDoubles(acc, sum)
	})
}

// colProducts adds rows and their products with others.
func colProducts(e *emitter) {
	e.begin("colProducts", "adds rows of dy, from the first on, to sum, and dy∘y to along.", "sum *float64, along *float64, dy *T, y *T, ld int, rows int, vecs int")
	sum, along, g, y, ld, rows := e.arg("sum"), e.arg("along"), e.arg("dy"), e.arg("y"), e.argBytes("ld"), e.arg("rows")
	e.byWholeWidth(momentWidths, func(c int) {
		first, second := e.doubles(sum, c), e.doubles(along, c)
		e.downRows(rows, ld, []reg.GPVirtual{g, y}, func() {
			for j := range c {
				d := e.double(g, j)
				e.VADDPD(d, first[j], first[j])
				e.VMULPD(e.double(y, j), d, d)
				e.VADDPD(d, second[j], second[j])
			}
		})
		e.writeDoubles(first, sum)
		e.writeDoubles(second, along)
	})
}

// standardize brings columns to a mean of 0 and a variance of 1.
func standardize(e *emitter) {
	e.begin("standardize", "sets rows of out to (x − mean)∘inv.", "out *T, x *T, mean *float64, inv *float64, ld int, rows int, vecs int")
	out, x, mean, inv, ld, rows := e.arg("out"), e.arg("x"), e.arg("mean"), e.arg("inv"), e.argBytes("ld"), e.arg("rows")
	e.byWholeWidth(momentWidths, func(c int) {
		e.downRows(rows, ld, []reg.GPVirtual{out, x}, func() {
			for j := range c {
				d := e.double(x, j)
				e.VSUBPD(mem(mean, j*e.bytes()), d, d)
				e.VMULPD(mem(inv, j*e.bytes()), d, d)
				e.single(d, out, j)
			}
		})
	})
}

// standardizeGrad is the gradient of standardize.
func standardizeGrad(e *emitter) {
	e.begin("standardizeGrad", "sets rows of out to (dy − mean − y∘along)∘inv.", "out *T, dy *T, y *T, mean *float64, along *float64, inv *float64, ld int, rows int, vecs int")
	out, g, y, ld, rows := e.arg("out"), e.arg("dy"), e.arg("y"), e.argBytes("ld"), e.arg("rows")
	mean, along, inv := e.arg("mean"), e.arg("along"), e.arg("inv")
	e.byWholeWidth(momentWidths, func(c int) {
		e.downRows(rows, ld, []reg.GPVirtual{out, g, y}, func() {
			for j := range c {
				d, t := e.double(g, j), e.double(y, j)
				e.VSUBPD(mem(mean, j*e.bytes()), d, d)
				e.VMULPD(mem(along, j*e.bytes()), t, t)
				e.VSUBPD(t, d, d)
				e.VMULPD(mem(inv, j*e.bytes()), d, d)
				e.single(d, out, j)
			}
		})
	})
}

// downRows runs body for each row and advances the pointers by one. rows is
// used up.
func (e *emitter) downRows(rows, ld reg.GPVirtual, pointers []reg.GPVirtual, body func()) {
	loop, done := e.label("row"), e.label("done")
	e.at(loop)
	e.DECQ(rows)
	e.JLT(done)
	body()
	for _, p := range pointers {
		e.ADDQ(ld, p)
	}
	e.JMP(loop)
	e.at(done)
}

// doubles reads n vectors of float64, writeDoubles writes them.
func (e *emitter) doubles(from reg.GPVirtual, n int) []reg.VecVirtual {
	v := e.vecs(n)
	for j := range v {
		e.VMOVUPD(mem(from, j*e.bytes()), v[j])
	}
	return v
}

func (e *emitter) writeDoubles(v []reg.VecVirtual, to reg.GPVirtual) {
	for j := range v {
		e.VMOVUPD(v[j], mem(to, j*e.bytes()))
	}
}

// double reads as many elements as a vector has of float64, the j-th lot.
func (e *emitter) double(from reg.GPVirtual, j int) reg.VecVirtual {
	v := e.vec()
	if e.f64 {
		e.VMOVUPD(mem(from, j*e.bytes()), v)
	} else {
		e.VCVTPS2PD(mem(from, j*e.bytes()/2), v)
	}
	return v
}

// single writes what double reads.
func (e *emitter) single(v reg.VecVirtual, to reg.GPVirtual, j int) {
	switch {
	case e.f64:
		e.VMOVUPD(v, mem(to, j*e.bytes()))
	case e.wide:
		half := e.YMM()
		e.VCVTPD2PS(v, half)
		e.VMOVUPS(half, mem(to, j*e.bytes()/2))
	default:
		half := e.XMM()
		e.VCVTPD2PSY(v, half)
		e.VMOVUPS(half, mem(to, j*e.bytes()/2))
	}
}
