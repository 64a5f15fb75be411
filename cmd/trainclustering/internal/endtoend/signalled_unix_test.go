//go:build unix

package endtoend

import (
	"bufio"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// signalled stops a long training by each signal once it says that it trains,
// and resumes it each time. It gives the statuses.
func signalled(t *testing.T, dir string) (statuses []int) {
	t.Helper()
	const training = "train --data g.npz --k 4 --epochs 1000000 --patience 0 --state long --checkpoint-every 1 --out stopped"
	for i, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		args := training
		if i > 0 {
			args += " --resume"
		}
		cmd := command(t, dir, strings.Fields(args))
		stderr, err := cmd.StderrPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		r := bufio.NewReader(stderr)
		for line := ""; !strings.Contains(line, "epoch "); {
			line, err = r.ReadString('\n')
			require.NoError(t, err)
		}
		require.NoError(t, cmd.Process.Signal(signal))
		rest, err := io.ReadAll(r)
		require.NoError(t, err)
		_ = cmd.Wait() // its status is looked at
		assert.Contains(t, string(rest), "--resume", "says how to go on")
		assert.Contains(t, read(t, dir, "stopped/metrics.json"), `"stopped": true`)
		assert.NotEmpty(t, names(t, dir+"/long"))
		statuses = append(statuses, cmd.ProcessState.ExitCode())
	}
	assert.Equal(t, []int{130, 143, 129}, statuses)
	return statuses
}
