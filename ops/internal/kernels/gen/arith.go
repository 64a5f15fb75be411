package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pick appends one of two instructions by element type.
func (e *emitter) pick(f32, f64 func(...op.Op), ops ...op.Op) {
	if e.f64 {
		f64(ops...)
	} else {
		f32(ops...)
	}
}

// d = a + b, a·b, b − a, b / a: the order of operands is that of Go's
// assembler, the first one may be memory.
func (e *emitter) add(a, b, d op.Op) { e.pick(e.VADDPS, e.VADDPD, a, b, d) }
func (e *emitter) mul(a, b, d op.Op) { e.pick(e.VMULPS, e.VMULPD, a, b, d) }
func (e *emitter) sub(a, b, d op.Op) { e.pick(e.VSUBPS, e.VSUBPD, a, b, d) }
func (e *emitter) div(a, b, d op.Op) { e.pick(e.VDIVPS, e.VDIVPD, a, b, d) }

// max sets d to the larger of a and b; of a NaN and a number, or of two zeros,
// to a.
func (e *emitter) max(a, b, d op.Op) { e.pick(e.VMAXPS, e.VMAXPD, a, b, d) }

// sqrt sets d = √a.
func (e *emitter) sqrt(a, d op.Op) { e.pick(e.VSQRTPS, e.VSQRTPD, a, d) }

// fma sets d += a·b, fnma d −= a·b, fma213 d = a + b·d.
func (e *emitter) fma(a, b, d op.Op)    { e.pick(e.VFMADD231PS, e.VFMADD231PD, a, b, d) }
func (e *emitter) fnma(a, b, d op.Op)   { e.pick(e.VFNMADD231PS, e.VFNMADD231PD, a, b, d) }
func (e *emitter) fma213(a, b, d op.Op) { e.pick(e.VFMADD213PS, e.VFMADD213PD, a, b, d) }

// broadcast fills d with an element of memory or the first of a vector.
func (e *emitter) broadcast(m, d op.Op) { e.pick(e.VBROADCASTSS, e.VBROADCASTSD, m, d) }

// zero clears v.
func (e *emitter) zero(v reg.VecVirtual) {
	e.VXORPS(v, v, v)
}

// move copies a whole vector between registers or memory.
func (e *emitter) move(a, d op.Op) { e.pick(e.VMOVUPS, e.VMOVUPD, a, d) }

// load reads a vector, or only the lanes of the tail with zeros elsewhere.
func (e *emitter) load(m op.Mem, v reg.VecVirtual, tail bool) {
	switch {
	case !tail || e.whole:
		e.move(m, v)
	case !e.wide && e.f64:
		e.VMASKMOVPD(m, e.mask, v)
	case !e.wide:
		e.VMASKMOVPS(m, e.mask, v)
	case e.f64:
		e.VMOVUPD_Z(m, reg.K1, e.read(v))
	default:
		e.VMOVUPS_Z(m, reg.K1, e.read(v))
	}
}

// read is as much of v as a tail fills.
func (e *emitter) read(v reg.VecVirtual) op.Op {
	if e.half {
		return v.AsY()
	}
	return v
}

// store writes a vector, or only the lanes of the tail.
func (e *emitter) store(v reg.VecVirtual, m op.Mem, tail bool) {
	tail = tail && !e.whole
	switch {
	case !tail && e.streaming && e.f64:
		e.VMOVNTPD(v, m)
	case !tail && e.streaming:
		e.VMOVNTPS(v, m)
	case !tail:
		e.move(v, m)
	case !e.wide && e.f64:
		e.VMASKMOVPD(v, e.mask, m)
	case !e.wide:
		e.VMASKMOVPS(v, e.mask, m)
	case e.f64:
		e.VMOVUPD(v, reg.K1, m)
	default:
		e.VMOVUPS(v, reg.K1, m)
	}
}

// setTail prepares the mask of the first n lanes, n in 1..lanes.
func (e *emitter) setTail(n reg.GPVirtual) {
	bits := e.GP64()
	if e.wide {
		e.MOVQ(op.I32(-1), bits)
		e.BZHIQ(n, bits, bits)
		e.KMOVW(bits.As32(), reg.K1)
		return
	}
	if e.mask == nil {
		e.mask = e.YMM()
	}
	e.LEAQ(e.maskTable(), bits)
	off := e.GP64()
	e.MOVQ(op.I32(int32(e.lanes())), off)
	e.SUBQ(n, off)
	e.toBytes(off)
	e.VMOVUPS(index(bits, off, 1), e.mask)
}

// maskTable is a row of lanes all ones before a row of zeros.
func (e *emitter) maskTable() op.Mem {
	return e.table("tailMask", 2*e.lanes(), func(i int) uint64 {
		if i < e.lanes() {
			return ^uint64(0)
		}
		return 0
	})
}
