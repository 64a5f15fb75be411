package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The predicates of comparisons that hold where either side is NaN as well.
const (
	aboveOrNaN   = 22 // not ≤
	atLeastOrNaN = 21 // not <
	above        = 30
)

// rankVectors is how many vectors of x are compared together at most: as many
// as the registers of AVX2 hold, a segment of 40 in float32.
const rankVectors = 5

// ranks compares all pairs, some vectors of x with one element at a time. An
// element before a vector counts where it is equal, one behind it does not;
// within the vector this depends on the lane.
func ranks(e *emitter) {
	e.begin("ranks", "sets rank[i] to the number of elements of x above x[i], and of those equal to it before i: n where x[i] is NaN. Both have room for a whole number of vectors.", "rank *int32, x *T, n int")
	r := ranker{emitter: e, rank: e.arg("rank"), x: e.arg("x"), n: e.arg("n"), from: e.GP64(), other: e.GP64()}
	if e.wide {
		r.one, r.lane = e.vec(), e.vec()
		e.hoist(1)
		e.broadcast(e.table("one", 1, func(int) uint64 { return r.oneBits() }), r.one)
		e.move(e.table("lane", e.lanes(), func(i int) uint64 { return e.bits(float64(i)) }), r.lane)
	}
	e.XORQ(r.from, r.from)
	next, widths, left := e.label("next"), [rankVectors + 1]op.LabelRef{}, e.GP64()
	e.at(next)
	e.MOVQ(r.n, left)
	e.SUBQ(r.from, left)
	for c := 1; c <= rankVectors; c++ {
		widths[c] = e.label("width")
		if c < rankVectors {
			e.CMPQ(left, op.U8(uint8(c*e.lanes())))
			e.JLE(widths[c])
		}
	}
	for c := rankVectors; c > 0; c-- {
		e.at(widths[c])
		r.vectors(c)
		if c == rankVectors {
			e.CMPQ(r.from, r.n)
			e.JLT(next)
		}
		e.end()
	}
}

// ranker holds the registers of ranks.
type ranker struct {
	*emitter
	rank, x, n, from, other reg.GPVirtual
	one, lane               reg.VecVirtual // AVX-512: what is counted with, and the lane's number
	after                   op.Mem         // AVX2: see afterTable
}

// vectors ranks c vectors from from on.
func (r *ranker) vectors(c int) {
	v, acc, end := r.vecs(c), r.vecs(c), r.GP64()
	for j := range v {
		m := index(r.x, r.from, uint8(r.size()))
		m.Disp = j * r.bytes()
		r.move(m, v[j])
		r.zero(acc[j])
	}
	r.XORQ(r.other, r.other)
	r.upTo(r.from, func(x reg.VecVirtual) { r.count(v, acc, x, atLeastOrNaN) })
	for j := range v {
		r.LEAQ(mem(r.from, (j+1)*r.lanes()), end)
		r.CMPQ(end, r.n)
		r.CMOVQGT(r.n, end)
		near := r.nearCounter(v[j], acc[j])
		r.upTo(end, func(x reg.VecVirtual) {
			r.count(v[:j], acc[:j], x, aboveOrNaN)
			near(x)
			r.count(v[j+1:], acc[j+1:], x, atLeastOrNaN)
		})
	}
	r.upTo(r.n, func(x reg.VecVirtual) { r.count(v, acc, x, aboveOrNaN) })
	for j := range v {
		m := index(r.rank, r.from, 4)
		m.Disp = j * r.lanes() * 4
		r.storeInt32(acc[j], m)
	}
	r.ADDQ(op.U8(uint8(c*r.lanes())), r.from)
}

// upTo calls body for the elements other..end-1 of x, each in all lanes; other
// ends as end.
func (r *ranker) upTo(end reg.GPVirtual, body func(x reg.VecVirtual)) {
	loop, done := r.label("element"), r.label("elements")
	r.CMPQ(r.other, end)
	r.JGE(done)
	r.at(loop)
	x := r.vec()
	r.broadcast(index(r.x, r.other, uint8(r.size())), x)
	body(x)
	r.INCQ(r.other)
	r.CMPQ(r.other, end)
	r.JLT(loop)
	r.at(done)
}

// count adds one to the lanes of acc in which x compares so with v.
func (r *ranker) count(v, acc []reg.VecVirtual, x reg.VecVirtual, how uint8) {
	for j := range v {
		if r.wide {
			r.pick(r.VCMPPS, r.VCMPPD, op.U8(how), v[j], x, reg.K2)
			r.addOne(acc[j])
			continue
		}
		m := r.vec()
		r.pick(r.VCMPPS, r.VCMPPD, op.U8(how), v[j], x, m)
		r.addOneWhere(m, acc[j])
	}
}

// nearCounter returns count for the elements of v itself, one after the other.
func (r *ranker) nearCounter(v, acc reg.VecVirtual) func(x reg.VecVirtual) {
	if r.wide {
		at := r.vec()
		r.zero(at)
		return func(x reg.VecVirtual) {
			r.pick(r.VCMPPS, r.VCMPPD, op.U8(above), at, r.lane, reg.K3)
			r.pick(r.VCMPPS, r.VCMPPD, op.U8(atLeastOrNaN), v, x, reg.K3, reg.K3)
			r.pick(r.VCMPPS, r.VCMPPD, op.U8(aboveOrNaN), v, x, reg.K2)
			r.KORW(reg.K2, reg.K3, reg.K2)
			r.addOne(acc)
			r.add(r.c(1), at, at)
		}
	}
	after := r.GP64() // of the mask of the lanes behind the element
	r.LEAQ(r.afterTable(), after)
	r.ADDQ(op.U8(uint8(r.bytes())), after)
	return func(x reg.VecVirtual) {
		r.SUBQ(op.U8(uint8(r.size())), after)
		equal, more := r.vec(), r.vec()
		r.pick(r.VCMPPS, r.VCMPPD, op.U8(atLeastOrNaN), v, x, equal)
		r.pick(r.VCMPPS, r.VCMPPD, op.U8(aboveOrNaN), v, x, more)
		r.VANDPS(mem(after, 0), equal, equal)
		r.VORPS(equal, more, more)
		r.addOneWhere(more, acc)
	}
}

// afterTable is a row of lanes zeros before a row of ones in all bits.
func (r *ranker) afterTable() op.Mem {
	if r.after.Base == nil {
		r.after = r.table("after", 2*r.lanes(), func(i int) uint64 {
			if i < r.lanes() {
				return 0
			}
			return ^uint64(0)
		})
	}
	return r.after
}

// storeInt32 stores whole numbers as they were counted.
func (r *ranker) storeInt32(v reg.VecVirtual, m op.Mem) {
	switch {
	case !r.f64:
		r.VMOVUPS(v, m)
	case r.wide: // counted as float64
		y := r.YMM()
		r.VCVTPD2DQ(v, y)
		r.VMOVUPS(y, m)
	default:
		x := r.XMM()
		r.VEXTRACTF128(op.U8(1), v, x)
		r.VSHUFPS(op.U8(0x88), x, v.AsX(), x)
		r.VMOVUPS(x, m)
	}
}

// oneBits is 1 as AVX-512 counts ranks: in float32 with integers, whose sums
// are ready sooner.
func (r *ranker) oneBits() uint64 {
	if r.f64 {
		return r.bits(1)
	}
	return 1
}

// addOne adds one in the lanes of K2; addOneWhere where a mask is set, which as
// a whole number is −1 there.
func (r *ranker) addOne(acc reg.VecVirtual) { r.pick(r.VPADDD, r.VADDPD, r.one, acc, reg.K2, acc) }

func (r *ranker) addOneWhere(mask, acc reg.VecVirtual) { r.pick(r.VPSUBD, r.VPSUBQ, mask, acc, acc) }
