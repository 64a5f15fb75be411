package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestShortestReadsBack(t *testing.T) {
	assert.Equal(t, "0.1", Shortest(float64(float32(0.1))))
	assert.Equal(t, "0.1", Shortest(0.1))
	assert.Equal(t, "-0.4197901000001", Shortest(-0.4197901000001))
}
