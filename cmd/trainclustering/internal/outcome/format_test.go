package outcome

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMedian(t *testing.T) {
	assert.Zero(t, median(nil))
	assert.InDelta(t, 2, median([]float64{9, 1, 2}), 0)
	assert.InDelta(t, 1.5, median([]float64{2, 1}), 0)
}

func TestRestartSeed(t *testing.T) {
	assert.EqualValues(t, 7, RestartSeed(7, 0))
	assert.Equal(t, RestartSeed(7, 3), RestartSeed(7, 3))
	assert.NotEqual(t, RestartSeed(7, 3), RestartSeed(8, 3))
	assert.NotEqual(t, RestartSeed(7, 3), RestartSeed(7, 2))
}
