package losses_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses"
)

func TestOptionsAsText(t *testing.T) {
	type options struct {
		N losses.Normalizer
		C losses.Count
	}
	for want, o := range map[string]options{
		`{"N":"two_m","C":"nodes"}`:       {losses.TwoM, losses.CountNodes},
		`{"N":"twice_stored","C":"rows"}`: {losses.TwiceStored, losses.CountRows},
	} {
		data, err := json.Marshal(o)
		require.NoError(t, err)
		assert.Equal(t, want, string(data))
		var back options
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, o, back)
	}
	_, err := losses.Normalizer(2).MarshalText()
	assert.EqualError(t, err, "losses: Normalizer = 2, want 0 to 1")
	_, err = losses.Count(-1).MarshalText()
	assert.Error(t, err)
	var n losses.Normalizer
	assert.EqualError(t, n.UnmarshalText([]byte("m")), `losses: Normalizer = "m", want one of ["two_m" "twice_stored"]`)
	var c losses.Count
	assert.Error(t, c.UnmarshalText([]byte("")))
}
