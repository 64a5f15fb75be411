package modes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes"
)

func TestKindAsText(t *testing.T) {
	for k, want := range map[modes.Kind]string{modes.Symmetric: "symmetric", modes.RandomWalk: "random_walk", modes.Unnormalized: "unnormalized"} {
		text, err := k.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		back := modes.Kind(9)
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, k, back)
	}
	_, err := modes.Kind(3).MarshalText()
	assert.EqualError(t, err, "modes: normalization = Kind(3), want symmetric, random_walk or unnormalized")
	var k modes.Kind
	assert.EqualError(t, k.UnmarshalText([]byte("")), `modes: normalization = "", want symmetric, random_walk or unnormalized`)
}
