package main

import (
	"math"

	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The exponential splits x = n·ln 2 + r, with n whole and |r| ≤ ln 2 / 2, and
// sums the series of eʳ−1 far enough for the element type: the first term left
// out is 5e-9 of 1 in float32 and 4e-18 in float64.

// terms is the last power of r that is kept.
func (e *emitter) terms() int {
	if e.f64 {
		return 13
	}
	return 7
}

// ln2 is ln 2 as a sum: n times the first part is exact.
func (e *emitter) ln2() (hi, lo float64) {
	if e.f64 {
		return 6.93147180369123816490e-01, 1.90821492927058770002e-10
	}
	return 0.693359375, -2.12194440e-4
}

// hoistExp prepares the constants of exp.
func (e *emitter) hoistExp() {
	hi, lo := e.ln2()
	e.hoist(math.Log2E, hi, lo, 1)
	for i, f := 2, 1.0; i <= e.terms(); i++ {
		f /= float64(i)
		e.hoist(f)
	}
}

// expParts returns p = eʳ−1 and s = 2ⁿ, so that eˣ = s + s·p and
// eˣ−1 = (s−1) + s·p. NaN stays NaN; x must lie where s is a normal number.
func (e *emitter) expParts(x reg.VecVirtual) (p, s reg.VecVirtual) {
	hi, lo := e.ln2()
	n, r := e.vec(), e.vec()
	e.mul(e.c(math.Log2E), x, n)
	e.round(n)
	e.move(x, r)
	e.fnma(e.c(hi), n, r)
	e.fnma(e.c(lo), n, r)
	f := 1.0
	inverse := []float64{1, 1}
	for i := 2; i <= e.terms(); i++ {
		f /= float64(i)
		inverse = append(inverse, f)
	}
	p = e.vec()
	e.move(e.c(inverse[e.terms()]), p)
	for i := e.terms() - 1; i >= 2; i-- {
		e.fma213(e.c(inverse[i]), r, p)
	}
	square := e.vec()
	e.mul(r, r, square)
	e.fma213(r, square, p) // r + r²·q
	return p, e.power(n)
}

// round rounds to the nearest whole number.
func (e *emitter) round(v reg.VecVirtual) {
	const nearestQuiet = 8
	switch {
	case e.wide:
		e.pick(e.VRNDSCALEPS, e.VRNDSCALEPD, op.U8(nearestQuiet), v, v)
	case e.f64:
		e.VROUNDPD(op.U8(nearestQuiet), v, v)
	default:
		e.VROUNDPS(op.U8(nearestQuiet), v, v)
	}
}

// power returns 2ⁿ for whole n.
func (e *emitter) power(n reg.VecVirtual) reg.VecVirtual {
	s := e.vec()
	switch {
	case e.wide:
		e.pick(e.VSCALEFPS, e.VSCALEFPD, n, e.c(1), s)
	case e.f64:
		x := e.XMM()
		e.VCVTPD2DQY(n, x)
		e.VPMOVSXDQ(x, s)
		e.VPSLLQ(op.U8(52), s, s)
		e.VPADDQ(e.c(1), s, s) // the bits of 1 are 1023<<52
	default:
		e.VCVTPS2DQ(n, s)
		e.VPSLLD(op.U8(23), s, s)
		e.VPADDD(e.c(1), s, s)
	}
	return s
}

// flushBelow is the exponent under which exp gives 0.
func (e *emitter) flushBelow() float64 {
	if e.f64 {
		return -708
	}
	return -40
}

// exp returns eˣ for x ≤ 0, and 0 under flushBelow.
func (e *emitter) exp(x reg.VecVirtual) reg.VecVirtual {
	low, t := e.flushBelow(), e.vec()
	e.max(x, e.c(low), t)
	p, s := e.expParts(t)
	e.fma(p, s, s)
	e.clearBelow(x, e.c(low), s)
	return s
}

// clearBelow sets v to 0 where x < low.
func (e *emitter) clearBelow(x, low, v reg.VecVirtual) {
	const less, notLess = 1, 5
	if e.wide {
		e.pick(e.VCMPPS, e.VCMPPD, op.U8(notLess), low, x, reg.K2)
		e.pick(func(o ...op.Op) { e.VMOVUPS_Z(o[0], o[1], o[2]) }, func(o ...op.Op) { e.VMOVUPD_Z(o[0], o[1], o[2]) }, v, reg.K2, v)
		return
	}
	m := e.vec()
	e.pick(e.VCMPPS, e.VCMPPD, op.U8(less), low, x, m)
	e.pick(e.VANDNPS, e.VANDNPD, v, m, v)
}

// choose sets d to a where x > 0 and leaves it elsewhere.
func (e *emitter) choose(x, zero, a, d reg.VecVirtual) {
	const greater = 30 // quiet, ordered
	if e.wide {
		e.pick(e.VCMPPS, e.VCMPPD, op.U8(greater), zero, x, reg.K2)
		e.pick(e.VMOVUPS, e.VMOVUPD, a, reg.K2, d)
		return
	}
	m := e.vec()
	e.pick(e.VCMPPS, e.VCMPPD, op.U8(greater), zero, x, m)
	e.blend(m, a, d, d)
}
