package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	op "github.com/mmcloughlin/avo/operand"
)

// pause waits without disturbing the other thread of the core.
func pause(c *build.Context) {
	c.Function("pause")
	c.Doc("pause waits for n times some tens of nanoseconds, n at least 1.")
	c.Attributes(attr.NOSPLIT)
	c.SignatureExpr("func(n int)")
	n := c.GP64()
	c.Load(c.Param("n"), n)
	c.Label("loop")
	c.PAUSE()
	c.DECQ(n)
	c.JNE(op.LabelRef("loop"))
	c.RET()
}
