package main

import (
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// streamAhead is how many bytes ahead a routine asks for memory that it reads
// from end to end: far enough for two processors to draw all that the memory
// gives.
const streamAhead = 4096

// streamed emits body twice: where the argument stream is not 0, it stores past
// the caches. Such stores spare reading what they overwrite. They fault where an
// address is not one of whole vectors: the caller has to see to that. So a body for
// other tails, beside one for whole vectors (byTail), never does, and is emitted
// once.
func (e *emitter) streamed(body func()) {
	if e.splitsTails() && !e.whole {
		body()
		return
	}
	plain, done := e.label("plain"), e.label("stored")
	e.CMPQ(e.argMem("stream"), op.U8(0))
	e.JE(plain)
	e.streaming = true
	body()
	e.streaming = false
	e.JMP(done)
	e.at(plain)
	body()
	e.at(done)
}

// prefetchStream asks for vecs vectors, streamAhead bytes after at.
func (e *emitter) prefetchStream(at reg.GPVirtual, vecs int) {
	for b := 0; b < vecs*e.bytes(); b += 64 {
		e.PREFETCHT1(mem(at, streamAhead+b))
	}
}

// prefetchRow asks for what load reads of vecs vectors at an address: of a tail the
// line of its last byte too, where the row may begin anywhere in a line.
func (e *emitter) prefetchRow(prefetch func(op.Op), at reg.GPVirtual, vecs int) {
	for b := 0; b < vecs*e.bytes(); b += 64 {
		prefetch(mem(at, b))
	}
	last := vecs * e.bytes()
	if e.half {
		last -= e.bytes() / 2
	}
	if !e.whole {
		prefetch(mem(at, last-1))
	}
}

// prefetchVecs asks for vecs vectors, ahead bytes after at.
func (e *emitter) prefetchVecs(at, ahead reg.GPVirtual, vecs int) {
	for b := 0; b < vecs*e.bytes(); b += 64 {
		m := index(at, ahead, 1)
		m.Disp = b
		e.PREFETCHT1(m)
	}
}

// streamVecs is eachVec, but for the rest of n, where the argument stream asks
// for stores past the caches and the first pointer, to the result, allows them;
// the others are read.
func (e *emitter) streamVecs(n reg.GPVirtual, pointers []reg.GPVirtual, body func(u int, tail bool)) {
	const unroll = 2
	done := e.label("plain")
	e.CMPQ(e.argMem("stream"), op.U8(0))
	e.JE(done)
	e.TESTQ(op.U32(63), pointers[0])
	e.JNE(done)
	e.streaming = true
	e.wholeVecs(n, unroll, pointers, func(u int) {
		if u == 0 {
			for _, p := range pointers[1:] {
				e.prefetchStream(p, unroll)
			}
		}
		body(u, false)
	})
	e.streaming = false
	e.at(done)
}
