package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// table returns a read-only table of n elements private to the routine.
func (e *emitter) table(name string, n int, value func(i int) uint64) op.Mem {
	if m, ok := e.tables[name]; ok {
		return m
	}
	m := e.StaticGlobal(fmt.Sprintf("%s_%s", name, e.name))
	e.tables[name] = m
	e.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range n {
		if e.f64 {
			e.AppendDatum(op.U64(value(i)))
		} else {
			e.AppendDatum(op.U32(uint32(value(i))))
		}
	}
	return m
}

// bits is the representation of v in the element type.
func (e *emitter) bits(v float64) uint64 {
	if e.f64 {
		return math.Float64bits(v)
	}
	return uint64(math.Float32bits(float32(v)))
}

// hoist puts constants into memory and, where registers are many, into
// registers that c hands out for the rest of the routine.
func (e *emitter) hoist(values ...float64) {
	for _, v := range values {
		if _, ok := e.fixed[v]; ok {
			continue
		}
		m := e.table(fmt.Sprintf("c%d", len(e.fixed)), 1, func(int) uint64 { return e.bits(v) })
		e.fixed[v], e.memory[v] = nil, m
		if e.wide {
			r := e.vec()
			e.broadcast(m, r)
			e.fixed[v] = r
		}
	}
}

// c returns a vector full of a hoisted constant.
func (e *emitter) c(v float64) reg.VecVirtual {
	if r := e.fixed[v]; r != nil {
		return r
	}
	r := e.vec()
	e.broadcast(e.memory[v], r)
	return r
}
