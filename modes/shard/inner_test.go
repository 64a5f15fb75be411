package shard

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBFloat16(t *testing.T) {
	for x, want := range map[float32]float32{
		1: 1, -2.5: -2.5, 0: 0,
		1 + 0x1p-8:  1,          // half a step above an even one
		1 + 0x3p-8:  1 + 0x1p-6, // half a step above an odd one
		1 + 0x1p-7:  1 + 0x1p-7,
		0x1.fep127:  0x1.fep127,
		0x1p-133:    0x1p-133, // the smallest
		3.14159274:  3.140625,
		-0x1.ffp-10: -0x1p-9,
	} {
		got := make([]float32, 1)
		fromBFloat16(toBFloat16([]float32{x}, nil), got)
		assert.Equal(t, want, got[0], "%v", x)
	}
}

// TestPropagationInFloat64 adds up rows before they are rounded: a path of
// three nodes, weights 2 and 3, and an isolated one.
func TestPropagationInFloat64(t *testing.T) {
	w := &writer{meta: Meta{Loop: 1}, factor: []float64{inverseRoot(3), inverseRoot(6), inverseRoot(4), inverseRoot(1)}}
	h := &hopBlock{
		p: &propagation{w: w}, x: []float32{1, 10, 2, 20, 4, 40, 8, 80}, width: 2, sum: make([]float64, 2),
		e: Edges{Ptr: []int64{0, 1, 3, 4, 4}, Col: []int32{1, 0, 2, 1}, Weight: []float32{2, 2, 3, 3}},
	}
	for i, want := range []float64{
		1./3 + 2*2/math.Sqrt(18),
		2./6 + 2*1/math.Sqrt(18) + 3*4/math.Sqrt(24),
		4./4 + 3*2/math.Sqrt(24),
		8,
	} {
		h.row(0, i)
		assert.InDelta(t, want, h.sum[0], 1e-14)
		assert.InDelta(t, 10*want, h.sum[1], 1e-13)
	}
}

func TestMirrorSeesWeightsAndPlaces(t *testing.T) {
	asymmetric := func(e Edges) bool {
		var m mirror
		m.add(0, &e)
		return m.check() != nil
	}
	ptr := []int64{0, 2, 3, 4}
	assert.False(t, asymmetric(Edges{Ptr: ptr, Col: []int32{1, 2, 0, 0}}))
	assert.False(t, asymmetric(Edges{Ptr: ptr, Col: []int32{1, 2, 0, 0}, Weight: []float32{1, 2, 1, 2}}))
	assert.True(t, asymmetric(Edges{Ptr: ptr, Col: []int32{1, 2, 0, 0}, Weight: []float32{1, 2, 2, 1}}))
	assert.True(t, asymmetric(Edges{Ptr: ptr, Col: []int32{1, 2, 0, 1}}))
	assert.False(t, asymmetric(Edges{Ptr: []int64{0, 1}, Col: []int32{0}}), "a loop")
}

func TestSwap(t *testing.T) {
	b := []byte{1, 2, 3, 4, 5, 6, 7, 8}
	swap(b, 4)
	assert.Equal(t, []byte{4, 3, 2, 1, 8, 7, 6, 5}, b)
}
