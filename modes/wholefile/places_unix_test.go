//go:build unix

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

// modeOf is the mode of a path itself.
func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Lstat(path)
	require.NoError(t, err)
	return info.Mode()
}

func TestLinksStay(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	require.NoError(t, os.MkdirAll(at("far/deep"), 0o755))
	require.NoError(t, os.WriteFile(at("far/real.txt"), []byte("old"), 0o644))
	require.NoError(t, os.Symlink("../real.txt", at("far/deep/second")))
	require.NoError(t, os.Symlink(at("far/deep"), at("folder")))
	require.NoError(t, os.Symlink("folder/second", at("first")))
	require.NoError(t, os.Symlink("far/new.txt", at("dangling")))
	for link, file := range map[string]string{"first": "far/real.txt", "dangling": "far/new.txt"} {
		for _, s := range []string{"a", "b"} {
			require.NoError(t, Write(at(link), text(s)))
			requireText(t, at(file), s)
			assert.Equal(t, fs.ModeSymlink, modeOf(t, at(link)).Type())
		}
		folder, err := Folder(at(link))
		require.NoError(t, err)
		want, err := filepath.EvalSymlinks(at("far"))
		require.NoError(t, err)
		assert.Equal(t, want, folder)
	}
	assert.Equal(t, []string{"deep", "new.txt", "real.txt"}, names(t, at("far")))
	assert.Equal(t, fs.ModeSymlink, modeOf(t, at("far/deep/second")).Type())

	require.NoError(t, os.Symlink("loop", at("loop")))
	assert.ErrorIs(t, Write(at("loop"), text("x")), syscall.ELOOP)
}

// A new file has the mode that the umask leaves; one that was there keeps its own.
func TestModes(t *testing.T) {
	dir := t.TempDir()
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	path := filepath.Join(dir, "new.txt")
	require.NoError(t, Write(path, text("x")))
	assert.Equal(t, fs.FileMode(0o640), modeOf(t, path))
	for _, mode := range []fs.FileMode{0o600, 0o444, 0o666, 0o751} {
		require.NoError(t, os.Chmod(path, mode))
		require.NoError(t, Write(path, text(mode.String())))
		assert.Equal(t, mode, modeOf(t, path))
		require.NoError(t, os.Chmod(path, 0o600))
		requireText(t, path, mode.String())
	}
}

func TestTheUserOfAFileStays(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root gives files away")
	}
	path := filepath.Join(t.TempDir(), "a.txt")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, os.Chown(path, 1234, 4321))
	require.NoError(t, Write(path, text("x")))
	info, err := os.Stat(path)
	require.NoError(t, err)
	s := info.Sys().(*syscall.Stat_t)
	assert.Equal(t, [2]uint32{1234, 4321}, [2]uint32{s.Uid, s.Gid})
	assert.Equal(t, fs.FileMode(0o600), info.Mode())
}

// What is no plain file is written into.
func TestPipesStay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o644))
	read := make(chan string)
	go func() {
		b, err := os.ReadFile(path)
		if err != nil {
			b = []byte(err.Error())
		}
		read <- string(b)
	}()
	require.NoError(t, Write(path, text("through the pipe")))
	assert.Equal(t, "through the pipe", <-read)
	assert.Equal(t, fs.ModeNamedPipe, modeOf(t, path).Type())
	folder, err := Folder(path)
	require.NoError(t, err)
	assert.Empty(t, folder)
	assert.Equal(t, []string{"pipe"}, names(t, dir))
}
