package graphfile

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEmptyNameInAFormat: where a format cannot hold a node without a name, the
// error says that it is empty.
func TestEmptyNameInAFormat(t *testing.T) {
	g, err := ReadFrom(strings.NewReader(`{"nodes": [{"id": "a"}, {"id": ""}], "links": [{"source": "a", "target": ""}]}`), "g.json", Options{})
	require.NoError(t, err)
	dir := t.TempDir()
	for ending, format := range map[string]string{"csv": "an edge list", "tsv": "an edge list", "net": "Pajek"} {
		_, err := WriteFormat(filepath.Join(dir, "g."+ending), g, "")
		assert.ErrorContains(t, err, "name of node 1 is empty, want one letter or more in "+format, ending)
	}
	for _, ending := range []string{"npz", "graphml", "gexf", "gml", "json", "jsonl", "dot"} {
		path := filepath.Join(dir, "g."+ending)
		_, err := WriteFormat(path, g, "")
		require.NoError(t, err, ending)
		again, err := Read(path)
		require.NoError(t, err, ending)
		assert.Equal(t, g.Names, again.Names, ending)
	}
}
