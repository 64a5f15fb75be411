package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// What generate writes has the format and the packing of its name.
func TestGenerateWritesWhatTheNameSays(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, kind := range [][]string{{"ring", "--cliques", "3", "--size", "3"}, {"sbm", "--nodes", "12", "--clusters", "3", "--avg-degree", "3", "--out-degree", "1", "--feature-dim", "2"}} {
		for name, want := range map[string]string{
			"r.npz": "npz", "r": "npz", "r.csv": "edge list", "r.json": "json", "r.mtx": "mtx", "r.graphml.zst": "graphml", "r.json.xz": "json", "r.gml.gz": "gml",
		} {
			got := runWith(t.Context(), nil, append([]string{"generate"}, append(kind, "--out", name)...)...)
			require.Zero(t, got.code, got.stderr)
			g, err := graphfile.Read(name)
			require.NoError(t, err, name)
			assert.Equal(t, want, g.Format, name)
			if want == "edge list" || want == "mtx" {
				assert.Contains(t, got.stderr, "writing: labels left out", name)
			}
		}
		for name, want := range map[string]string{"r.foo": "no format has this ending", "r.json.bz2": "bzip2 is read, not written"} {
			got := runWith(t.Context(), nil, append([]string{"generate"}, append(kind, "--out", name)...)...)
			assert.Equal(t, 2, got.code, name)
			assert.Contains(t, got.stderr, want)
			assert.NoFileExists(t, name)
		}
	}
	got := runWith(t.Context(), nil, "generate", "foo")
	assert.Equal(t, ran{2, "", "trainclustering: generate foo, want sbm, lfr or ring\n"}, got)
}

// A packed file begins as its ending says, and reads back.
func TestConvertPacksAsTheNameSays(t *testing.T) {
	dir := t.TempDir()
	in := writeText(t, filepath.Join(dir, "g.csv"), "source,target\na,b\nb,c\n")
	for ending, magic := range map[string]string{".gz": "\x1f\x8b", ".zst": "\x28\xb5\x2f\xfd", ".xz": "\xfd7zXZ\x00"} {
		out := filepath.Join(dir, "k.json"+ending)
		got := runWith(t.Context(), nil, "convert", in, out)
		require.Zero(t, got.code, got.stderr)
		b, err := os.ReadFile(out)
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(string(b), magic), ending)
		g, err := graphfile.Read(out)
		require.NoError(t, err)
		assert.Equal(t, 2, g.Edges())
	}
	got := runWith(t.Context(), nil, "convert", in, filepath.Join(dir, "k.csv.bz2"))
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "k.csv.bz2: bzip2 is read, not written, want .gz, .zst or .xz")
}

// The path - is standard output of every command that writes a graph.
func TestDashIsStandardOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "g.csv", "source,target\na,b\nb,c\n")
	got := runWith(t.Context(), nil, "convert", "g.csv", "-", "--to", "csv")
	assert.Equal(t, ran{0, "source,target\na,b\nb,c\n", "standard output: 3 nodes, 2 edges\n"}, withoutReading(got))
	got = runWith(t.Context(), nil, "convert", "g.csv", "-")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "the format of standard output is not known by an ending\nhint: --to names it")
	for _, kind := range []string{"ring", "lfr", "sbm"} {
		got = runWith(t.Context(), nil, "generate", kind, "--out", "-")
		require.Zero(t, got.code, got.stderr)
		assert.True(t, strings.HasPrefix(got.stdout, "PK\x03\x04"), kind)
		assert.Contains(t, got.stderr, "standard output: ", kind)
	}
	assert.NoFileExists(t, "-")
	assert.Contains(t, runWith(t.Context(), nil, "convert", "g.csv", "x.csv", "--to", "word").stderr, "--to = word, want npz")
}

// withoutReading leaves out what was told of the reading.
func withoutReading(r ran) ran {
	lines := strings.SplitAfter(r.stderr, "\n")
	r.stderr = ""
	for _, line := range lines {
		if !strings.HasPrefix(line, "reading: ") {
			r.stderr += line
		}
	}
	return r
}

// predict writes the table that the ending of --out names, each with the same
// clusters.
func TestPredictWritesWhatTheNameSays(t *testing.T) {
	t.Chdir(t.TempDir())
	require.Zero(t, runWith(t.Context(), nil, "generate", "ring", "--cliques", "3", "--size", "4", "--out", "r.npz").code)
	got := runWith(t.Context(), model.NewTrainer(), "train", "--data", "r.npz", "--k", "3", "--epochs", "3", "--out", "o", "--quiet")
	require.Zero(t, got.code, got.stderr)
	var clusters []int
	for _, ending := range append(options.TableEndings(), ".txt") {
		got := runWith(t.Context(), nil, "predict", "--model", "o/model.safetensors", "--data", "r.npz", "--out", "p"+ending)
		require.Zero(t, got.code, got.stderr)
		f, err := assignment.Read("p" + ending)
		require.NoError(t, err, ending)
		want := options.TableKind("p" + ending)
		assert.Equal(t, want, f.Kind, ending)
		a, err := f.Match(12, nil)
		require.NoError(t, err, ending)
		for i := range a.Cluster { // Infomap's files count from 1
			if want == assignment.Clu || want == assignment.Tree {
				a.Cluster[i]--
			}
		}
		if clusters == nil {
			clusters = a.Cluster
		}
		assert.Equal(t, clusters, a.Cluster, ending)
	}
}
