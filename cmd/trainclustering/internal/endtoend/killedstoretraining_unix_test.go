//go:build unix

package endtoend

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// storeTraining is a training on a store that is killed.
const storeTraining = "train --quiet --data store --k 4 --seed 3 --restarts 2 --epochs 8 --partitions 3 --out out --state state --checkpoint-every 1"

// storeResults are the files of a result that equal trainings write equally.
func storeResults(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{"weights": weights(t, filepath.Join(dir, "model.safetensors"))}
	for _, name := range []string{"assignments.csv", "history.csv"} {
		out[name] = read(t, dir, name)
	}
	return out
}

// pace is what a training that nothing stops takes until its first checkpoint,
// and from one to the next.
type pace struct{ first, epoch time.Duration }

// paceOf runs the training to its end.
func (c trial) paceOf(t *testing.T, args string) (p pace) {
	t.Helper()
	began, state := time.Now(), filepath.Join(c.dir, "state")
	var seen []time.Time
	require.Zero(t, c.stop(t, syscall.Signal(0), args, func(runs func() bool) {
		for runs() {
			at := changed(filepath.Join(state, "current.safetensors"))
			if !at.IsZero() && (len(seen) == 0 || at.After(seen[len(seen)-1])) {
				seen = append(seen, at)
			}
		}
	}))
	require.Greater(t, len(seen), 2, "checkpoints that were seen")
	return pace{seen[0].Sub(began), seen[len(seen)-1].Sub(seen[0]) / time.Duration(len(seen)-1)}
}

// storeMoments are the kinds of moments to stop a training on a store at, each
// with a part of its time that is to pass: the set-up, the first half of an
// epoch, which is the pass for the sums, its other half, which is that for the
// gradients, the writing of a checkpoint, and that of the result.
func (c trial) storeMoments(t *testing.T, p pace) []func(part float64) moment {
	state := filepath.Join(c.dir, "state")
	sleep := func(of time.Duration, part float64) { time.Sleep(time.Duration(float64(of) * part)) }
	within := func(half float64) func(part float64) moment {
		return func(part float64) moment {
			return func(runs func() bool) {
				last := time.Time{}
				for n := int(14 * part); n >= 0 && runs(); {
					if now := changed(filepath.Join(state, "current.safetensors")); now.After(last) {
						last, n = now, n-1
					}
				}
				sleep(p.epoch, (half+part)/2)
			}
		}
	}
	return []func(part float64) moment{
		func(part float64) moment { return func(func() bool) { sleep(p.first, part) } },
		within(0),
		within(1),
		func(part float64) moment {
			return func(runs func() bool) {
				for n := int(8 * part); n >= 0 && runs(); {
					if slices.ContainsFunc(names(t, state), hidden) {
						n--
					}
				}
			}
		},
		func(part float64) moment {
			return func(runs func() bool) {
				for !slices.ContainsFunc(names(t, c.dir), hidden) && runs() {
				}
				sleep(5*time.Millisecond, part)
			}
		},
	}
}

// A training on a store that is killed goes on to the bits of one that is not.
func TestKilledStoreTrainingsResumeToTheSameBits(t *testing.T) {
	dir := t.TempDir()
	done(t, dir, "generate sbm --nodes 20000 --clusters 4 --avg-degree 8 --feature-dim 16 --block 1000 --out store/")
	c := trial{dir: dir}
	p := c.paceOf(t, storeTraining)
	out, state := filepath.Join(dir, "out"), filepath.Join(dir, "state")
	want := storeResults(t, out)
	moments, times := c.storeMoments(t, p), stops(t)
	killed := make([]int, len(moments))
	for i := range times {
		require.NoError(t, os.RemoveAll(out))
		require.NoError(t, os.RemoveAll(state))
		kind, part := i%len(moments), (float64(i/len(moments))+.5)/float64((times+len(moments)-1)/len(moments))
		if c.stop(t, syscall.SIGKILL, storeTraining, moments[kind](part)) != 0 {
			killed[kind]++
		}
		if slices.Contains(names(t, state), "run.json") && i%2 == 0 { // and again while it resumes
			c.stop(t, syscall.SIGKILL, storeTraining+" --resume", moments[1](part))
		}
		switch {
		case slices.Contains(names(t, state), "run.json"):
			done(t, dir, storeTraining+" --resume")
		case !slices.Contains(names(t, out), "manifest.json"):
			done(t, dir, storeTraining) // killed before it began
		}
		assert.Equal(t, want, storeResults(t, out))
		assert.Empty(t, names(t, state))
	}
	assert.NotEqual(t, make([]int, len(moments)), killed, "no training was killed")
	t.Logf("killed in the set-up, the first pass, the second pass, at a checkpoint, at the result: %v", killed)
}
