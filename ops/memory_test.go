package ops

import (
	"fmt"
	"testing"

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
		if y.Shape().IsScalar() {
			t.Skip("a scalar is a new value at every run")
		}
		vm := G.NewTapeMachine(y.Graph())
		defer vm.Close()
		var first uintptr
		for run := range 3 {
			require.NoError(t, vm.RunAll())
			if run == 0 {
				first = y.Value().Uintptr()
			}
			assert.Equal(t, first, y.Value().Uintptr(), "run %d", run)
			vm.Reset()
		}
	})
}

// Two nodes of one kind have memory each.
func TestTwoNodesHaveTheirOwnMemory(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	a, b := must[*G.Node](t)(Affine(x, 2, 0)), must[*G.Node](t)(Affine(x, 3, 0))
	sum := must[*G.Node](t)(Hadamard(a, b))
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	assert.Equal(t, []float64{6, 24}, nums(sum.Value()))
	assert.NotEqual(t, a.Value().Uintptr(), b.Value().Uintptr())
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
