package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/modes/graphfile"
)

func TestGenerateDefaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sbm.npz")
	got := runWith(t.Context(), nil, "generate", "sbm", "--out", path)
	require.Zero(t, got.code, got.stderr)
	assert.Empty(t, got.stderr)
	assert.True(t, strings.HasPrefix(got.stdout, path+": 1,000 nodes, "), got.stdout)
	assert.True(t, strings.HasSuffix(got.stdout, ", 4 clusters, 64 features\n"), got.stdout)
	g, err := graphfile.Read(path)
	require.NoError(t, err)
	assert.Equal(t, 1000, g.Nodes)
	assert.InDelta(t, 10_000, g.Edges(), 1000)
	assert.Equal(t, 64, g.Features.Cols)
	assert.Equal(t, 4, view.Classes(g))
	between := 0
	for i := range g.Nodes {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if g.Labels[i] != g.Labels[j] {
				between++
			}
		}
	}
	assert.InDelta(t, 0.1, float64(between)/float64(len(g.Col)), 0.02, "2 of 20 neighbours are in other clusters")
	assert.Len(t, filesUnder(t, filepath.Dir(path)), 2, "the folder and the file")
}

func TestGenerateRepeats(t *testing.T) {
	dir := t.TempDir()
	var texts []string
	for i, seed := range []string{"1", "1", "2"} {
		path := filepath.Join(dir, "same.npz")
		got := runWith(t.Context(), nil, "generate", "sbm", "--nodes", "50", "--avg-degree", "6", "--feature-dim", "3",
			"--seed", seed, "--out", path)
		require.Zero(t, got.code, "%d: %s", i, got.stderr)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	assert.Equal(t, texts[0], texts[1])
	assert.NotEqual(t, texts[0], texts[2])
}

func TestGeneratedGraphTrains(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "g.npz")
	got := runWith(t.Context(), nil, "generate", "sbm", "--nodes", "60", "--avg-degree", "6", "--feature-dim", "0", "--out", path)
	require.Zero(t, got.code, got.stderr)
	got = runWith(t.Context(), evenTrainer, "train", "--epochs", "3", "--data", path, "--out", filepath.Join(dir, "out"))
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, got.stdout, "DMoN on g.npz")
	assert.FileExists(t, filepath.Join(dir, "out", "clusters.svg"))
}

func TestGenerateInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "g.npz")
	got := runWith(ctx, nil, "generate", "sbm", "--nodes", "50", "--avg-degree", "6", "--out", path)
	assert.Equal(t, ran{130, "", "trainclustering: interrupted; nothing was written\n"}, got)
	assert.NoFileExists(t, path)
}

func TestGenerateBadInput(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("folder", 0o755))
	writeText(t, "file", "")
	before := filesUnder(t, ".")
	for _, c := range []badInput{
		{"", "--nodes 0", 2, "--nodes = 0, want a whole number, 1 or more", ""},
		{"", "--nodes x", 2, "--nodes = x, want a whole number, 1 or more", ""},
		{"", "--clusters 0", 2, "--clusters = 0, want a whole number from 1 to 1000", ""},
		{"", "--clusters 1001", 2, "--clusters = 1001, want a whole number from 1 to 1000", ""},
		{"", "--avg-degree -1", 2, "--avg-degree = -1, want a number, 0 or more", ""},
		{"", "--avg-degree 1000", 2, "--avg-degree = 1000, want at most 251: --out-degree and the 249 other nodes of a cluster", ""},
		{"", "--out-degree 21", 2, "--out-degree = 21, want a number from 0 to --avg-degree", ""},
		{"", "--out-degree nan", 2, "--out-degree = nan, want a number from 0 to --avg-degree", ""},
		{"", "--feature-dim -1", 2, "--feature-dim = -1, want a whole number, 0 or more", ""},
		{"", "--feature-separation inf", 2, "--feature-separation = inf, want a number, 0 or more", ""},
		{"", "--clusters 1", 2, "--out-degree = 2, want at most the 0 nodes outside a cluster", ""},
		{"", "--seed 1.5", 2, "--seed = 1.5, want a whole number, 0 or more (64 bits)", ""},
		{"", "", 2, "--out is needed, the file to write", "as in --out sbm.npz"},
		{"", "--out folder", 1, "--out = folder is a directory, want a file", ""},
		{"", "--out none/g.npz", 1, "--out = none/g.npz: none: no such file or directory", ""},
		{"", "--out file/g.npz", 1, "--out = file/g.npz: file is not a directory", ""},
		{"", "g.npz", 2, "unexpected argument g.npz", "files are named by a flag, as in --out g.npz"},
		{"", "--node 5", 2, "unknown flag --node", "did you mean --nodes?"},
	} {
		t.Run(c.args, func(t *testing.T) {
			args := strings.Fields(c.args)
			if c.code == 2 && len(args) == 2 {
				args = append(args, "--out", "g.npz")
			}
			got := runWith(t.Context(), nil, append([]string{"generate", "sbm"}, args...)...)
			assert.Equal(t, c.code, got.code)
			assert.Empty(t, got.stdout)
			checkLines(t, c, got.stderr)
			assert.Equal(t, before, filesUnder(t, "."))
		})
	}
}
