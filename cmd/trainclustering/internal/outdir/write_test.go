package outdir

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// filesUnder lists every file and folder below a folder.
func filesUnder(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	}))
	sort.Strings(names)
	return names
}

func TestFailedWriteLeavesTheOldFiles(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "a")
	require.NoError(t, os.WriteFile(old, []byte("old"), 0o644))
	files := []File{
		{"a", func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }},
		{"b", func(io.Writer) error { return errors.New("disk full") }},
	}
	err := Write(dir, files)
	assert.EqualError(t, err, "writing "+filepath.Join(dir, "b")+": disk full")
	text, err := os.ReadFile(old)
	require.NoError(t, err)
	assert.Equal(t, "old", string(text))
	assert.Equal(t, []string{dir, old}, filesUnder(t, dir))

	fresh := filepath.Join(dir, "fresh")
	require.Error(t, Write(fresh, files))
	assert.NoDirExists(t, fresh)

	require.NoError(t, Write(dir, files[:1]))
	text, err = os.ReadFile(old)
	require.NoError(t, err)
	assert.Equal(t, "new", string(text))
}
