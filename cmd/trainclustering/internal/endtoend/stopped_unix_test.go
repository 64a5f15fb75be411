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
	dir     string
	result  map[string]string
	earlier string // a folder with the result of another training
}

// training is the run that is stopped: two restarts, a checkpoint each second epoch.
const training = "train --quiet --data g.npz --k 4 --seed 3 --restarts 2 --epochs 24 --out out --state state --checkpoint-every 2"

func newTrial(t *testing.T, dir string) trial {
	t.Helper()
	done(t, dir, "generate sbm --nodes 300 --clusters 4 --avg-degree 8 --feature-dim 8 --out g.npz")
	done(t, dir, training)
	c := trial{dir: dir, result: results(t, filepath.Join(dir, "out")), earlier: filepath.Join(t.TempDir(), "earlier")}
	done(t, dir, "train --quiet --data g.npz --k 3 --epochs 1 --out "+c.earlier)
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
	require.NoError(t, os.CopyFS(out, os.DirFS(c.earlier)))
	return read(t, out, "manifest.json")
}

// moment waits for a moment of a run that has not ended, which the function
// tells.
type moment func(runs func() bool)

// stop starts the training, signals it at a moment, and returns its status.
func (c trial) stop(t *testing.T, signal syscall.Signal, args string, wait moment) int {
	t.Helper()
	cmd := command(t, c.dir, strings.Fields(args))
	require.NoError(t, cmd.Start())
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // its status is looked at
		close(ended)
	}()
	wait(func() bool {
		select {
		case <-ended:
			return false
		case <-time.After(20 * time.Microsecond):
			return true
		}
	})
	_ = cmd.Process.Signal(signal) // it may have ended
	<-ended
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

// moments are those to stop at, by what is seen in the folders: after any of
// the checkpoints, as a checkpoint is written, and as the result is.
func (c trial) moments(t *testing.T) []moment {
	state := filepath.Join(c.dir, "state")
	later := func() { time.Sleep(rand.N(5 * time.Millisecond)) } // anywhere between two signs
	checkpoints := func(runs func() bool) {
		last := time.Time{}
		for n := rand.IntN(20); n >= 0 && runs(); {
			if now := changed(filepath.Join(state, "current.safetensors")); now.After(last) {
				last, n = now, n-1
			}
		}
		later()
	}
	return []moment{
		checkpoints,
		func(runs func() bool) {
			for n := rand.IntN(5); n >= 0 && runs(); {
				if slices.ContainsFunc(names(t, state), hidden) {
					n--
				}
			}
		},
		func(runs func() bool) {
			for !slices.ContainsFunc(names(t, c.dir), hidden) && runs() {
			}
			later()
		},
	}
}

// hidden tells a file under way by its name.
func hidden(name string) bool { return strings.HasPrefix(name, ".") }

func TestStoppedTrainingsResumeToTheSameBits(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT} {
		t.Run(fmt.Sprint(signal), func(t *testing.T) {
			c := newTrial(t, t.TempDir())
			moments, counts := c.moments(t), make(map[string]int)
			for i := range stops(t) {
				old := c.begin(t)
				status := c.stop(t, signal, training, moments[i%len(moments)])
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
				if slices.ContainsFunc(state, hidden) {
					counts["a checkpoint cut off"]++
				}
				if slices.Contains(state, "run.json") && i%2 == 0 { // and again while it resumes
					status = c.stop(t, signal, training+" --resume", moments[0])
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
