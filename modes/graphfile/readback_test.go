package graphfile

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// python is a Python that has networkx, igraph and scipy; the test is skipped
// where there is none, unless GRAPHFILE_PYTHON names one.
func python(t *testing.T) string {
	named := os.Getenv("GRAPHFILE_PYTHON")
	path := named
	if path == "" {
		path = "python3"
	}
	out, err := exec.CommandContext(t.Context(), path, "-c", "import networkx, igraph, scipy.sparse").CombinedOutput()
	if err != nil && named == "" {
		t.Skipf("no python3 with networkx, igraph and scipy: %v (apt-get install python3-networkx python3-igraph python3-scipy)", err)
	}
	require.NoError(t, err, "%s", out)
	return path
}

// TestLibrariesReadOurFiles writes two graphs in every format that networkx,
// igraph or scipy read, and compares what they find with what was written.
func TestLibrariesReadOurFiles(t *testing.T) {
	py, dir := python(t), t.TempDir()
	named := sample()
	named.Names = []string{"Zoë Ünal", "<b> & 'c'", "d, e; f"}
	plain := &Graph{Nodes: 4, RowPtr: []int32{0, 2, 3, 4, 4}, Col: []int32{1, 2, 0, 0}}
	graphs := map[string]*Graph{"named": named, "plain": plain}
	for stem, g := range graphs {
		for _, ending := range []string{".graphml", ".gexf", ".gml", ".json", ".net", ".mtx"} {
			_, err := WriteFormat(filepath.Join(dir, stem+ending), g, "")
			require.NoError(t, err)
		}
	}
	script := exec.CommandContext(t.Context(), py, filepath.Join("testdata", "readback.py"), dir)
	script.Stderr = os.Stderr
	out, err := script.Output()
	require.NoError(t, err)
	var found map[string][2]json.RawMessage
	require.NoError(t, json.Unmarshal(out, &found))
	require.Len(t, found, 18)
	for what, parts := range found {
		stem, _, _ := strings.Cut(strings.Fields(what)[1], ".")
		g := graphs[stem]
		if strings.HasSuffix(what, ".mtx") {
			g = &Graph{Nodes: g.Nodes, RowPtr: g.RowPtr, Col: g.Col, Weights: g.Weights}
		}
		var names []string
		var list [][3]any
		require.NoError(t, json.Unmarshal(parts[0], &names))
		require.NoError(t, json.Unmarshal(parts[1], &list))
		want := g.Names
		if want == nil {
			want = indices(g.Nodes, 0)
		}
		assert.Equal(t, want, trimmed(names), what)
		assert.Equal(t, byName(g), edgesOf(list), what)
	}
}

// trimmed takes ".0" off names: igraph reads numbers as floats.
func trimmed(names []string) []string {
	out := make([]string, len(names))
	for i, s := range names {
		out[i] = strings.TrimSuffix(s, ".0")
	}
	return out
}

func edgesOf(list [][3]any) map[[2]string]float32 {
	out := make(map[[2]string]float32)
	for _, e := range list {
		a, b := strings.TrimSuffix(e[0].(string), ".0"), strings.TrimSuffix(e[1].(string), ".0")
		out[[2]string{min(a, b), max(a, b)}] = float32(e[2].(float64))
	}
	return out
}
