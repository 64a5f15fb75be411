package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

func TestCompareAsBuilt(t *testing.T) {
	bin, dir := builtBinary(t), filepath.Join(t.TempDir(), "out")
	cmd := exec.Command(bin, "compare", "--seeds", "2", "--methods", "mincut,dmon", "--epochs", "20", "--json", "--out", dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	assert.Equal(t, 4, strings.Count(stderr.String(), "\n"), "a line a training")
	var f comparisonFile
	require.NoError(t, json.Unmarshal(out, &f))
	assert.Len(t, f.Runs, 12)
	var names []string
	for _, m := range f.Methods {
		names = append(names, m.Method)
		assert.Equal(t, 2, m.Runs, m.Method)
	}
	assert.Equal(t, []string{"mincut", "dmon", "kmeans", "louvain", "louvain-k", "random"}, names)
	means := readTable(t, filepath.Join(dir, "compare.csv"))
	runs := readTable(t, filepath.Join(dir, "runs.csv"))
	require.Len(t, means, 7)
	require.Len(t, runs, 13)
	sum := 0.0
	for _, r := range runs[1:] {
		if r[0] == "dmon" {
			sum += numberOf(t, r[2])
		}
	}
	assert.InDelta(t, sum/2, numberOf(t, means[2][2]), 1e-12)
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	require.NoError(t, err)
	for _, want := range []string{"justbalance", "louvain-k", "random"} {
		assert.Equal(t, want != "justbalance", strings.Contains(string(page), want), want)
	}
	for _, name := range []string{"compare.svg", "compare.png", "manifest.json"} {
		assert.FileExists(t, filepath.Join(dir, name))
	}
}

func numberOf(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

func TestCompareTable(t *testing.T) {
	data := generated(t)
	for _, args := range []string{"--seeds 3", "--seeds 1 --methods dmon --data " + data} {
		got := runWith(t.Context(), evenTrainer, append([]string{"compare", "--quiet", "--epochs", "3"}, strings.Fields(args)...)...)
		require.Zero(t, got.code, got.stderr)
		assert.Empty(t, got.stderr)
		assert.LessOrEqual(t, longest(got.stdout), 80)
		for _, want := range []string{"modularity", "NMI", "louvain", "random"} {
			assert.Contains(t, got.stdout, want)
		}
	}
	got := runWith(t.Context(), evenTrainer, "compare", "--quiet", "--seeds", "1", "--k", "2", "--data",
		writeText(t, filepath.Join(t.TempDir(), "g.csv"), twoTriangles))
	require.Zero(t, got.code, got.stderr)
	assert.NotContains(t, got.stdout, "NMI")
	assert.Contains(t, got.stdout, "louvain     0.357")
}

func TestCompareInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	trained := 0
	stopping := func(ctx context.Context, j model.Job) (*model.Fit, error) {
		if trained++; trained == 3 {
			cancel()
		}
		return evenTrainer(ctx, j)
	}
	dir := filepath.Join(t.TempDir(), "out")
	got := runWith(ctx, stopping, "compare", "--quiet", "--out", dir)
	assert.Equal(t, failure.ExitInterrupted, got.code)
	assert.Equal(t, "trainclustering: interrupted after 2 of 40 trainings; the table has those, written to "+dir+"\n", got.stderr)
	assert.Contains(t, got.stdout, "mincut")
	assert.NotContains(t, got.stdout, "justbalance")
	assert.Contains(t, got.stdout, "over 0 to 1 of 5 seeds (interrupted); eff.:")
	assert.LessOrEqual(t, longest(got.stdout), 80)
	assert.FileExists(t, filepath.Join(dir, "compare.csv"))
	got = runWith(ctx, evenTrainer, "compare", "--out", filepath.Join(t.TempDir(), "none"))
	assert.Equal(t, ran{130, "", "trainclustering: interrupted before the first training was done; nothing was written\n"}, got)
}

// What is shown and written of a comparison that was interrupted tells over how
// many seeds it is, the references like the methods.
func TestAnInterruptedComparisonTellsItsSeeds(t *testing.T) {
	compare := func(more ...string) ran {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		trained := 0
		return runWith(ctx, func(ctx context.Context, j model.Job) (*model.Fit, error) {
			if trained++; trained == 5 {
				cancel()
			}
			return evenTrainer(ctx, j)
		}, append(strings.Fields("compare --quiet --seeds 20 --methods dmon,mincut --epochs 3"), more...)...)
	}
	dir := filepath.Join(t.TempDir(), "out")
	got := compare("--out", dir)
	assert.Equal(t, failure.ExitInterrupted, got.code)
	assert.Contains(t, got.stdout, "  mean ± standard deviation over 2 of 20 seeds (interrupted); eff.: effective\n  number of clusters\n")
	for _, row := range readTable(t, filepath.Join(dir, "compare.csv"))[1:] {
		assert.Equal(t, "2", row[1], row[0])
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	require.NoError(t, err)
	assert.Contains(t, string(page), "2 of 20 (interrupted)")
	assert.Contains(t, string(page), "The comparison was interrupted after 4 of 40 trainings; the figures are of those.")

	var f comparisonFile
	require.NoError(t, json.Unmarshal([]byte(compare("--json").stdout), &f))
	assert.Equal(t, []any{20, false}, []any{f.Seeds, f.Complete})
	whole := runWith(t.Context(), evenTrainer, "compare", "--quiet", "--json", "--seeds", "2", "--methods", "dmon", "--epochs", "3")
	require.NoError(t, json.Unmarshal([]byte(whole.stdout), &f))
	assert.Equal(t, []any{2, true}, []any{f.Seeds, f.Complete})
}

func TestCompareBadInput(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []badInput{
		{"", "--methods dmon,dnom", 2, "--methods = dmon,dnom, want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq or bnpool with commas between them, each once", "did you mean dmon?"},
		{"", "--seeds 0", 2, "--seeds = 0, want a whole number from 1 to 1000", ""},
		{"", "--k 35", 2, "--k = 35, want 1 to 34, the number of nodes", ""},
		{"", "--k 1", 2, "--k asks for 1 cluster, want 2 or more with the method bnpool", ""},
		{"", "--preset fast", 2, "--preset = fast, want quality, communities, modularity or paper", ""},
		{"", "--refine all", 2, "--refine = all, want none, moves or multilevel", ""},
		{"", "g.csv", 2, "unexpected argument g.csv", "files are named by a flag, as in --data g.csv"},
	} {
		got := runWith(t.Context(), nil, append([]string{"compare"}, strings.Fields(c.args)...)...)
		assert.Equal(t, c.code, got.code, c.args)
		assert.Empty(t, got.stdout)
		checkLines(t, c, got.stderr)
	}
	assert.Len(t, filesUnder(t, "."), 1)
}
