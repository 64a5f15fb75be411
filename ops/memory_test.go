package ops

import (
	"fmt"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

// The built-in Add writes into its left operand, which here is what an op
// gave. The op must not take that for its own result of the last run, nor may
// an input change.
func TestOpsFollowedByAdd(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		want := c.reference(c.values())
		y, in := c.graph(t)
		shift := shiftOf(y)
		z := must[*G.Node](t)(G.Add(y, node(y.Graph(), "shift", shift)))
		var got G.Value
		G.Read(z, &got)
		vm := G.NewTapeMachine(y.Graph())
		defer vm.Close()
		var first []float64
		for run := range 4 {
			require.NoError(t, vm.RunAll())
			sum := nums(got)
			if first == nil {
				first = sum
			}
			sameBits(t, first, sum, fmt.Sprint("run ", run))
			for i, s := range nums(shift) {
				assert.InDelta(t, want[i]+s, sum[i], 1e-10, "run %d", run)
			}
			vm.Reset()
		}
		for i, x := range c.in {
			assert.Equal(t, nums(x.Value), nums(in[i].Value()), "input %d", i)
		}
	})
}

// shiftOf is numbers in the shape of y.
func shiftOf(y *G.Node) G.Value {
	if y.Shape().IsScalar() {
		return G.NewF64(0.5)
	}
	return random(99, y.Shape()...)
}

// An op writes into the same memory at every run.
func TestOpsKeepTheirMemory(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		y, _ := c.graph(t)
		o := y.Op().(*op)
		vm := G.NewTapeMachine(y.Graph())
		defer vm.Close()
		var first unsafe.Pointer
		for range 3 {
			require.NoError(t, vm.RunAll())
			at := unsafe.Pointer(unsafe.SliceData(o.buf.f64))
			require.NotNil(t, at)
			if first == nil {
				first = at
			}
			assert.Equal(t, first, at)
			if !y.Shape().IsScalar() {
				assert.Equal(t, uintptr(at), y.Value().Uintptr(), "the result is the buffer")
			}
			vm.Reset()
		}
	})
}

// Two nodes of one kind have a buffer each.
func TestTwoNodesHaveTheirOwnMemory(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	a, b := must[*G.Node](t)(Affine(x, 2, 0)), must[*G.Node](t)(Affine(x, 3, 0))
	sum := must[*G.Node](t)(Hadamard(a, b))
	assert.Equal(t, []float64{6, 24}, nums(eval(t, sum)[0]))
	assert.NotEqual(t, unsafe.SliceData(a.Op().(*op).buf.f64), unsafe.SliceData(b.Op().(*op).buf.f64))
}

// A view of another tensor is read in its own order.
func TestViewsAreReadInTheirOrder(t *testing.T) {
	x := mat(2, 3, 1, 2, 3, 4, 5, 6)
	require.NoError(t, x.T())
	g := G.NewGraph()
	y := must[*G.Node](t)(Affine(node(g, "x", x), 1, 0))
	assert.Equal(t, []float64{1, 4, 2, 5, 3, 6}, nums(eval(t, y)[0]))
	cut, err := mat(2, 3, 1, 2, 3, 4, 5, 6).Slice(nil, G.S(1, 3))
	require.NoError(t, err)
	g = G.NewGraph()
	y = must[*G.Node](t)(Affine(node(g, "x", cut.(G.Value)), 1, 0))
	assert.Equal(t, []float64{2, 3, 5, 6}, nums(eval(t, y)[0]))
}
