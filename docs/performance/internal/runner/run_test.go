package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOutput(t *testing.T) {
	out, err := Output(t.TempDir(), nil, "go", "env", "GOOS")
	require.NoError(t, err)
	assert.NotEmpty(t, LastLines(string(out), 1))
	_, err = Output("", nil, "go", "no-such-command")
	require.ErrorContains(t, err, "go no-such-command: exit status 2\n")
	assert.ErrorContains(t, err, "unknown command", "what it printed")
}

func TestLastLines(t *testing.T) {
	assert.Equal(t, "b\nc", LastLines("a\nb\nc\n", 2))
	assert.Equal(t, "a", LastLines("a\n", 2))
	assert.Empty(t, LastLines("", 1))
}

func TestTrainingFails(t *testing.T) {
	_, err := Training{Bin: "go", File: "no.npz", Method: "dmon", K: 2, Epochs: 1, Threads: 1}.In(t.TempDir())
	assert.ErrorContains(t, err, "--data no.npz --method dmon --k 2 ")
}
