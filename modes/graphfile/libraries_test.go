package graphfile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// said is what a library says about a file, as testdata/expect.py writes it.
type said struct {
	Nodes    []string
	Edges    [][3]any
	Classes  []string
	Features [][]float32
}

// TestFilesOfLibraries reads files that other programs wrote, and compares with
// what those programs say about them.
func TestFilesOfLibraries(t *testing.T) {
	for _, library := range []string{"networkx", "igraph", "scipy", "gephi"} {
		dir := filepath.Join("testdata", library)
		b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
		require.NoError(t, err)
		var files map[string]said
		require.NoError(t, json.Unmarshal(b, &files))
		for file, want := range files {
			t.Run(library+"/"+file, func(t *testing.T) {
				g, err := Read(filepath.Join(dir, file))
				require.NoError(t, err)
				requireSound(t, g)
				requireSaid(t, want, g)
			})
		}
	}
}

func requireSaid(t *testing.T, want said, g *Graph) {
	names := g.Names
	if names == nil {
		names = indices(g.Nodes, 0)
	}
	require.Equal(t, want.Nodes, names)
	got := byName(g)
	require.Len(t, got, len(want.Edges))
	for _, e := range want.Edges {
		ends := []string{e[0].(string), e[1].(string)}
		slices.Sort(ends)
		w, ok := got[[2]string(ends)]
		require.True(t, ok, "no edge %v", ends)
		assert.InDelta(t, e[2], float64(w), 1e-6, "%v", ends)
	}
	if want.Classes != nil {
		assert.Equal(t, want.Classes, words(g))
	}
	if want.Features != nil {
		require.NotNil(t, g.Features)
		for i, row := range want.Features {
			got := make([]float32, g.Features.Cols)
			g.Features.row(i, true, func(j int, v float32) { got[j] = v })
			assert.Equal(t, row, got, strconv.Itoa(i))
		}
	}
}
