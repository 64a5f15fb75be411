package main

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/sbm"
)

// TestMeasure measures a small graph with clusters that are easy to find.
func TestMeasure(t *testing.T) {
	dir := t.TempDir()
	g, err := sbm.Generate(func() sbm.Config {
		c := sbm.NewConfig()
		c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim = 120, 3, 10, 1, 4
		return c
	}())
	require.NoError(t, err)
	require.NoError(t, graphfile.WriteNPZ(filepath.Join(dir, "easy.npz"), g))
	out := filepath.Join(dir, "page.md")
	require.NoError(t, os.WriteFile(out, []byte("before\n"+begin+"\nold\n"+end+"\nafter\n"), 0o644))

	args := []string{"--data", dir, "--seeds", "2", "--methods", "mincut", "--out", out, "--plot", filepath.Join(dir, "plot.svg"), "--results", filepath.Join(dir, "results.json")}
	c, err := parse(args)
	require.NoError(t, err)
	require.NoError(t, run(context.Background(), c))

	all, err := load(c.results)
	require.NoError(t, err)
	require.Len(t, all, 2, "k = 3 and k = 16")
	w, ok := all[0].way(wayRecipe)
	require.True(t, ok)
	require.Len(t, w.Runs, 2)
	assert.Greater(t, float64(w.Runs[0].NMI), .9)
	page, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(page), "before\n") && strings.HasSuffix(string(page), "\nafter\n"))
	assert.NotContains(t, string(page), "old")
	for _, way := range []string{wayRecipe, wayMoves, wayMulti, wayKMeans, wayLouvain, wayRandom, "recipe, mincut"} {
		assert.Contains(t, string(page), "| "+way+" |")
	}
}

func TestParse(t *testing.T) {
	_, err := parse(nil)
	assert.ErrorContains(t, err, `--data "" --seeds 5`)
	_, err = parse([]string{"--data", t.TempDir()})
	assert.ErrorContains(t, err, "no npz file")
}

func TestCollapsed(t *testing.T) {
	w := way{Runs: []figures{{Largest: .95, Effective: 5}, {Largest: .5, Effective: 1.9}, {Largest: .5, Effective: 2.1}}}
	assert.Equal(t, 2, w.collapsed(16))
	assert.Equal(t, 1, w.collapsed(2))
}

func TestNumbersAsJSON(t *testing.T) {
	data, err := json.Marshal([]number{number(math.NaN()), .1234567})
	require.NoError(t, err)
	assert.Equal(t, "[null,0.123457]", string(data))
	var back []number
	require.NoError(t, json.Unmarshal(data, &back))
	assert.True(t, math.IsNaN(float64(back[0])))
}

func TestWithKeepsOtherWays(t *testing.T) {
	old := []measured{{Graph: "a", K: 2, Ways: []way{{Name: "x"}, {Name: "y", Runs: make([]figures, 1)}}}}
	got := with(old, measured{Graph: "a", K: 2, Ways: []way{{Name: "x", Runs: make([]figures, 3)}}})
	require.Len(t, got, 1)
	assert.Len(t, got[0].Ways[0].Runs, 3)
	assert.Len(t, got[0].Ways[1].Runs, 1)
	assert.Len(t, with(got, measured{Graph: "b", K: 2}), 2)
}

func TestReplaceWantsItsMarks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	require.NoError(t, os.WriteFile(file, []byte("text"), 0o644))
	assert.ErrorContains(t, replace(file, "new"), "want the lines")
}
