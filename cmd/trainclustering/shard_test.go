package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// filesOf is the content of each file of a folder.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	out := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		out[e.Name()] = string(b)
	}
	return out
}

// Features and labels beside a graph give the store that they give through
// memory, which --features-from asks for: also where they name nodes that the
// edges do not have, and in place of features that the file has.
func TestShardWithFilesBesideTheGraph(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	writeText(t, "e.txt", "0 1\n1 2\n7 2\n")
	writeText(t, "f.csv", "id,x\n0,1\n1,2\n2,3\n3,4\n7,5\n")
	writeText(t, "l.csv", "id,class\n0,a\n1,b\n3,a\n")
	run(t, "generate sbm --nodes 60 --clusters 2 --avg-degree 8 --feature-dim 8 --out g.npz")
	own := "id,x,y\n"
	for i := range 64 {
		own += fmt.Sprintf("%d,1,2\n", i)
	}
	writeText(t, "own.csv", own)
	for _, args := range []string{
		"--data e.txt --features f.csv", "--data e.txt --features f.csv --labels l.csv",
		"--data g.npz --features own.csv", "--data g.npz",
	} {
		run(t, "shard "+args+" --out disk")
		run(t, "shard "+args+" --features-from degree --out memory")
		assert.Equal(t, filesOf(t, "memory"), filesOf(t, "disk"), args)
		require.NoError(t, os.RemoveAll("disk"))
		require.NoError(t, os.RemoveAll("memory"))
	}
}
