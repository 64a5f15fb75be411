package main

import (
	"path/filepath"
	"strconv"
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

// TestInitCountsTheClustersOfTheFile: k is the number of clusters, whatever their
// numbers. Infomap's count from 1, and those of --align may have gaps.
func TestInitCountsTheClustersOfTheFile(t *testing.T) {
	dir := t.TempDir()
	gaps := writeText(t, filepath.Join(dir, "gaps.csv"), "node,cluster\n0,9\n1,4\n2,9\n")
	var lines strings.Builder
	for n := 1; n <= 34; n++ {
		lines.WriteString(strconv.Itoa(n) + " " + strconv.Itoa(1+n%2) + " .1\n")
	}
	infomap := writeText(t, filepath.Join(dir, "net.clu"), "# node_id module flow\n"+lines.String())
	for _, c := range []struct {
		args  string
		k     int
		start []int
	}{
		{"--init " + gaps, 2, []int{1, 0, 1, -1}},
		{"--k 2 --init " + gaps, 2, []int{1, 0, 1, -1}},
		{"--k 10 --init " + gaps, 10, []int{9, 4, 9, -1}},
		{"--init " + infomap, 2, []int{1, 0, 1, 0}},
	} {
		var seen []model.Config
		got := runWith(t.Context(), recorder(&seen), append([]string{"train", "--quiet"}, strings.Fields(c.args)...)...)
		require.Zero(t, got.code, got.stderr)
		assert.Equal(t, c.k, seen[0].K, c.args)
		assert.Equal(t, c.start, seen[0].Start[:4], c.args)
	}
	got := runWith(t.Context(), model.NewTrainer(), "train", "--k", "2", "--epochs", "3", "--init", gaps)
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "its 2 clusters, of numbers up to 9, numbered from 0 in the same order")
}
