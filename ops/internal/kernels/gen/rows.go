package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// rowWidths lists the panel widths of the routines that hold an output row in
// registers.
var rowWidths = []int{1, 2, 3, 4, 5, 6, 7, 8}

// reducer is a routine that reduces rows of x to rows of out, each kept in
// registers.
type reducer struct {
	*emitter
	indexed  bool // entry e names row col[e] of x, otherwise row e
	weighted bool // times vals[e]
	max      bool // the largest instead of the sum

	out, ldo, ptr, col, vals, x, ldx, rows, last, ahead reg.GPVirtual
}

// spmm sums weighted rows, gatherSum rows by index, sequentialSum consecutive
// rows; gatherMax and sequentialMax take the largest element of each column.
func spmm(e *emitter)          { reduce(e, "spmm", reducer{indexed: true, weighted: true}) }
func gatherSum(e *emitter)     { reduce(e, "gatherSum", reducer{indexed: true}) }
func sequentialSum(e *emitter) { reduce(e, "sequentialSum", reducer{}) }
func gatherMax(e *emitter)     { reduce(e, "gatherMax", reducer{indexed: true, max: true}) }
func sequentialMax(e *emitter) { reduce(e, "sequentialMax", reducer{max: true}) }

// reduce writes one routine.
func reduce(e *emitter, name string, s reducer) {
	signature, ahead := "out *T, ldo int, ptr *int32, ", "as many elements as ahead says"
	if s.indexed {
		signature += "col *int32, last int, deep int, "
		ahead = "as many entries as ahead says, if last ≥ 0, the last entry, and with deep into the second cache first"
	}
	signature += "ahead int, "
	if s.weighted {
		signature += "vals *T, "
	}
	if !s.max && !s.weighted {
		signature += "mean int, "
	}
	if s.indexed && !s.max {
		signature += "bias *T, "
	}
	e.begin(name, "reduces the rows ptr[r]..ptr[r+1]-1 of x to row r of out. Rows are asked for ahead: "+ahead+". stream asks to store past the caches.",
		signature+"x *T, ldx int, rows int, stream int, tail int, vecs int")
	e.fence = true
	s.emitter = e
	s.out, s.ldo, s.ptr, s.x, s.ldx, s.rows = e.arg("out"), e.argBytes("ldo"), e.arg("ptr"), e.arg("x"), e.argBytes("ldx"), e.arg("rows")
	if s.indexed {
		s.col, s.last = e.arg("col"), e.arg("last")
	} else {
		s.ahead = e.argBytes("ahead")
	}
	if s.weighted {
		s.vals = e.arg("vals")
	}
	e.setTail(e.arg("tail"))
	e.scattered = s.indexed
	e.byWidth(rowWidths, s.allRows)
}

// allRows loops over the rows of out for one width.
func (s *reducer) allRows(c int) {
	loop, done, write := s.label("row"), s.label("done"), s.label("write")
	s.at(loop)
	s.DECQ(s.rows)
	s.JLT(done)
	entry, end := s.GP64(), s.GP64()
	s.MOVLQSX(mem(s.ptr, 0), entry)
	s.MOVLQSX(mem(s.ptr, 4), end)
	s.ADDQ(op.U8(4), s.ptr)
	acc := s.vecs(c)
	for _, v := range acc {
		s.zero(v)
	}
	s.CMPQ(entry, end)
	s.JGE(write)
	if s.indexed {
		s.entries(acc, entry, end)
	} else {
		s.run(acc, entry, end)
	}
	s.mean(acc)
	s.at(write)
	if s.indexed && !s.max {
		s.addBias(acc)
	}
	s.streamed(func() {
		for j, v := range acc {
			s.store(v, mem(s.out, j*s.bytes()), j == c-1 && !s.streaming)
		}
	})
	s.ADDQ(s.ldo, s.out)
	s.JMP(loop)
	s.at(done)
}

// soonEntries is how many entries ahead a row is asked for into the first cache
// that was asked for into the second before.
const soonEntries = 12

// entries reduces the rows named by the entries.
func (s *reducer) entries(acc []reg.VecVirtual, entry, end reg.GPVirtual) {
	if s.max {
		s.fill(acc, s.rowOf(entry))
	}
	near, shallow, done := s.label("near"), s.label("shallow"), s.label("taken")
	s.TESTQ(s.last, s.last)
	s.JLT(near)
	s.CMPQ(s.argMem("deep"), op.U8(0))
	s.JE(shallow)
	s.eachEntry(acc, entry, end, func() {
		s.prefetchRow(s.PREFETCHT1, s.rowAhead(entry, s.argMem("ahead")), len(acc))
		s.prefetchRow(s.PREFETCHT0, s.rowAhead(entry, op.U8(soonEntries)), len(acc))
	})
	s.JMP(done)
	s.at(shallow)
	s.eachEntry(acc, entry, end, func() {
		s.prefetchRow(s.PREFETCHT0, s.rowAhead(entry, s.argMem("ahead")), len(acc))
	})
	s.JMP(done)
	s.at(near)
	s.eachEntry(acc, entry, end, func() {})
	s.at(done)
}

// eachEntry reduces the rows named by the entries; ask asks for rows ahead.
func (s *reducer) eachEntry(acc []reg.VecVirtual, entry, end reg.GPVirtual, ask func()) {
	loop := s.label("entry")
	s.at(loop)
	ask()
	var w reg.VecVirtual
	if s.weighted {
		w = s.vec()
		s.broadcast(index(s.vals, entry, uint8(s.size())), w)
	}
	s.take(acc, s.rowOf(entry), w)
	s.INCQ(entry)
	s.CMPQ(entry, end)
	s.JLT(loop)
}

// rowAhead returns the address of the row that the entry so many behind this one
// names, or the last one.
func (s *reducer) rowAhead(entry reg.GPVirtual, ahead op.Op) reg.GPVirtual {
	far := s.GP64()
	s.MOVQ(entry, far)
	s.ADDQ(ahead, far)
	s.CMPQ(far, s.last)
	s.CMOVQGT(s.last, far)
	return s.rowOf(far)
}

// rowOf returns the address of the row that an entry names.
func (s *reducer) rowOf(entry reg.GPVirtual) reg.GPVirtual {
	row := s.GP64()
	s.MOVLQSX(index(s.col, entry, 4), row)
	s.IMULQ(s.ldx, row)
	s.ADDQ(s.x, row)
	return row
}

// run reduces consecutive rows.
func (s *reducer) run(acc []reg.VecVirtual, entry, end reg.GPVirtual) {
	at := s.GP64()
	s.MOVQ(entry, at)
	s.IMULQ(s.ldx, at)
	s.ADDQ(s.x, at)
	if s.max {
		s.fill(acc, at)
	}
	loop := s.label("entry")
	s.at(loop)
	s.prefetchVecs(at, s.ahead, len(acc))
	s.take(acc, at, nil)
	s.ADDQ(s.ldx, at)
	s.INCQ(entry)
	s.CMPQ(entry, end)
	s.JLT(loop)
}

// fill starts a maximum with a row.
func (s *reducer) fill(acc []reg.VecVirtual, at reg.GPVirtual) {
	for j, v := range acc {
		s.load(mem(at, j*s.bytes()), v, j == len(acc)-1)
	}
}

// take reduces one row into acc. A product and a sum have a shorter chain from
// entry to entry than a fused operation, and give the bits of plain Go.
func (s *reducer) take(acc []reg.VecVirtual, at reg.GPVirtual, w reg.VecVirtual) {
	for j, v := range acc {
		x := s.operand(mem(at, j*s.bytes()), j == len(acc)-1)
		switch {
		case s.max:
			s.keepNaN(x, v)
		case s.weighted:
			p := s.vec()
			s.mul(x, w, p)
			s.add(p, v, v)
		default:
			s.add(x, v, v)
		}
	}
}

// keepNaN sets v to the larger of x and v; a NaN in either stays.
func (e *emitter) keepNaN(x op.Op, v reg.VecVirtual) {
	const ordered, unordered = 7, 3
	if e.wide {
		e.pick(e.VCMPPS, e.VCMPPD, op.U8(ordered), v, v, reg.K2)
		e.pick(e.VMAXPS, e.VMAXPD, x, v, reg.K2, v)
		return
	}
	nan, top := e.vec(), e.vec()
	e.pick(e.VCMPPS, e.VCMPPD, op.U8(unordered), v, v, nan)
	e.max(x, v, top)
	e.blend(nan, v, top, v)
}

// blend sets d to a where the AVX2 mask is set and to b elsewhere.
func (e *emitter) blend(mask, a, b, d reg.VecVirtual) {
	if e.f64 {
		e.VBLENDVPD(mask, a, b, d)
	} else {
		e.VBLENDVPS(mask, a, b, d)
	}
}

// mean divides the sum by the number of entries where the argument asks so.
func (s *reducer) mean(acc []reg.VecVirtual) {
	if s.max || s.weighted {
		return
	}
	skip, count, first := s.label("sum"), s.arg("mean"), s.GP64()
	s.TESTQ(count, count)
	s.JE(skip)
	s.MOVLQSX(mem(s.ptr, -4), first)
	s.MOVLQSX(mem(s.ptr, 0), count)
	s.SUBQ(first, count)
	v := s.reciprocal(count)
	for _, a := range acc {
		s.mul(v, a, a)
	}
	s.at(skip)
}

// addBias adds the bias, where there is one, to the row.
func (s *reducer) addBias(acc []reg.VecVirtual) {
	none, bias := s.label("unbiased"), s.arg("bias")
	s.TESTQ(bias, bias)
	s.JE(none)
	for j, v := range acc {
		s.add(s.operand(mem(bias, j*s.bytes()), j == len(acc)-1), v, v)
	}
	s.at(none)
}

// reciprocal returns a vector full of 1/n.
func (e *emitter) reciprocal(n reg.GPVirtual) reg.VecVirtual {
	v, x, one := e.vec(), e.XMM(), e.GP64()
	e.MOVQ(op.U32(1), one)
	y := e.XMM()
	e.VXORPS(x, x, x)
	e.VXORPS(y, y, y)
	if e.f64 {
		e.VCVTSI2SDQ(n, x, x)
		e.VCVTSI2SDQ(one, y, y)
		e.VDIVSD(x, y, y)
	} else {
		e.VCVTSI2SSQ(n, x, x)
		e.VCVTSI2SSQ(one, y, y)
		e.VDIVSS(x, y, y)
	}
	e.broadcast(y, v)
	return v
}
