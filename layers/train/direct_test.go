package train

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// tapped is x², by Gorgonia, summed up over its rows by ops, with a tap.
func tapped(t *testing.T, x *G.Node) (*tap, *G.ExprGraph) {
	squares, err := G.Square(x)
	require.NoError(t, err)
	y, err := ops.RowSum(squares)
	require.NoError(t, err)
	read, root, err := newTap(y)
	require.NoError(t, err)
	return read, x.Graph().SubgraphRoots(root)
}

func input(rows, cols int) *G.Node {
	v := tensor.New(tensor.WithShape(rows, cols), tensor.WithBacking(tensor.Random(tensor.Float64, rows*cols)))
	return G.NewMatrix(G.NewGraph(), tensor.Float64, G.WithShape(rows, cols), G.WithName("x"), G.WithValue(v))
}

func TestDirectGivesTheBitsOfTheTapeMachine(t *testing.T) {
	x := input(3, 5)
	read, part := tapped(t, x)
	d, err := newDirect(part)
	require.NoError(t, err)
	require.NotNil(t, d)
	vm := G.NewTapeMachine(part)
	for range 3 {
		require.NoError(t, G.Let(x, input(3, 5).Value())) // other values in each run
		require.NoError(t, vm.RunAll())
		vm.Reset()
		want := append([]float64(nil), read.value.Data().([]float64)...)
		require.NoError(t, d.RunAll())
		d.Reset()
		assert.Equal(t, want, read.value.Data())
	}
	require.NoError(t, vm.Close())
	require.NoError(t, d.Close())
}

func TestDirectLeavesLargeResultsToTheTapeMachine(t *testing.T) {
	_, part := tapped(t, input(2, small/2))
	d, err := newDirect(part)
	require.NoError(t, err)
	assert.NotNil(t, d)
	_, part = tapped(t, input(2, small/2+1))
	d, err = newDirect(part)
	require.NoError(t, err)
	assert.Nil(t, d)
}

// broken is an op that fails, by a panic where err is nil.
type broken struct {
	tapOp
	err error
}

func (b *broken) Do(...G.Value) (G.Value, error) {
	if b.err == nil {
		panic("broken")
	}
	return nil, b.err
}

func TestWhatFailsInADirectProgramIsAnError(t *testing.T) {
	for _, op := range []*broken{{}, {err: errors.New("broken")}} {
		x := input(2, 2)
		op.input = x.Type()
		n, err := G.ApplyOp(op, x)
		require.NoError(t, err)
		e, err := NewEvaluator(n)
		require.NoError(t, err)
		_, err = e.Run()
		assert.ErrorContains(t, err, "broken")
		require.NoError(t, e.Close())
	}
}
