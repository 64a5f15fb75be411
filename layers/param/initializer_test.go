package param

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func draw(t *testing.T, init Initializer, shape ...int) []float64 {
	t.Helper()
	w, err := init.Draw(rand.New(rand.NewPCG(1, 2)), shape)
	require.NoError(t, err)
	return w
}

func TestFixedInitializers(t *testing.T) {
	assert.Equal(t, []float64{0, 0, 0}, draw(t, Zeros{}, 3))
	assert.Equal(t, []float64{1, 1, 1, 1}, draw(t, Ones{}, 2, 2))
	assert.Equal(t, []float64{-2.5, -2.5}, draw(t, Constant{-2.5}, 2))
	assert.Equal(t, []float64{1, 0, 0, 0, 1, 0}, draw(t, Identity{}, 2, 3))
	assert.Equal(t, []float64{2, 0, 0, 2, 0, 0}, draw(t, Identity{Gain: 2}, 3, 2))
	_, err := Identity{}.Draw(nil, []int{3})
	assert.EqualError(t, err, "identity: shape (3), want a matrix")
}
