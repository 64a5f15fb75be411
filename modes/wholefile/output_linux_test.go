package wholefile

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a process has open is written into, also where that is a plain file:
// its later output follows.
func TestOpenFilesAreWrittenInto(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.txt")
	f, err := os.Create(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	open := fmt.Sprintf("/dev/fd/%d", f.Fd())
	require.NoError(t, Write(open, text("one ")))

	old := os.Stdout
	os.Stdout = f
	defer func() { os.Stdout = old }()
	_, err = f.Seek(0, 2)
	require.NoError(t, err)
	require.NoError(t, Write(open, text("two ")))
	_, err = f.WriteString("three")
	require.NoError(t, err)
	requireText(t, path, "one two three")
	now, err := f.Stat()
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.True(t, os.SameFile(now, info))
}
