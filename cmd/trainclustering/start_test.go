package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
)

func TestInitTakesClustersFromAFile(t *testing.T) {
	dir := t.TempDir()
	first := filepath.Join(dir, "first")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--k", "3", "--out", first))

	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet", "--init", filepath.Join(first, options.AssignmentsFile))
	require.Equal(t, ran{}, got)
	rows := readTable(t, filepath.Join(first, options.AssignmentsFile))
	require.Len(t, seen[0].Start, 34)
	for i, row := range rows[1:] {
		assert.Equal(t, row[1], string(rune('0'+seen[0].Start[i])))
	}
	assert.Equal(t, 3, seen[0].K, "as many as the file has")

	second := filepath.Join(dir, "second")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--epochs", "5",
		"--init", filepath.Join(first, options.AssignmentsFile), "--out", second))
	assert.InDelta(t, readMetrics(t, first)["modularity"], readMetrics(t, second)["modularity"], .05)
}

func TestInitRefuses(t *testing.T) {
	dir := t.TempDir()
	some := writeText(t, filepath.Join(dir, "some.csv"), "node,cluster\n0,0\n1,1\n2,2\n")
	other := writeText(t, filepath.Join(dir, "other.csv"), "node,cluster\n0,0\n99,1\n")
	for _, c := range []struct{ args, want string }{
		{"--init kmean", "--init = kmean, want kmeans, random or a file of clusters"},
		{"--k 2 --init " + some, "has 3 clusters, want at most --k"},
		{"--k auto --init " + some, "has 3 clusters, want at most --k"},
		{"--init " + other, "other.csv"},
	} {
		got := runWith(t.Context(), evenTrainer, append([]string{"train"}, strings.Fields(c.args)...)...)
		assert.NotZero(t, got.code)
		assert.Contains(t, got.stderr, c.want)
	}
	got := runWith(t.Context(), model.NewTrainer(), "train", "--k", "3", "--epochs", "3", "--init", some)
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "31 of 34 nodes without a cluster", "those without a cluster are told")
}
