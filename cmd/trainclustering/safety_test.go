//go:build unix

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wholeRun is the text of the manifest of a folder, after a look whether the
// files are just those that it lists, and a foreign one. "" is no folder.
func wholeRun(t *testing.T, dir, foreign string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	require.NoError(t, err)
	var m struct {
		Files []struct{ Name, SHA256 string }
	}
	require.NoError(t, json.Unmarshal(text, &m))
	assert.Len(t, m.Files, 8)
	want := []string{"manifest.json"}
	if foreign != "" {
		want = append(want, foreign)
	}
	for _, f := range m.Files {
		content, err := os.ReadFile(filepath.Join(dir, f.Name))
		require.NoError(t, err)
		sum := sha256.Sum256(content)
		assert.Equal(t, f.SHA256, hex.EncodeToString(sum[:]), f.Name)
		want = append(want, f.Name)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	assert.ElementsMatch(t, want, names)
	return string(text)
}

// TestKilledRunsLeaveOldOrNew sends signals at moments aimed at the writing: as
// soon as something new shows beside the output folder, and a little later.
func TestKilledRunsLeaveOldOrNew(t *testing.T) {
	bin := builtBinary(t)
	for _, foreign := range []string{"", "notes.txt"} {
		for signal, times := range map[syscall.Signal]int{
			syscall.SIGKILL: 25, syscall.SIGTERM: 10, syscall.SIGHUP: 10, syscall.SIGINT: 10,
		} {
			t.Run(fmt.Sprintf("%v with foreign %q", signal, foreign), func(t *testing.T) {
				parent := t.TempDir()
				dir := filepath.Join(parent, "out")
				if foreign != "" {
					require.NoError(t, os.Mkdir(dir, 0o755))
					writeText(t, filepath.Join(dir, foreign), "mine")
				}
				old, fresh := "", 0
				for i := range times {
					now := killedAtWriting(t, bin, parent, i, signal)
					if now != old && now != "" {
						fresh++
					}
					old = now
				}
				t.Logf("%d of %d were new", fresh, times)
				out, err := exec.Command(bin, "train", "--quiet", "--epochs", "1", "--out", dir).CombinedOutput()
				require.NoError(t, err, string(out))
				assert.NotEmpty(t, wholeRun(t, dir, foreign))
				assert.Len(t, mustReadDir(t, parent), 1, "nothing beside the folder")
			})
		}
	}
}

// killedAtWriting runs the command, signals it while it writes, and returns
// what is in the folder then.
func killedAtWriting(t *testing.T, bin, parent string, seed int, signal syscall.Signal) string {
	t.Helper()
	dir := filepath.Join(parent, "out")
	foreign := ""
	if _, err := os.Stat(filepath.Join(dir, "notes.txt")); err == nil {
		foreign = "notes.txt"
	}
	before := stagesOf(t, parent)
	cmd := exec.Command(bin, "train", "--quiet", "--epochs", "1", "--seed", fmt.Sprint(seed), "--out", dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var err error
	for over := false; !over && stagesOf(t, parent) == before; {
		select {
		case err = <-ended:
			over = true
			ended <- err
		case <-time.After(50 * time.Microsecond):
		}
	}
	time.Sleep(time.Duration(rand.IntN(12_000)) * time.Microsecond)
	_ = cmd.Process.Signal(signal)
	err = <-ended
	var exit *exec.ExitError
	if errors.As(err, &exit) && signal != syscall.SIGKILL {
		assert.Equal(t, 128+int(signal), exit.ExitCode(), stderr.String())
		assert.Contains(t, stderr.String(), "nothing was written")
		assert.LessOrEqual(t, len(mustReadDir(t, parent)), 1, "a signal that can be caught leaves nothing")
	}
	if foreign != "" {
		text, err := os.ReadFile(filepath.Join(dir, foreign))
		require.NoError(t, err)
		assert.Equal(t, "mine", string(text))
		if _, err := os.Stat(filepath.Join(dir, "manifest.json")); errors.Is(err, os.ErrNotExist) {
			assert.Len(t, mustReadDir(t, dir), 1)
			return ""
		}
	}
	return wholeRun(t, dir, foreign)
}

// stagesOf names what stands beside the output folder.
func stagesOf(t *testing.T, parent string) string {
	var names []string
	for _, e := range mustReadDir(t, parent) {
		if e.Name() != "out" {
			names = append(names, e.Name())
		}
	}
	return strings.Join(names, " ")
}

func TestFullStandardOutputFails(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	bin := builtBinary(t)
	for _, args := range []string{"--help", "--version", "train --help", "train --epochs 1", "completion bash"} {
		var stderr strings.Builder
		cmd := exec.Command(bin, strings.Fields(args)...)
		cmd.Stdout, cmd.Stderr = full, &stderr
		var exit *exec.ExitError
		require.ErrorAs(t, cmd.Run(), &exit, args)
		assert.Equal(t, 1, exit.ExitCode(), args)
		assert.Contains(t, stderr.String(), "trainclustering: writing to standard output: no space left on device\n", args)
	}
}
