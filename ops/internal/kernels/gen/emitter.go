package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// emitter writes one routine for one vector width and one element type.
type emitter struct {
	*build.Context
	wide, f64 bool // AVX-512 or AVX2, float64 or float32

	name            string
	base, signature string
	labels          int
	mask            reg.VecVirtual             // AVX2: the mask of the tail; AVX-512 uses K1
	fixed           map[float64]reg.VecVirtual // constants kept in registers
	memory          map[float64]op.Mem         // and in memory
	tables          map[string]op.Mem          // rows of numbers in memory
	prepare         []float64                  // constants that elementwise hoists
	needExp         bool                       // and whether those of exp are among them
	canStream       bool                       // elementwise takes an argument that asks to write past the caches
	fence           bool                       // stores past the caches are waited for at the end
	streaming       bool                       // whole vectors are written so now
	scattered       bool                       // rows are read in any order, so that what is read behind their end costs
	whole           bool                       // the tail is a whole vector now
	half            bool                       // the tail is at most half a vector now, and AVX-512 reads no more
	otherwise       func()                     // what byWidth does for any other width: nothing where nil
}

func newEmitter(c *build.Context, wide, f64 bool) *emitter {
	return &emitter{Context: c, wide: wide, f64: f64, fixed: map[float64]reg.VecVirtual{}, memory: map[float64]op.Mem{}, tables: map[string]op.Mem{}}
}

// begin opens the routine; T in the signature stands for the element type.
func (e *emitter) begin(name, doc, signature string) {
	suffix, elem := "AVX2", "32"
	if e.wide {
		suffix = "AVX512"
	}
	if e.f64 {
		elem = "64"
	}
	e.name = name + suffix + "F" + elem
	e.base, e.signature = name, signature
	e.Function(e.name)
	e.Doc(e.name + " " + doc)
	e.Attributes(attr.NOSPLIT)
	e.Pragma("noescape")
	e.SignatureExpr("func(" + strings.ReplaceAll(signature, "*T", "*float"+elem) + ")")
}

// size is the number of bytes of an element, lanes the elements of a vector.
func (e *emitter) size() int {
	if e.f64 {
		return 8
	}
	return 4
}

func (e *emitter) lanes() int { return e.bytes() / e.size() }

func (e *emitter) bytes() int {
	if e.wide {
		return 64
	}
	return 32
}

// constants asks elementwise to hoist constants.
func (e *emitter) constants(values ...float64) { e.prepare = append(e.prepare, values...) }

// label returns a fresh label.
func (e *emitter) label(name string) op.LabelRef {
	e.labels++
	return op.LabelRef(fmt.Sprintf("%s%d", name, e.labels))
}

// at places a label.
func (e *emitter) at(l op.LabelRef) { e.Label(string(l)) }

// arg loads an argument into a fresh register.
func (e *emitter) arg(name string) reg.GPVirtual {
	r := e.GP64()
	e.Load(e.Param(name), r)
	return r
}

// argMem returns the place of an argument in memory.
func (e *emitter) argMem(name string) op.Mem {
	b, err := e.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}

// argBytes loads an argument that counts elements and turns it into bytes.
func (e *emitter) argBytes(name string) reg.GPVirtual {
	r := e.arg(name)
	e.toBytes(r)
	return r
}

// toBytes turns a count of elements into bytes.
func (e *emitter) toBytes(r reg.GPVirtual) {
	if e.f64 {
		e.SHLQ(op.U8(3), r)
	} else {
		e.SHLQ(op.U8(2), r)
	}
}

// vec returns a fresh vector register, vecs several.
func (e *emitter) vec() reg.VecVirtual {
	if e.wide {
		return e.ZMM()
	}
	return e.YMM()
}

func (e *emitter) vecs(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = e.vec()
	}
	return v
}

// mem is the operand base + byte offset.
func mem(base reg.Register, disp int) op.Mem { return op.Mem{Base: base, Disp: disp} }

// index is the operand base + index·scale.
func index(base, idx reg.Register, scale uint8) op.Mem {
	return op.Mem{Base: base, Index: idx, Scale: scale}
}
