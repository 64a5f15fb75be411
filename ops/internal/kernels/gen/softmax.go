package main

import (
	"math"

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

// softmax keeps a whole row in registers.
func softmax(e *emitter) {
	e.begin("softmax", "sets each row of out to the softmax of x·t.", "out *T, x *T, ld int, t *T, rows int, tail int, vecs int")
	out, x, ld, rows := e.arg("out"), e.arg("x"), e.argBytes("ld"), e.arg("rows")
	temp := e.vec()
	e.broadcast(mem(e.arg("t"), 0), temp)
	e.hoistExp()
	e.hoist(e.flushBelow(), math.Inf(-1))
	e.setTail(e.arg("tail"))
	e.byWidth(softmaxWidths, func(c int) {
		loop, done := e.label("row"), e.label("done")
		e.at(loop)
		e.DECQ(rows)
		e.JLT(done)
		v := e.vecs(c)
		for j := range v {
			e.load(mem(x, j*e.bytes()), v[j], j == c-1)
			e.mul(temp, v[j], v[j])
		}
		v[c-1] = e.fillTail(v[c-1], e.c(math.Inf(-1)))
		top := e.foldAll(e.tree(v, e.max), e.max)
		for j := range v {
			e.sub(top, v[j], v[j])
			v[j] = e.exp(v[j])
		}
		inverse := e.invert(e.fold(e.tree(v, e.add), e.add))
		for j := range v {
			e.mul(inverse, v[j], v[j])
			e.store(v[j], mem(out, j*e.bytes()), j == c-1)
		}
		e.ADDQ(ld, x)
		e.ADDQ(ld, out)
		e.JMP(loop)
		e.at(done)
	})
}

// fillTail returns v with fill in the lanes behind the tail.
func (e *emitter) fillTail(v, fill reg.VecVirtual) reg.VecVirtual {
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

// invert returns 1/x of the first lane in every lane.
func (e *emitter) invert(x reg.VecVirtual) reg.VecVirtual {
	d, q := e.vec(), e.XMM()
	if e.f64 {
		e.VDIVSD(x, e.c(1).AsX(), q)
	} else {
		e.VDIVSS(x, e.c(1).AsX(), q)
	}
	e.broadcast(q, d)
	return d
}

// softmaxGrad is the gradient of softmax by its output.
func softmaxGrad(e *emitter) {
	e.begin("softmaxGrad", "sets each row of out to t·y·(g − Σ y·g).", "out *T, y *T, dy *T, ld int, t *T, rows int, tail int, vecs int")
	out, y, g, ld, rows := e.arg("out"), e.arg("y"), e.arg("dy"), e.argBytes("ld"), e.arg("rows")
	temp := e.vec()
	e.broadcast(mem(e.arg("t"), 0), temp)
	e.setTail(e.arg("tail"))
	e.byWidth(softmaxWidths, func(c int) {
		loop, done := e.label("row"), e.label("done")
		e.at(loop)
		e.DECQ(rows)
		e.JLT(done)
		p, d, products := e.vecs(c), e.vecs(c), e.vecs(c)
		for j := range p {
			e.load(mem(y, j*e.bytes()), p[j], j == c-1)
			e.load(mem(g, j*e.bytes()), d[j], j == c-1)
			e.mul(p[j], d[j], products[j])
		}
		inner := e.foldAll(e.tree(products, e.add), e.add)
		for j := range p {
			e.sub(inner, d[j], d[j])
			e.mul(temp, p[j], p[j])
			e.mul(p[j], d[j], d[j])
			e.store(d[j], mem(out, j*e.bytes()), j == c-1)
		}
		e.ADDQ(ld, y)
		e.ADDQ(ld, g)
		e.ADDQ(ld, out)
		e.JMP(loop)
		e.at(done)
	})
}
