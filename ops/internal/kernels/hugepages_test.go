package kernels

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHugePagesKeepsContents(t *testing.T) {
	assert.False(t, HugePages([]float32{1, 2, 3}), "too small to matter")
	assert.False(t, HugePages[float64](nil))
	x := make([]float32, 3<<20)
	for i := range x {
		x[i] = float32(i % 1021)
	}
	HugePages(x) // the system may refuse
	for i, v := range x {
		if v != float32(i%1021) {
			require.Equal(t, float32(i%1021), v, "at %d", i)
		}
	}
}
