package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// text is a fill of a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// requireText wants a file of a text.
func requireText(t *testing.T, path, want string) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, want, string(b))
}

func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWriteReplacesAFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	for _, write := range []func(string, func(io.Writer) error) error{Write, Scratch} {
		for _, s := range []string{"one", "", "three\n"} {
			require.NoError(t, write(path, text(s)))
			requireText(t, path, s)
			assert.Equal(t, []string{"a.txt"}, names(t, dir))
		}
	}
	t.Chdir(dir)
	require.NoError(t, Write("b.txt", text("beside")))
	requireText(t, "b.txt", "beside")
}

func TestAnErrorLeavesTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	require.NoError(t, Write(path, text("old")))
	failed := errors.New("failed")
	err := Write(path, func(w io.Writer) error {
		return errors.Join(text("new")(w), failed)
	})
	assert.ErrorIs(t, err, failed)
	assert.EqualError(t, err, "failed")
	of := &fs.PathError{Op: "open", Path: "other", Err: failed}
	assert.EqualError(t, Write(path, func(io.Writer) error { return of }), of.Error(), "an error of another file keeps its name")
	requireText(t, path, "old")
	assert.Equal(t, []string{"a.txt"}, names(t, dir))

	assert.EqualError(t, Write(dir, text("x")), "is a directory")
	err = Write(filepath.Join(dir, "none", "a.txt"), text("x"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
	assert.NotContains(t, err.Error(), dir)
}
