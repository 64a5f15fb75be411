//go:build unix

package endtoend

import (
	"bytes"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// signalled stops a long training by each signal once it has written a
// checkpoint, and resumes it each time. It gives the statuses.
func signalled(t *testing.T, dir string) (statuses []int) {
	t.Helper()
	const training = "train --data g.npz --k 4 --epochs 1000000 --patience 0 --state long --checkpoint-every 1 --out stopped"
	for i, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		require.False(t, signal.Ignored(sig), "%v is ignored, as under nohup and behind & in a script, and so by what this starts", sig)
		args := training
		if i > 0 {
			args += " --resume"
		}
		var stderr bytes.Buffer
		cmd := command(t, dir, strings.Fields(args))
		cmd.Stderr = &stderr
		before := changed(dir + "/long/current.safetensors")
		require.NoError(t, cmd.Start())
		require.Eventually(t, func() bool { return changed(dir + "/long/current.safetensors").After(before) },
			time.Minute, time.Millisecond, "no checkpoint")
		require.NoError(t, cmd.Process.Signal(sig))
		_ = cmd.Wait() // its status is looked at
		assert.Contains(t, stderr.String(), "interrupted after epoch")
		assert.Contains(t, read(t, dir, "stopped/metrics.json"), `"stopped": true`)
		assert.NotEmpty(t, names(t, dir+"/long"))
		statuses = append(statuses, cmd.ProcessState.ExitCode())
	}
	assert.Equal(t, []int{130, 143, 129}, statuses)
	return statuses
}

// changed is when a file was written, the zero time where it does not exist.
func changed(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
