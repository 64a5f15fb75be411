package endtoend

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// smallDisk mounts a disk of 2 MB of memory, or the test is left out.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if text, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no disk can be mounted here: %s", text)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, 0)) })
	return dir
}

// fill leaves so many bytes free on a disk.
func fill(t *testing.T, disk string, free int64) {
	t.Helper()
	var s syscall.Statfs_t
	require.NoError(t, syscall.Statfs(disk, &s))
	size := int64(s.Bavail)*s.Bsize - free
	f, err := os.Create(filepath.Join(disk, "filler"))
	require.NoError(t, err)
	require.NoError(t, syscall.Fallocate(int(f.Fd()), 0, 0, size))
	require.NoError(t, f.Close())
}

// TestFullDisk fills the disk to where the checkpoints, and then the result, do
// not fit. The old result stays whole; with room again the training resumes.
func TestFullDisk(t *testing.T) {
	disk := smallDisk(t)
	c := newTrial(t, disk)
	for i := range 2 * stops(t) {
		// from no room at all to nearly enough for the result, of about 500 kB
		free := int64(4096 * (1 + i*100/(2*stops(t))))
		old := c.begin(t)
		fill(t, disk, free)
		got := runIn(t, c.dir, training)
		if got.code == 0 {
			t.Logf("%d bytes were enough", free)
		} else {
			assert.Equal(t, 1, got.code, got.stderr)
			assert.Contains(t, got.stderr, "no space left on device", "%d bytes free", free)
			assert.Equal(t, old, read(t, filepath.Join(c.dir, "out"), "manifest.json"), "%d bytes free", free)
		}
		whole(t, filepath.Join(c.dir, "out"))
		require.NoError(t, os.Remove(filepath.Join(disk, "filler")))
		c.resume(t)
		t.Log(fmt.Sprintf("%d bytes free:", free), got.stderr)
	}
}
