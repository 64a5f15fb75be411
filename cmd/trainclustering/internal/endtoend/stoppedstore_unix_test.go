//go:build unix

package endtoend

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/shard"
)

// storeStops is how often the making of a store is stopped: of five times four
// by a kill.
const storeStops = 25

// contents are the files of a folder by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for _, name := range names(t, dir) {
		all[name] = read(t, dir, name)
	}
	return all
}

// TestStoresThatWereStopped stops the making of stores at many moments: what
// is in place is a whole store or nothing, and the next run gives the same
// bytes as one that nothing stopped.
func TestStoresThatWereStopped(t *testing.T) {
	prepared := t.TempDir()
	done(t, prepared, "generate sbm --nodes 20000 --clusters 4 --avg-degree 10 --feature-dim 16 --out g.npz")
	for name, args := range map[string]string{
		"shard":    "shard --data " + filepath.Join(prepared, "g.npz") + " --out store --hops 2 --block 2000",
		"generate": "generate sbm --nodes 30000 --clusters 4 --avg-degree 10 --feature-dim 16 --out store/ --hops 2 --block 2000",
	} {
		t.Run(name, func(t *testing.T) {
			whole := t.TempDir()
			began := time.Now()
			done(t, whole, args)
			took, want := time.Since(began), contents(t, filepath.Join(whole, "store"))
			counts := make(map[string]int)
			for i := range storeStops {
				dir, signal := t.TempDir(), syscall.SIGKILL
				if i%5 == 4 {
					signal = syscall.SIGINT
				}
				c := trial{dir: dir}
				status := c.stop(t, signal, args, func(runs func() bool) {
					for end := time.Now().Add(took * time.Duration(i) / storeStops); time.Now().Before(end) && runs(); {
					}
				})
				left := names(t, dir)
				counts[fmt.Sprint(len(left), " left")]++
				if signal == syscall.SIGINT && status != 0 {
					assert.NotContains(t, strings.Join(left, " "), ".unfinished")
				}
				if _, err := os.Stat(filepath.Join(dir, "store")); err == nil {
					s, err := shard.Open(filepath.Join(dir, "store"))
					require.NoError(t, err)
					require.NoError(t, s.Close())
				} else {
					done(t, dir, args)
				}
				assert.Equal(t, want, contents(t, filepath.Join(dir, "store")))
				assert.Equal(t, []string{"store"}, names(t, dir))
			}
			t.Log(counts)
		})
	}
}
