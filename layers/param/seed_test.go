package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The figures fix the weights that a seed gives, for all time: changing one
// makes every published seed mean something else.
func TestSeedsAreFixed(t *testing.T) {
	assert.Equal(t, uint64(0xcbf29ce484222325), pathHash(""))
	assert.Equal(t, uint64(0xaf63dc4c8601ec8c), pathHash("a"))
	assert.Equal(t, uint64(0xe220a8397b1dcdaf), mix(0x9e3779b97f4a7c15), "the first output of SplitMix64 at seed 0")
	a, b := pathRand(1, "a"), pathRand(1, "a")
	for range 3 {
		assert.Equal(t, a.Uint64(), b.Uint64())
	}
	assert.NotEqual(t, pathRand(1, "a").Uint64(), pathRand(1, "b").Uint64())
}
