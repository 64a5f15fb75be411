package main

// peakSums is how many sums are under way at once: enough for two fused
// operations a cycle of a latency of up to six.
const peakSums = 12

// peak is the limit that products are measured against.
func peak(e *emitter) {
	e.begin("peak", "adds n times the products of two vectors to twelve sums, all in registers, and stores one.", "out *T, n int")
	out, n := e.arg("out"), e.arg("n")
	x, y, sums := e.vec(), e.vec(), e.vecs(peakSums)
	e.zero(x)
	e.zero(y)
	for _, v := range sums {
		e.zero(v)
	}
	loop := e.label("loop")
	e.at(loop)
	for _, v := range sums {
		e.fma(x, y, v)
	}
	e.DECQ(n)
	e.JG(loop)
	for _, v := range sums[1:] {
		e.add(v, sums[0], sums[0])
	}
	e.pick(e.VMOVSS, e.VMOVSD, sums[0].AsX(), mem(out, 0))
	e.end()
}
