//go:build unix

package endtoend

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

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

// A training on a store that is killed goes on to the bits of one that is not.
func TestKilledStoreTrainingsResumeToTheSameBits(t *testing.T) {
	dir := t.TempDir()
	done(t, dir, "generate sbm --nodes 600 --clusters 4 --avg-degree 8 --feature-dim 8 --block 100 --out store/")
	done(t, dir, storeTraining)
	c := trial{dir: dir}
	out, state := filepath.Join(dir, "out"), filepath.Join(dir, "state")
	want := storeResults(t, out)
	killed := 0
	moments := c.moments(t)
	for i := range stops(t) {
		require.NoError(t, os.RemoveAll(out))
		require.NoError(t, os.RemoveAll(state))
		if c.stop(t, syscall.SIGKILL, storeTraining, moments[i%len(moments)]) != 0 {
			killed++
		}
		if slices.Contains(names(t, state), "run.json") && i%2 == 0 { // and again while it resumes
			c.stop(t, syscall.SIGKILL, storeTraining+" --resume", moments[0])
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
	assert.Positive(t, killed, "no training was killed")
	t.Logf("%d killed", killed)
}
