package main

import (
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A single file of output replaces a plain file alone: what a link leads to, of
// the mode that it has. Pipes are written into.
func TestOneFileOfOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "e.csv", "0,1\n1,2\n")
	require.NoError(t, os.Mkdir("far", 0o755))
	for _, args := range []string{"convert e.csv link.gml", "generate ring --cliques 3 --size 4 --out link.gml"} {
		require.NoError(t, os.WriteFile("far/real", nil, 0o600))
		require.NoError(t, os.Symlink("far/real", "link.gml"))
		run(t, args)
		info, err := os.Lstat("far/real")
		require.NoError(t, err)
		assert.Equal(t, fs.FileMode(0o600), info.Mode(), args)
		assert.Positive(t, info.Size(), args)
		require.NoError(t, os.Remove("link.gml"), "is a link still")
		require.NoError(t, os.Remove("far/real"))
	}
	require.NoError(t, syscall.Mkfifo("pipe", 0o600))
	for _, args := range []string{"convert e.csv pipe --to gml", "generate sbm --nodes 20 --clusters 2 --avg-degree 4 --out pipe"} {
		read := make(chan int)
		go func() {
			b, err := os.ReadFile("pipe")
			assert.NoError(t, err)
			read <- len(b)
		}()
		run(t, args)
		assert.Positive(t, <-read, args)
	}
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	assert.Len(t, entries, 3, "e.csv, far and the pipe")
}
