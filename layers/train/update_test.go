package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// A frozen weight follows twice itself plus one, once a step.
func TestStepMovesFrozenWeights(t *testing.T) {
	for _, size := range []int{1, 2} {
		store, err := param.NewStore(tensor.Float32, 1)
		require.NoError(t, err)
		g := G.NewGraph()
		sc := store.Scope(g, true)
		w, err := sc.Param("w", param.Ones{}, param.Spec{}, size)
		require.NoError(t, err)
		still, err := sc.Param("moving", param.Ones{}, param.Spec{Frozen: true}, size)
		require.NoError(t, err)
		next, err := ops.Affine(still, 2, 1)
		require.NoError(t, err)
		require.NoError(t, sc.AddUpdate(still, next))
		loss, err := ops.Hadamard(w, w)
		require.NoError(t, err)
		loss, err = ops.Sum(loss)
		require.NoError(t, err)

		tr, err := New(sc, loss, NewAdam(0.1), Options{})
		require.NoError(t, err)
		defer tr.Close()
		_, err = tr.Run()
		require.NoError(t, err)
		assert.Equal(t, float32(1), store.Get("moving").Tensor.Float32s()[0], "a run is no step")
		for _, want := range []float32{3, 7, 15} {
			_, err = tr.Step()
			require.NoError(t, err)
			for _, got := range store.Get("moving").Tensor.Float32s() {
				assert.Equal(t, want, got)
			}
		}
	}
}
