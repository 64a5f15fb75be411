package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/ring"
)

func TestKAutoFindsTheKarateCommunities(t *testing.T) {
	dir := t.TempDir()
	got := runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--k", "auto", "--k-range", "2-8", "--out", dir)
	require.Equal(t, ran{}, got)
	m := readMetrics(t, dir)
	assert.EqualValues(t, 4, m["k"])
	assert.InDelta(t, 0.4198, m["modularity"], 1e-4)
	assert.EqualValues(t, 5, m["restarts"])
}

// The number that --k auto chooses is trained as often as --restarts says, to
// check it and for the result, and five times without.
func TestKAutoTrainsAsOftenAsAsked(t *testing.T) {
	for args, want := range map[string]int{"": 5, "--restarts 1": 1, "--restarts 3": 3, "--restarts 7": 7} {
		dir, n := t.TempDir(), 0
		got := runWith(t.Context(), counting(evenTrainer, &n),
			append(strings.Fields("train --k-range 2-4 --epochs 3 --out "+dir), strings.Fields(args)...)...)
		require.Zero(t, got.code, got.stderr)
		assert.Regexp(t, fmt.Sprintf(`kept +(the one run|restart \d of %d )`, want), got.stdout)
		assert.EqualValues(t, want, readMetrics(t, dir)["restarts"])
		checked := n - 3*scanRuns - want
		assert.Zero(t, checked%want, "%d trainings", n)
		assert.Positive(t, checked)
		again := t.TempDir()
		require.Zero(t, runWith(t.Context(), evenTrainer, "train", "--quiet", "--config", filepath.Join(dir, "config.yaml"), "--out", again).code)
		assert.EqualValues(t, want, readMetrics(t, again)["restarts"], "config.yaml repeats it")
	}
}

func TestKAutoFindsCliques(t *testing.T) {
	g, err := ring.Generate(6, 6)
	require.NoError(t, err)
	data := filepath.Join(t.TempDir(), "ring.npz")
	require.NoError(t, graphfile.WriteNPZ(data, g))
	got := runWith(t.Context(), model.NewTrainer(), "train", "--data", data, "--k-range", "2-10")
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, got.stdout, "k auto    6 of 2 to 10")
	assert.LessOrEqual(t, longest(got.stdout), 80)
}

func TestCandidatesOfK(t *testing.T) {
	all := []outcome.Tried{
		{K: 2, Modularity: .3, Silhouette: .9}, // far below in modularity
		{K: 3, Modularity: .49, Silhouette: .5},
		{K: 4, Modularity: .5, Silhouette: .61},
		{K: 5, Modularity: .495, Silhouette: .6},
		{K: 6, Modularity: .48, Silhouette: .62},
	}
	assert.Equal(t, []int{2, 3}, candidates(all))
	for i := range all {
		all[i].Silhouette = metricsfile.Figure(math.NaN()) // features as they came: modularity alone
	}
	assert.Equal(t, []int{1, 2, 3}, candidates(all))
}

// One number of clusters and a range of them contradict each other, in either
// order and also where one of them is from a file.
func TestKBesideARangeOfKIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte("k: 5\n"), 0o600))
	for _, args := range [][]string{{"--k", "5", "--k-range", "2-8"}, {"--k-range", "2-8", "--k", "5"}, {"--config", file, "--k-range", "2-8"}} {
		got := runWith(t.Context(), evenTrainer, append([]string{"train"}, args...)...)
		assert.Equal(t, 2, got.code)
		assert.Contains(t, got.stderr, "--k-range = 2-8, want --k auto or no --k beside it, not --k 5")
	}
}

func TestKAutoRefuses(t *testing.T) {
	for args, want := range map[string]string{
		"5":   "--k-range = 5, want two whole numbers with a dash",
		"6-2": "--k-range = 6-2, want two whole numbers",
		"0-3": "--k-range = 0-3, want two whole numbers",
	} {
		got := runWith(t.Context(), evenTrainer, "train", "--k-range", args)
		assert.Equal(t, 2, got.code)
		assert.Contains(t, got.stderr, want)
	}
}
