package graphfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzReadJSONL reads any bytes as JSON lines. A graph that is taken has the
// same edges when it is written and read again.
func FuzzReadJSONL(f *testing.F) {
	for _, s := range []string{
		"{\"source\": \"a\", \"target\": \"b\"}\n{\"from\": 1, \"to\": 2, \"weight\": 3}\n", `[{"u": 1, "v": 2}]`,
		"{\"id\": \"b\", \"x\": [1, 2]}\n{\"id\": 5}\n{\"source\": 5, \"target\": \"a\"}\n", "{\"src\": 1.0, \"dst\": 1e1}{\"src\": \"\", \"dst\": \"\\u0000\"}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := readJSON(bytes.NewReader(b), "f.jsonl")
		if err != nil {
			requireOneLine(t, "f.jsonl:", err)
			return
		}
		requireSound(t, g)
		var out bytes.Buffer
		if writeJSONL(&out, g) != nil {
			return
		}
		again, err := readJSON(bytes.NewReader(out.Bytes()), "f.jsonl")
		require.NoError(t, err, out.String())
		require.Equal(t, byName(g), byName(again), out.String())
		require.Equal(t, allNames(g), allNames(again), out.String())
	})
}

func requireOneLine(t *testing.T, begins string, err error) {
	require.True(t, strings.HasPrefix(err.Error(), begins), err.Error())
	require.NotContains(t, err.Error(), "\n")
}

// fuzzFolder reads a folder of files with any content; an empty one is left out.
func fuzzFolder(t *testing.T, read func(path string) (*Graph, error), files map[string]string) {
	dir := t.TempDir()
	for name, text := range files {
		if text != "" {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
		}
	}
	g, err := read(dir)
	if err != nil {
		requireOneLine(t, dir, err)
		return
	}
	if g.Nodes <= 2000 {
		requireSound(t, g)
	}
}

// FuzzReadPlanetoid puts any text in the place of the two files.
func FuzzReadPlanetoid(f *testing.F) {
	seeds := papers()
	f.Add(seeds["tiny.content"], seeds["tiny.cites"])
	f.Add("a X\nb Y\n", "a b\nb b\nc a\n")
	f.Add("a 1e9 -0 X\n", "\n")
	f.Fuzz(func(t *testing.T, content, cites string) {
		fuzzFolder(t, ReadPlanetoid, map[string]string{"x.content": content, "x.cites": cites})
	})
}

// FuzzReadOGB puts any text in the place of each file.
func FuzzReadOGB(f *testing.F) {
	a := arxiv()
	f.Add(a["raw/num-node-list.csv.gz"], a["raw/edge.csv.gz"], a["raw/node-feat.csv.gz"], a["raw/node-label.csv.gz"])
	f.Add("1000000\n", "0,1\n", "", "1,2\n")
	f.Add("3", "\"0\",2\n", "", "")
	f.Fuzz(func(t *testing.T, nodes, edges, features, labels string) {
		fuzzFolder(t, ReadOGB, map[string]string{
			"num-node-list.csv": nodes, "edge.csv": edges, "node-feat.csv": features, "node-label.csv": labels,
		})
	})
}
