package main

import (
	"github.com/mmcloughlin/avo/build"
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// ranks counts, for every key, the keys that are larger.
func ranks(c *build.Context) {
	for _, wide := range []bool{false, true} {
		e := newEmitter(c, wide, true)
		e.begin("ranks", "sets rank[i] to the number of keys above keys[i]. Both have room for a whole number of vectors.", "rank *int64, keys *int64, n int")
		rank, keys, n := e.arg("rank"), e.arg("keys"), e.arg("n")
		block, loop, done := e.label("block"), e.label("key"), e.label("done")
		one, at, left := e.vec(), e.GP64(), e.GP64()
		e.broadcast(e.table("one", 1, func(int) uint64 { return 1 }), one)
		e.MOVQ(keys, at)
		e.MOVQ(n, left)
		e.at(block)
		e.CMPQ(left, op.U8(0))
		e.JLE(done)
		v, acc, f := e.vec(), e.vec(), e.GP64()
		e.VMOVUPD(mem(at, 0), v)
		e.zero(acc)
		e.XORQ(f, f)
		e.at(loop)
		other := e.vec()
		e.VPBROADCASTQ(index(keys, f, 8), other)
		if e.wide {
			e.VPCMPGTQ(v, other, reg.K2)
			e.VPADDQ(one, acc, reg.K2, acc)
		} else {
			e.VPCMPGTQ(v, other, other)
			e.VPSUBQ(other, acc, acc)
		}
		e.INCQ(f)
		e.CMPQ(f, n)
		e.JLT(loop)
		e.VMOVUPD(acc, mem(rank, 0))
		e.ADDQ(op.U32(uint32(e.bytes())), at)
		e.ADDQ(op.U32(uint32(e.bytes())), rank)
		e.SUBQ(op.U32(uint32(e.lanes())), left)
		e.JMP(block)
		e.at(done)
		e.end()
	}
}
