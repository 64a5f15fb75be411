package wholefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// device is a device of the number of one below /dev. Root, who could replace
// that, gets one of its own.
func device(t *testing.T, name string, minor int) string {
	t.Helper()
	if os.Getuid() != 0 {
		return name
	}
	own := filepath.Join(t.TempDir(), filepath.Base(name))
	if err := syscall.Mknod(own, syscall.S_IFCHR|0o666, 1<<8|minor); err != nil {
		t.Skip(err)
	}
	f, err := os.OpenFile(own, os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err) // the file system has no devices
	}
	require.NoError(t, f.Close())
	return own
}

func TestDevicesStay(t *testing.T) {
	null, full := device(t, "/dev/null", 3), device(t, "/dev/full", 7)
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(null, link))
	for _, path := range []string{null, link} {
		require.NoError(t, Write(path, text("nothing")))
		folder, err := Folder(path)
		require.NoError(t, err)
		assert.Empty(t, folder)
	}
	assert.Equal(t, fs.ModeDevice|fs.ModeCharDevice, modeOf(t, null).Type())
	assert.Equal(t, fs.ModeSymlink, modeOf(t, link).Type())
	assert.EqualError(t, Write(full, text("x")), "no space left on device")
}
