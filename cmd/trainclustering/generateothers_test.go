package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

func TestGenerateRing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ring.npz")
	got := runWith(t.Context(), nil, "generate", "ring", "--out", path)
	require.Equal(t, ran{0, path + ": 150 nodes, 330 edges, 30 clusters\n", ""}, got)
	g, err := graphfile.Read(path)
	require.NoError(t, err)
	q, err := metrics.Modularity(view.Metrics(g), g.Labels)
	require.NoError(t, err)
	assert.InDelta(t, 1-2.0/(5*4+2)-1.0/30, q, 1e-12)
}

func TestGenerateLFR(t *testing.T) {
	bin, dir := builtBinary(t), t.TempDir()
	var texts []string
	for i, seed := range []string{"1", "1", "2"} {
		path := filepath.Join(dir, "lfr.npz")
		out, err := exec.Command(bin, "generate", "lfr", "--nodes", "2000", "--mixing", "0.25", "--seed", seed, "--out", path).Output()
		require.NoError(t, err, i)
		assert.Contains(t, string(out), "lfr.npz: 2,000 nodes, ")
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		texts = append(texts, string(content))
		g, err := graphfile.Read(path)
		require.NoError(t, err)
		cut, err := metrics.Conductance(view.Metrics(g), g.Labels)
		require.NoError(t, err)
		assert.InDelta(t, 0.25, cut, 0.02)
		assert.InDelta(t, 20, 2*float64(g.Edges())/float64(g.Nodes), 1)
	}
	assert.Equal(t, texts[0], texts[1])
	assert.NotEqual(t, texts[0], texts[2])
	assert.Len(t, mustReadDir(t, dir), 1)
}

func TestGenerateOthersBadInput(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []badInput{
		{"", "ring", 2, "--out is needed, the file to write", "as in --out ring.npz"},
		{"", "lfr", 2, "--out is needed, the file to write", "as in --out lfr.npz"},
		{"", "ring --cliques 0 --out r.npz", 2, "--cliques = 0, want a whole number, 1 or more", ""},
		{"", "lfr --mixing 1.5 --out r.npz", 2, "--mixing = 1.5, want a number from 0 to 1", ""},
		{"", "lfr --avg-degree nan --out r.npz", 2, "--avg-degree = nan, want a number above 0", ""},
		{"", "ring --out none/r.npz", 1, "--out = none/r.npz: none: no such file or directory", ""},
		{"", "lfr r.npz", 2, "unexpected argument r.npz", "files are named by a flag, as in --out r.npz"},
		{"", "rings", 2, "generate rings, want sbm, lfr or ring", "did you mean ring?"},
	} {
		got := runWith(t.Context(), nil, append([]string{"generate"}, strings.Fields(c.args)...)...)
		assert.Equal(t, c.code, got.code, c.args)
		assert.Empty(t, got.stdout)
		checkLines(t, c, got.stderr)
	}
	for _, args := range []string{"ring --cliques 1000000 --size 1000000", "lfr --nodes 2000000000"} {
		got := runWith(t.Context(), nil, strings.Fields("generate "+args+" --memory-limit 1GB --out r.npz")...)
		assert.Equal(t, failure.ExitFailed, got.code)
		assert.Contains(t, got.stderr, "the graph would take about ", args)
	}
	got := runWith(t.Context(), nil, "generate", "lfr", "--max-degree", "5", "--out", "r.npz")
	assert.Equal(t, failure.ExitUsage, got.code)
	assert.Contains(t, got.stderr, "--")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got = runWith(ctx, nil, "generate", "ring", "--out", "r.npz")
	assert.Equal(t, ran{130, "", "trainclustering: interrupted; nothing was written\n"}, got)
	assert.Len(t, filesUnder(t, "."), 1)
}
