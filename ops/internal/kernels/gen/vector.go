package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// elementwise writes a routine out[i] = f(in[0][i], …) over n elements; args
// are broadcast scalars.
func elementwise(e *emitter, name, doc string, in, args []string, f func(in []op.Op, args []reg.VecVirtual) reg.VecVirtual) {
	signature := "out *T, "
	for _, s := range in {
		signature += s + " *T, "
	}
	for _, s := range args {
		signature += s + " " + "*T, "
	}
	if e.canStream {
		signature += "stream int, "
		e.fence = true
	}
	e.begin(name, doc, signature+"n int")
	out, n := e.arg("out"), e.arg("n")
	if e.needExp {
		e.hoistExp()
	}
	e.hoist(e.prepare...)
	pointers := []reg.GPVirtual{out}
	for _, s := range in {
		pointers = append(pointers, e.arg(s))
	}
	scalars := make([]reg.VecVirtual, len(args))
	for i, s := range args {
		scalars[i] = e.vec()
		e.broadcast(mem(e.arg(s), 0), scalars[i])
	}
	body := func(u int, tail bool) {
		operands := make([]op.Op, len(in))
		for i := range in {
			operands[i] = e.operand(mem(pointers[i+1], u*e.bytes()), tail)
		}
		e.store(f(operands, scalars), mem(out, u*e.bytes()), tail)
	}
	if e.canStream {
		e.streamVecs(n, pointers, body)
	}
	e.eachVec(n, 2, pointers, body)
	e.end()
}

// loaded returns an operand in a register of its own.
func (e *emitter) loaded(o op.Op) reg.VecVirtual {
	v := e.vec()
	e.move(o, v)
	return v
}

func vecScale(e *emitter) {
	elementwise(e, "vecScale", "sets out = w·x.", []string{"x"}, []string{"w"}, func(in []op.Op, args []reg.VecVirtual) reg.VecVirtual {
		v := e.vec()
		e.mul(in[0], args[0], v)
		return v
	})
}

func vecMul(e *emitter) {
	elementwise(e, "vecMul", "sets out = a∘b.", []string{"a", "b"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		v := e.loaded(in[0])
		e.mul(in[1], v, v)
		return v
	})
}

func vecAdd(e *emitter) {
	elementwise(e, "vecAdd", "sets out = a + b.", []string{"a", "b"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		v := e.loaded(in[0])
		e.add(in[1], v, v)
		return v
	})
}

func vecSub(e *emitter) {
	elementwise(e, "vecSub", "sets out = a − b.", []string{"a", "b"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		v := e.loaded(in[0])
		e.sub(in[1], v, v)
		return v
	})
}

func vecMulAdd(e *emitter) {
	elementwise(e, "vecMulAdd", "sets out = c + a∘b.", []string{"a", "b", "c"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		a, v := e.loaded(in[0]), e.loaded(in[2])
		e.fma(in[1], a, v)
		return v
	})
}

func vecAxpy(e *emitter) {
	elementwise(e, "vecAxpy", "sets out = y + w·x.", []string{"x", "y"}, []string{"w"}, func(in []op.Op, args []reg.VecVirtual) reg.VecVirtual {
		v := e.loaded(in[1])
		e.fma(in[0], args[0], v)
		return v
	})
}

func vecMax(e *emitter) {
	elementwise(e, "vecMax", "sets out to the larger of a and b; NaN stays.", []string{"a", "b"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		v := e.loaded(in[0])
		e.keepNaN(in[1], v)
		return v
	})
}

// softGrad is the inner line of a softmax's gradient.
func softGrad(e *emitter) {
	elementwise(e, "softGrad", "sets out = y∘(g − s).", []string{"y", "dy", "s"}, nil, func(in []op.Op, _ []reg.VecVirtual) reg.VecVirtual {
		v := e.loaded(in[1])
		e.sub(in[2], v, v)
		e.mul(in[0], v, v)
		return v
	})
}

// dots writes Σ a·b for rows against rows named by an index.
func dots(e *emitter) {
	e.begin("dots", "sets out[e] = a·b[col[e]], with rows of n elements, for count entries; col nil stands for consecutive rows of a and b. last, where it is given, is the address of the last index there is, and asks for rows as many entries ahead as ahead says, and with deep into the second cache first.",
		"out *T, a *T, b *T, col *int32, last *int32, deep int, ahead int, n int, count int")
	d := dotter{
		emitter: e, out: e.arg("out"), a: e.arg("a"), b: e.arg("b"), col: e.arg("col"),
		last: e.arg("last"), ld: e.argBytes("n"), count: e.arg("count"),
	}
	named, far, deep := e.label("named"), e.label("far"), e.label("deep")
	e.TESTQ(d.col, d.col)
	e.JNE(named)
	d.all(func() reg.GPVirtual {
		row := e.GP64()
		e.MOVQ(d.b, row)
		e.ADDQ(d.ld, d.a)
		e.ADDQ(d.ld, d.b)
		return row
	})
	e.at(named)
	e.TESTQ(d.last, d.last)
	e.JNE(far)
	d.all(d.next)
	e.at(far)
	e.CMPQ(e.argMem("deep"), op.U8(0))
	e.JNE(deep)
	d.all(func() reg.GPVirtual {
		d.prefetch(e.PREFETCHT0, d.rowAhead(e.argMem("ahead")))
		return d.next()
	})
	e.at(deep)
	d.all(func() reg.GPVirtual {
		d.prefetch(e.PREFETCHT1, d.rowAhead(e.argMem("ahead")))
		d.prefetch(e.PREFETCHT0, d.rowAhead(op.I32(soonEntries)))
		return d.next()
	})
}

// dotter holds the registers of dots.
type dotter struct {
	*emitter
	out, a, b, col, last, ld, count reg.GPVirtual
}

// all is the loop over the entries, and the end; row returns the address of the
// row of b for each.
func (d *dotter) all(row func() reg.GPVirtual) {
	loop, done := d.label("row"), d.label("done")
	d.at(loop)
	d.DECQ(d.count)
	d.JLT(done)
	pa := d.GP64()
	d.MOVQ(d.a, pa)
	sum := d.dot(pa, row(), d.arg("n"))
	d.pick(d.VMOVSS, d.VMOVSD, sum.AsX(), mem(d.out, 0))
	d.ADDQ(op.U8(uint8(d.size())), d.out)
	d.JMP(loop)
	d.at(done)
	d.end()
}

// next returns the address of the row that the next index names.
func (d *dotter) next() reg.GPVirtual {
	row := d.rowOf(d.col)
	d.ADDQ(op.U8(4), d.col)
	return row
}

// rowAhead returns the address of the row that the index so many behind this one
// names, or the last one.
func (d *dotter) rowAhead(ahead op.Op) reg.GPVirtual {
	far := d.GP64()
	d.MOVQ(ahead, far)
	d.LEAQ(index(d.col, far, 4), far)
	d.CMPQ(far, d.last)
	d.CMOVQHI(d.last, far)
	return d.rowOf(far)
}

// rowOf returns the address of the row that the index at a place names.
func (d *dotter) rowOf(place reg.GPVirtual) reg.GPVirtual {
	row := d.GP64()
	d.MOVLQSX(mem(place, 0), row)
	d.IMULQ(d.ld, row)
	d.ADDQ(d.b, row)
	return row
}

// prefetch asks for the first four lines of a row.
func (d *dotter) prefetch(ask func(op.Op), row reg.GPVirtual) {
	for line := range 4 {
		ask(mem(row, 64*line))
	}
}

// dot returns Σ a·b over n elements in the first lane.
func (e *emitter) dot(a, b, n reg.GPVirtual) reg.VecVirtual {
	const unroll = 4
	sums := e.vecs(unroll)
	for _, v := range sums {
		e.zero(v)
	}
	e.eachVec(n, unroll, []reg.GPVirtual{a, b}, func(u int, tail bool) {
		v := e.vec()
		e.load(mem(a, u*e.bytes()), v, tail)
		e.fma(e.operand(mem(b, u*e.bytes()), tail), v, sums[u])
	})
	e.add(sums[1], sums[0], sums[0])
	e.add(sums[3], sums[2], sums[2])
	e.add(sums[2], sums[0], sums[0])
	return e.fold(sums[0], e.add)
}
