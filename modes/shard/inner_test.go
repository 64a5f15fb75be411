package shard

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
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

// TestPropagationIsTheLibrarysProduct compares rows before they are rounded
// with those of modes.Host.Normalized.
func TestPropagationIsTheLibrarysProduct(t *testing.T) {
	const nodes, width = 50, 3
	r := rand.New(rand.NewPCG(9, 10))
	var row, col []int
	var weight []float64
	for range 200 {
		i, j, w := r.IntN(nodes-1), r.IntN(nodes-1), float64(float32(r.ExpFloat64())) // the last node is alone
		row, col, weight = append(row, i, j), append(col, j, i), append(weight, w, w)
	}
	h, err := modes.FromCOO(nodes, row, col, weight)
	require.NoError(t, err)
	h.X = tensor.New(tensor.WithShape(nodes, width), tensor.WithBacking(make([]float32, nodes*width)))
	x := h.X.Data().([]float32)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	for e, w := range h.Weights {
		h.Weights[e] = float64(float32(w))
	}
	s, err := FromHost(h)
	require.NoError(t, err)
	hop := &hopBlock{p: &propagation{w: &writer{meta: Meta{Loop: 1}}}, x: x, width: width, sum: make([]float64, width)}
	require.NoError(t, s.Edges(0, nodes, &hop.e))
	for i := range nodes {
		hop.p.w.factor = append(hop.p.w.factor, inverseRoot(1+hop.e.degree(i)))
	}
	n, err := h.Normalized(modes.GCN())
	require.NoError(t, err)
	for i := range nodes {
		hop.row(0, i)
		for c, got := range hop.sum {
			want := 0.
			for e := n.Pattern.Ptr()[i]; e < n.Pattern.Ptr()[i+1]; e++ {
				want += n.Weights[e] * float64(x[int(n.Pattern.Col()[e])*width+c])
			}
			assert.InDelta(t, want, got, 1e-12)
		}
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

// A disk that is full is told once, not again when the file is closed.
func TestAFileThatCannotBeWrittenIsOneError(t *testing.T) {
	w := &writer{dir: t.TempDir(), meta: Meta{Files: map[string]FileSum{}}}
	err := w.file("x", func(f *blockWriter) error {
		require.NoError(t, f.f.Close())
		return f.block([]byte{1})
	})
	assert.EqualError(t, err, filepath.Join(w.dir, "x")+": file already closed")
	assert.Empty(t, w.meta.Files)
}
