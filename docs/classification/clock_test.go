package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEpochsAreTimed(t *testing.T) {
	dir := write(t, 60)
	for name, extra := range map[string][]string{"disjoint": nil, "batch": {"--batch-mode"}} {
		c, err := parse(append([]string{"--data", dir, "--datasets", "RINGS", "--models", "none", "--units", "8", "--dropout", "0", "--batch", "60", "--time", "8"}, extra...))
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, c.clock(&b))
		var got clocked
		require.NoError(t, json.Unmarshal(b.Bytes(), &got))
		assert.Positive(t, got.Seconds)
		assert.GreaterOrEqual(t, got.CPU, 0.)
		assert.Positive(t, got.Loss)
		assert.Less(t, got.Loss, .69, "%s: it learns: a guess has ln 2", name)
	}
}

func TestClockFlags(t *testing.T) {
	for want, args := range map[string][]string{
		"--time -1, want at least 0":     {"--time", "-1"},
		"--batch-mode without --time":    {"--batch-mode"},
		"--time with 6 data sets and 21": {"--time", "1"},
	} {
		c, err := parse(append([]string{"--data", "x"}, args...))
		if err == nil {
			err = c.clock(&bytes.Buffer{})
		}
		assert.ErrorContains(t, err, want)
	}
}
