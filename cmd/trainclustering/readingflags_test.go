package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
)

// readingValues are values of the flags that say how a graph is read.
var readingValues = map[string]string{
	"format": "gml", "columns": "7,8", "header": "yes", "delimiter": "tab", "decimal": "comma", "nodes": "5",
	"features": "nosuch.csv", "labels": "nosuch.csv", "features-from": "spectral", "feature-dim": "8",
}

// Who forgets --data does not get the clusters of another graph.
func TestReadingFlagsNeedData(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "a.csv", "node,cluster\n0,1\n")
	for _, row := range reading.Flags().Rows {
		value := readingValues[row.Name]
		require.NotEmpty(t, value, row.Name)
		for _, command := range [][]string{{"train"}, {"compare", "--methods", "dmon"}} {
			got := runWith(t.Context(), evenTrainer, append(command, "--"+row.Name, value)...)
			assert.Equal(t, 2, got.code, row.Name)
			assert.Contains(t, got.stderr, "--"+row.Name+" = "+value+", want --data beside it", row.Name)
		}
	}
	for _, row := range reading.FormatFlags() {
		got := runWith(t.Context(), evenTrainer, "evaluate", "a.csv", "--against", "a.csv", "--"+row.Name, readingValues[row.Name])
		assert.Equal(t, 2, got.code, row.Name)
		assert.Contains(t, got.stderr, ", want --data beside it", row.Name)
	}
}

// A file of options of the karate club repeats its run.
func TestConfigOfTheKarateClubRepeats(t *testing.T) {
	t.Chdir(t.TempDir())
	first := runWith(t.Context(), evenTrainer, "train", "--out", "first", "--quiet")
	require.Equal(t, 0, first.code, first.stderr)
	again := runWith(t.Context(), evenTrainer, "train", "--config", "first/config.yaml", "--out", "second", "--quiet")
	require.Equal(t, 0, again.code, again.stderr)
	assert.Equal(t, readTable(t, "first/assignments.csv"), readTable(t, "second/assignments.csv"))
}

// Features that a graph has are used, and --features-from says that it is not.
func TestFeaturesFromOfAGraphWithFeatures(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "e.csv", "a,b\nb,c\nc,a\n")
	writeText(t, "f.csv", "id,x\na,1\nb,2\nc,3\n")
	for _, c := range []struct {
		args string
		told bool
	}{{"--features f.csv --features-from degree", true}, {"--features f.csv", false}, {"--features-from degree", false}} {
		got := runWith(t.Context(), evenTrainer, append([]string{"train", "--data", "e.csv", "--k", "2"}, strings.Fields(c.args)...)...)
		require.Equal(t, 0, got.code, got.stderr)
		assert.Equal(t, c.told, strings.Contains(strings.Join(strings.Fields(got.stdout), " "), "--features-from degree not used: the graph has features"), c.args)
	}
}
