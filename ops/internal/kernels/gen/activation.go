package main

import (
	"math"

	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// oneBelow is an exponent under which eˣ−1 is −1 in either type.
const oneBelow = -50

// unary writes a routine out = f(x).
func unary(e *emitter, name, doc string, args []string, f func(x, zero reg.VecVirtual, args []reg.VecVirtual) reg.VecVirtual) {
	elementwise(e, name, doc, []string{"x"}, args, func(in []op.Op, args []reg.VecVirtual) reg.VecVirtual {
		zero := e.vec()
		e.zero(zero)
		return f(e.loaded(in[0]), zero, args)
	})
}

// activation is unary with results that may be written past the caches.
func activation(e *emitter, name, doc string, args []string, f func(x, zero reg.VecVirtual, args []reg.VecVirtual) reg.VecVirtual) {
	e.canStream = true
	unary(e, name, doc, args, f)
}

func actReLU(e *emitter) {
	activation(e, "actReLU", "sets out = max(x, 0).", nil, func(x, zero reg.VecVirtual, _ []reg.VecVirtual) reg.VecVirtual {
		e.max(x, zero, x)
		return x
	})
}

// actExpLinear is SELU and ELU.
func actExpLinear(e *emitter) {
	e.needExp = true
	e.constants(oneBelow)
	activation(e, "actExpLinear", "sets out = pos·x for x > 0 and neg·(eˣ−1) otherwise.", []string{"pos", "neg"}, func(x, zero reg.VecVirtual, args []reg.VecVirtual) reg.VecVirtual {
		v := e.expm1(x)
		e.mul(args[1], v, v)
		line := e.vec()
		e.mul(args[0], x, line)
		e.choose(x, zero, line, v)
		return v
	})
}

// expm1 returns eˣ−1 for x ≤ 0.
func (e *emitter) expm1(x reg.VecVirtual) reg.VecVirtual {
	t := e.vec()
	e.max(x, e.c(oneBelow), t)
	p, s := e.expParts(t)
	v := e.vec()
	e.sub(e.c(1), s, v)
	e.fma(p, s, v)
	return v
}

// negativeAbs returns −|x|.
func (e *emitter) negativeAbs(x reg.VecVirtual) reg.VecVirtual {
	v := e.vec()
	e.pick(e.VORPS, e.VORPD, e.c(math.Copysign(0, -1)), x, v)
	return v
}

func actTanh(e *emitter) {
	e.needExp = true
	e.constants(oneBelow, 2, math.Copysign(0, -1))
	activation(e, "actTanh", "sets out = tanh x.", nil, func(x, _ reg.VecVirtual, _ []reg.VecVirtual) reg.VecVirtual {
		a, sign := e.negativeAbs(x), e.vec()
		e.add(a, a, a)
		t := e.expm1(a) // tanh |x| = −t/(t+2)
		b := e.vec()
		e.add(e.c(2), t, b)
		e.div(b, t, t)
		// t ≤ 0 has its sign bit set (or is −0): put that of x there.
		e.pick(e.VANDPS, e.VANDPD, x, e.c(math.Copysign(0, -1)), sign)
		e.pick(e.VANDNPS, e.VANDNPD, t, e.c(math.Copysign(0, -1)), t)
		e.pick(e.VORPS, e.VORPD, sign, t, t)
		return t
	})
}

func actSigmoid(e *emitter) {
	e.needExp = true
	e.constants(e.sigmoidLow(), math.Copysign(0, -1))
	activation(e, "actSigmoid", "sets out = 1/(1+e⁻ˣ).", nil, func(x, zero reg.VecVirtual, _ []reg.VecVirtual) reg.VecVirtual {
		a := e.negativeAbs(x)
		e.max(a, e.c(e.sigmoidLow()), a)
		p, s := e.expParts(a)
		e.fma(p, s, s) // e^−|x|
		below, top := e.vec(), e.vec()
		e.add(e.c(1), s, below)
		e.move(e.c(1), top)
		e.choose(x, zero, top, s) // 1/(1+s) for x > 0, s/(1+s) otherwise
		e.div(below, s, s)
		return s
	})
}

// sigmoidLow is the exponent at which the sigmoid stops falling, at the end of
// the normal numbers.
func (e *emitter) sigmoidLow() float64 {
	if e.f64 {
		return -708
	}
	return -87
}

// gradReLU, gradExpLinear, gradTanh and gradSigmoid are the derivatives by the
// output, times g.
func gradReLU(e *emitter) {
	e.canStream = true
	elementwise(e, "gradReLU", "sets out = g where y > 0 and 0 elsewhere.", []string{"y", "dy"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		v, zero := e.vec(), e.vec()
		e.zero(zero)
		e.zero(v)
		e.choose(e.loaded(in[0]), zero, e.loaded(in[1]), v)
		return v
	})
}

func gradExpLinear(e *emitter) {
	e.canStream = true
	elementwise(e, "gradExpLinear", "sets out = pos·g where y > 0 and (y+neg)·g elsewhere.", []string{"y", "dy"}, []string{"pos", "neg"}, func(in []op.Op, args []reg.VecVirtual) reg.VecVirtual {
		y, v, zero := e.loaded(in[0]), e.vec(), e.vec()
		e.zero(zero)
		e.add(args[1], y, v)
		e.choose(y, zero, args[0], v)
		e.mul(in[1], v, v)
		return v
	})
}

func gradTanh(e *emitter) {
	e.canStream = true
	e.constants(1)
	elementwise(e, "gradTanh", "sets out = g·(1−y²).", []string{"y", "dy"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		y, v := e.loaded(in[0]), e.loaded(e.c(1))
		e.fnma(y, y, v)
		e.mul(in[1], v, v)
		return v
	})
}

func gradSigmoid(e *emitter) {
	e.canStream = true
	e.constants(1)
	elementwise(e, "gradSigmoid", "sets out = g·y·(1−y).", []string{"y", "dy"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		y, v := e.loaded(in[0]), e.vec()
		e.sub(y, e.c(1), v)
		e.mul(y, v, v)
		e.mul(in[1], v, v)
		return v
	})
}
