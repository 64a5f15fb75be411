package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	op "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// highest is the highest of whole numbers, by which indices are checked.
func highest(c *build.Context) {
	const sums, lanes = 4, 8
	c.Function("highestAVX2")
	c.Doc("highestAVX2 gives the highest of n numbers, read as uint32, n a multiple of 32 and not 0.")
	c.Attributes(attr.NOSPLIT)
	c.SignatureExpr("func(x *int32, n int) uint32")
	x, n := c.GP64(), c.GP64()
	c.Load(c.Param("x"), x)
	c.Load(c.Param("n"), n)
	var most [sums]reg.VecVirtual
	for i := range most {
		most[i] = c.YMM()
		c.VPXOR(most[i], most[i], most[i])
	}
	c.Label("loop")
	for i, m := range most {
		c.VPMAXUD(op.Mem{Base: x, Disp: 4 * lanes * i}, m, m)
	}
	c.ADDQ(op.U32(4*lanes*sums), x)
	c.SUBQ(op.U32(lanes*sums), n)
	c.JNE(op.LabelRef("loop"))

	c.VPMAXUD(most[1], most[0], most[0])
	c.VPMAXUD(most[3], most[2], most[2])
	c.VPMAXUD(most[2], most[0], most[0])
	all, half := most[0].AsX(), c.XMM()
	c.VEXTRACTI128(op.U8(1), most[0], half)
	c.VPMAXUD(half, all, all)
	for _, order := range []op.U8{0x4e, 0xb1} { // the other two, the other one
		c.VPSHUFD(order, all, half)
		c.VPMAXUD(half, all, all)
	}
	out := c.GP32()
	c.VMOVD(all, out)
	c.VZEROUPPER()
	c.Store(out, c.ReturnIndex(0))
	c.RET()
}
