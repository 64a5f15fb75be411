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

// texts are files of that content, the name being the content's start.
func texts(pairs ...string) []File {
	var files []File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, File{pairs[i], func(w io.Writer) error { _, err := io.WriteString(w, pairs[i+1]); return err }})
	}
	return files
}

var names = []string{"a", "b", "c"}

// contents are the files of a folder with their texts, the manifest left out.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, path := range filesUnder(t, dir) {
		if info, err := os.Stat(path); err != nil || info.IsDir() || filepath.Base(path) == ManifestName {
			continue
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		rel, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		all[rel] = string(text)
	}
	return all
}

func TestFailedWriteLeavesTheOldFiles(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	require.NoError(t, Write(t.Context(), dir, names, texts("a", "old", "c", "old")))
	before := filesUnder(t, parent)
	full := append(texts("a", "new"), File{"b", func(io.Writer) error { return errors.New("disk full") }})
	err := Write(t.Context(), dir, names, full)
	assert.EqualError(t, err, "writing "+filepath.Join(dir, "b")+": disk full")
	assert.Equal(t, map[string]string{"a": "old", "c": "old"}, contents(t, dir))
	assert.Equal(t, before, filesUnder(t, parent))

	fresh := filepath.Join(parent, "x", "y", "z")
	require.Error(t, Write(t.Context(), fresh, names, full))
	assert.NoDirExists(t, filepath.Join(parent, "x"), "every folder made for it goes")

	require.NoError(t, Write(t.Context(), dir, names, texts("a", "new")))
	assert.Equal(t, map[string]string{"a": "new"}, contents(t, dir), "c has no successor")
}
