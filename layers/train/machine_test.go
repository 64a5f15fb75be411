package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// moded is 1 in training and 0 in evaluation.
type moded struct {
	tapOp
	training bool
}

func (m *moded) SetTraining(on bool) error { m.training = on; return nil }

func (m *moded) Do(...G.Value) (G.Value, error) {
	if m.training {
		return G.NewF64(1), nil
	}
	return G.NewF64(0), nil
}

func TestMachinesOverOneGraphKeepTheirModes(t *testing.T) {
	g := G.NewGraph()
	x := G.NewScalar(g, tensor.Float64, G.WithName("x"), G.WithValue(1.5))
	n, err := G.ApplyOp(&moded{tapOp: tapOp{input: x.Type()}}, x)
	require.NoError(t, err)
	read, root, err := newTap(n)
	require.NoError(t, err)
	on, off := newMachine(g, G.Nodes{root}, true), newMachine(g, G.Nodes{root}, false)
	for range 2 {
		require.NoError(t, on.run())
		assert.Equal(t, 1., read.value.Data())
		require.NoError(t, off.run())
		assert.Equal(t, 0., read.value.Data())
	}
	require.NoError(t, on.close())
	require.NoError(t, off.close())
}
