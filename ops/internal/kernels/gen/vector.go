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
	e.begin("dots", "sets out[e] = a·b[col[e]], with rows of n elements, for count entries; col nil stands for consecutive rows of a and b. last, where it is given, is the address of the last index there is, and asks for rows as many entries ahead as ahead says.",
		"out *T, a *T, b *T, col *int32, last *int32, ahead int, n int, count int")
	out, a, b, col := e.arg("out"), e.arg("a"), e.arg("b"), e.arg("col")
	last := e.arg("last")
	ld, count := e.argBytes("n"), e.arg("count")
	loop, done, consecutive, start := e.label("row"), e.label("end"), e.label("consecutive"), e.label("start")
	e.at(loop)
	e.DECQ(count)
	e.JLT(done)
	pa, pb := e.GP64(), e.GP64()
	e.MOVQ(a, pa)
	e.TESTQ(col, col)
	e.JE(consecutive)
	e.prefetchNamed(col, last, b, ld)
	e.MOVLQSX(mem(col, 0), pb)
	e.ADDQ(op.U8(4), col)
	e.IMULQ(ld, pb)
	e.ADDQ(b, pb)
	e.JMP(start)
	e.at(consecutive)
	e.MOVQ(b, pb)
	e.ADDQ(ld, a)
	e.ADDQ(ld, b)
	e.at(start)
	sum := e.dot(pa, pb, e.arg("n"))
	e.pick(e.VMOVSS, e.VMOVSD, sum.AsX(), mem(out, 0))
	e.ADDQ(op.U8(uint8(e.size())), out)
	e.JMP(loop)
	e.at(done)
	e.end()
}

// prefetchNamed asks for the start of the row of b that an index some places on
// names.
func (e *emitter) prefetchNamed(col, last, b, ld reg.GPVirtual) {
	skip, far := e.label("skip"), e.GP64()
	e.TESTQ(last, last)
	e.JE(skip)
	e.MOVQ(e.argMem("ahead"), far)
	e.LEAQ(index(col, far, 4), far)
	e.CMPQ(far, last)
	e.CMOVQHI(last, far)
	e.MOVLQSX(mem(far, 0), far)
	e.IMULQ(ld, far)
	e.ADDQ(b, far)
	for line := range 4 {
		e.PREFETCHT0(mem(far, 64*line))
	}
	e.at(skip)
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
