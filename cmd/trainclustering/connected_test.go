package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// Two cliques without an edge between them, and a node without an edge: what
// each value of --connected does, and that the summary names no flag in vain.
func TestConnectedOfComponents(t *testing.T) {
	t.Chdir(t.TempDir())
	var two strings.Builder
	two.WriteString(`{"nodes":[`)
	for i := range 12 {
		two.WriteString(`{"id":"` + string(rune('a'+i)) + `"},`)
	}
	two.WriteString(`{"id":"lonely"}],"links":[`)
	sep := ""
	for i := range 12 {
		for j := range i {
			if i/6 == j/6 {
				two.WriteString(sep + `{"source":"` + string(rune('a'+i)) + `","target":"` + string(rune('a'+j)) + `"}`)
				sep = ","
			}
		}
	}
	writeText(t, "two.json", two.String()+"]}")
	for _, c := range []struct {
		connected, want string
		used            int
	}{
		{"", "clusters in pieces: 1 of 1; --connected split makes each piece a cluster", 1},
		{"split", "clusters in pieces: 1 of 2; the pieces are nodes without an edge, which stay where they are", 2},
		{"reassign", "clusters in pieces: 1 of 1; the pieces have no edges to other clusters; --connected split makes each a cluster", 1},
	} {
		args := []string{"train", "--data", "two.json", "--k", "1", "--epochs", "5", "--out", "o" + c.connected}
		if c.connected != "" {
			args = append(args, "--connected", c.connected)
		}
		got := runWith(t.Context(), model.NewTrainer(), args...)
		require.Zero(t, got.code, got.stderr)
		assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), c.want+" time", c.connected)
		used := map[string]bool{}
		for _, row := range readTable(t, "o"+c.connected+"/assignments.csv")[1:] {
			used[row[1]] = true
		}
		assert.Len(t, used, c.used, c.connected)
	}
}

// A graph with neither edges nor features is warned of, under --quiet too.
func TestNothingToClusterBy(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "none.json", `{"nodes":[{"id":"a"},{"id":"b"},{"id":"c"}],"links":[]}`)
	const warning = "the graph has neither edges nor features"
	got := runWith(t.Context(), model.NewTrainer(), "train", "--data", "none.json", "--k", "2", "--epochs", "5")
	assert.Contains(t, got.stdout, "warning: "+warning)
	got = runWith(t.Context(), model.NewTrainer(), "train", "--data", "none.json", "--k", "2", "--epochs", "5", "--quiet")
	assert.Contains(t, got.stderr, warning)
	got = runWith(t.Context(), model.NewTrainer(), "compare", "--data", "none.json", "--k", "2", "--epochs", "5", "--methods", "dmon", "--seeds", "1", "--quiet")
	assert.Contains(t, got.stderr, warning)
	writeText(t, "f.csv", "id,x\na,1\nb,5\nc,9\n")
	for _, args := range []string{"--k 1", "--k 2 --features f.csv"} {
		got = runWith(t.Context(), model.NewTrainer(), append([]string{"train", "--data", "none.json", "--epochs", "5"}, strings.Fields(args)...)...)
		require.Zero(t, got.code, got.stderr)
		assert.NotContains(t, got.stdout, warning)
	}
}
