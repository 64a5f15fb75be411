package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/param"
)

// rings makes a folder of TU files: of each two graphs one is a ring and one a
// path.
func rings(t *testing.T, graphs int) string {
	t.Helper()
	dir := t.TempDir()
	var a, of, classes strings.Builder
	first := 1
	for g := range graphs {
		n, ring := 4+g*5%9, g%2
		for i := range n {
			if j := (i + 1) % n; j > 0 || ring == 1 {
				fmt.Fprintf(&a, "%d, %d\n%d, %d\n", first+i, first+j, first+j, first+i)
			}
			fmt.Fprintf(&of, "%d\n", g+1)
		}
		fmt.Fprintf(&classes, "%d\n", ring)
		first += n
	}
	for kind, text := range map[string]string{"A": a.String(), "graph_indicator": of.String(), "graph_labels": classes.String()} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "RINGS_"+kind+".txt"), []byte(text), 0o644))
	}
	return dir
}

// The program learns to tell rings from paths, whose ends have degree 1.
func TestTheProgramRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model.safetensors")
	var out strings.Builder
	require.NoError(t, run(&out, rings(t, 120), file))
	t.Log("\n" + out.String())
	assert.Contains(t, out.String(), "120 graphs of 2 classes")
	assert.Contains(t, out.String(), "test: accuracy 1.000")
	store, _, err := param.Open(file)
	require.NoError(t, err)
	assert.Equal(t, 9, store.Len()) // W, root and bias twice, the direction of TopK, kernel and bias
	assert.Error(t, run(&out, "no such folder", file))
}
