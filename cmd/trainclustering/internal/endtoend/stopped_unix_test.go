//go:build unix

package endtoend

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stops is how often a run is stopped: few times, or as often as TRAINCLUSTERING_STOPS says.
func stops(t *testing.T) int {
	asked := os.Getenv("TRAINCLUSTERING_STOPS")
	if asked == "" {
		return 5
	}
	n, err := strconv.Atoi(asked)
	require.NoError(t, err, "TRAINCLUSTERING_STOPS")
	return n
}

// trial is a folder with a graph, and what a training there that nothing
// stopped ends in.
type trial struct {
	dir    string
	result map[string]string
	took   time.Duration
}

// training is the run that is stopped: two restarts, a checkpoint each second epoch.
const training = "train --quiet --data g.npz --k 4 --seed 3 --restarts 2 --epochs 24 --out out --state state --checkpoint-every 2"

func newTrial(t *testing.T, dir string) trial {
	t.Helper()
	done(t, dir, "generate sbm --nodes 300 --clusters 4 --avg-degree 8 --feature-dim 8 --out g.npz")
	begun := time.Now()
	done(t, dir, training)
	c := trial{dir: dir, result: results(t, filepath.Join(dir, "out")), took: time.Since(begun)}
	require.NoDirExists(t, filepath.Join(dir, "state"))
	return c
}

// results are the files of a result that equal trainings write equally: all but those with times or the command in them.
func results(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for _, name := range []string{"assignments.csv", "history.csv", "coarse.csv", "clusters.svg"} {
		out[name] = read(t, dir, name)
	}
	out["weights"] = weights(t, filepath.Join(dir, "model.safetensors"))
	return out
}

// weights is a safetensors file without its header, which has the command.
func weights(t *testing.T, path string) string {
	t.Helper()
	all, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Greater(t, len(all), 8)
	n := 0
	for i := range 8 {
		n |= int(all[i]) << (8 * i)
	}
	return string(all[8+n:])
}

// whole wants a folder to hold what its manifest lists, and nothing else.
func whole(t *testing.T, dir string) {
	t.Helper()
	var m struct {
		Files []struct{ Name, SHA256 string }
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, dir, "manifest.json")), &m))
	require.Len(t, m.Files, 8)
	want := []string{"manifest.json"}
	for _, f := range m.Files {
		sum := sha256.Sum256([]byte(read(t, dir, f.Name)))
		require.Equal(t, f.SHA256, hex.EncodeToString(sum[:]), f.Name)
		want = append(want, f.Name)
	}
	require.ElementsMatch(t, want, names(t, dir))
}

// begin puts the result of an earlier training in place, and no state.
func (c trial) begin(t *testing.T) (old string) {
	t.Helper()
	out := filepath.Join(c.dir, "out")
	require.NoError(t, os.RemoveAll(out))
	require.NoError(t, os.RemoveAll(filepath.Join(c.dir, "state")))
	done(t, c.dir, "train --quiet --data g.npz --k 3 --epochs 1 --out out")
	return read(t, out, "manifest.json")
}

// stop starts the training, signals it after a wait, and returns its status.
func (c trial) stop(t *testing.T, signal syscall.Signal, args string, wait func()) int {
	t.Helper()
	cmd := command(t, c.dir, strings.Fields(args))
	require.NoError(t, cmd.Start())
	wait()
	_ = cmd.Process.Signal(signal) // it may have ended
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode()
}

// resume ends the training and wants the bits of the one that nothing stopped.
// A run that was stopped after its result was written has nothing to resume.
func (c trial) resume(t *testing.T) {
	t.Helper()
	out, state := filepath.Join(c.dir, "out"), filepath.Join(c.dir, "state")
	if slices.Contains(names(t, state), "run.json") {
		done(t, c.dir, training+" --resume")
	} else if !assert.ObjectsAreEqual(c.result, results(t, out)) {
		done(t, c.dir, training) // stopped before it began
	}
	whole(t, out)
	assert.Equal(t, c.result, results(t, out))
	assert.Empty(t, names(t, state))
	for _, name := range names(t, c.dir) {
		assert.Contains(t, []string{"g.npz", "out", "state"}, name, "left beside the result")
	}
}

// waits are the moments to stop at: any moment of the run, as a checkpoint is
// written, and as the result is.
func (c trial) waits(t *testing.T) []func() {
	seen := func(path, part string) func() {
		return func() {
			for begun := time.Now(); time.Since(begun) < 2*c.took; time.Sleep(20 * time.Microsecond) {
				if slices.ContainsFunc(names(t, path), func(name string) bool { return strings.HasPrefix(name, part) }) {
					break
				}
			}
			time.Sleep(time.Duration(rand.IntN(10_000)) * time.Microsecond)
		}
	}
	return []func(){
		func() { time.Sleep(rand.N(c.took)) },
		func() {
			time.Sleep(rand.N(c.took / 2))
			seen(filepath.Join(c.dir, "state"), ".")()
		},
		seen(c.dir, ".trainclustering"),
	}
}

func TestStoppedTrainingsResumeToTheSameBits(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT, syscall.SIGTERM} {
		t.Run(fmt.Sprint(signal), func(t *testing.T) {
			c := newTrial(t, t.TempDir())
			waits, counts := c.waits(t), make(map[string]int)
			for i := range stops(t) {
				old := c.begin(t)
				status := c.stop(t, signal, training, waits[i%len(waits)])
				whole(t, filepath.Join(c.dir, "out"))
				state := names(t, filepath.Join(c.dir, "state"))
				switch now := read(t, filepath.Join(c.dir, "out"), "manifest.json"); {
				case status == 0:
					counts["ended before"]++
				case now == old:
					counts["old result"]++
				default:
					counts["new result"]++
				}
				if slices.ContainsFunc(state, func(name string) bool { return strings.HasPrefix(name, ".") }) {
					counts["a checkpoint cut off"]++
				}
				if slices.Contains(state, "run.json") && i%2 == 0 { // and again while it resumes
					status = c.stop(t, signal, training+" --resume", waits[0])
					whole(t, filepath.Join(c.dir, "out"))
				}
				if signal != syscall.SIGKILL && status > 0 {
					assert.Equal(t, 128+int(signal), status)
				}
				c.resume(t)
			}
			t.Log(signal, counts)
		})
	}
}
