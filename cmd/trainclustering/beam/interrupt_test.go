package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stopping is a log that stops the run at a line.
type stopping struct {
	text bytes.Buffer
	at   string
	stop func()
}

func (s *stopping) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(s.at)) {
		s.stop()
	}
	return s.text.Write(b)
}

// After a signal the clusters so far are written, as by train, and --resume goes
// on to the bits of a run that nothing stopped.
func TestAnInterruptKeepsTheClusters(t *testing.T) {
	store, dir := stored(t), t.TempDir()
	out, st := filepath.Join(dir, "out"), filepath.Join(dir, "state")
	args := []string{"trainclustering-beam", "--data", store, "--k", "4", "--hidden", "16", "--epochs", "4", "--out", out, "--state", st}
	ctx, cancel := context.WithCancel(t.Context())
	var stdout bytes.Buffer
	stderr := &stopping{at: "epoch 2/4", stop: cancel}
	assert.Equal(t, 130, run(ctx, args, &stdout, stderr))
	assert.True(t, strings.HasSuffix(stderr.text.String(), "trainclustering: interrupted after epoch 2; the clusters are the best so far, written to "+out+"\nhint: the same command with --resume continues it\n"), stderr.text.String())
	assert.Contains(t, stdout.String(), "by graph")
	assert.Len(t, history(t, out), 2)
	assert.FileExists(t, filepath.Join(out, "assignments.csv"))
	var m struct{ Stopped, Complete bool }
	text, err := os.ReadFile(filepath.Join(out, "metrics.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &m))
	assert.True(t, m.Stopped)
	assert.False(t, m.Complete)

	var quiet bytes.Buffer
	require.Zero(t, run(t.Context(), append(args, "--resume", "--quiet"), &stdout, &quiet), quiet.String())
	assert.Equal(t, history(t, trained(t, store, "dmon")), history(t, out))
	assert.NoDirExists(t, st)

	cancel()
	var none bytes.Buffer
	assert.Equal(t, 130, run(ctx, append(args, "--quiet"), &none, &none))
	assert.Equal(t, "trainclustering: interrupted before the first epoch; nothing was written\n", none.String())
}

// fullDisk takes no byte.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// The checkpoints stay until the clusters are out.
func TestCheckpointsStayUntilTheResultIsOut(t *testing.T) {
	st := filepath.Join(t.TempDir(), "state")
	args := []string{"trainclustering-beam", "--data", stored(t), "--k", "4", "--hidden", "16", "--epochs", "2", "--out", "-", "--quiet", "--state", st}
	var stdout, stderr bytes.Buffer
	require.Equal(t, 1, run(t.Context(), args, fullDisk{}, &stderr))
	assert.Contains(t, stderr.String(), "no space left on device")
	require.FileExists(t, filepath.Join(st, "current.safetensors"))
	require.Zero(t, run(t.Context(), append(args, "--resume"), &stdout, &stderr), stderr.String())
	assert.Contains(t, stdout.String(), "cluster")
	assert.NoDirExists(t, st)
}
