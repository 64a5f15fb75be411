package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
)

// Every flag of train is in the help, or refused in one line that names it.
func TestNoFlagIsWithoutEffect(t *testing.T) {
	store := stored(t)
	values := map[string]string{
		"format": "csv", "columns": "a,b", "header": "yes", "delimiter": ";", "decimal": ",", "nodes": "5", "features": "x.csv",
		"labels": "y.csv", "features-from": "degree", "feature-dim": "8", "k-range": "2-4", "connected": "split",
		"min-size": "2", "levels": "4,2", "align": "a.csv", "restarts": "2", "features-as": "words", "neighbours": "1",
		"dropout": ".5", "order": "rcm", "memory-limit": "4GB",
	}
	page := help().At(0)
	for _, group := range append(options.Flags(), flags.Everywhere()) {
		for _, row := range group.Rows {
			if regexp.MustCompile(`(?m)^  --` + row.Name + `\b[^-]`).MatchString(page) {
				assert.NotContains(t, values, row.Name)
				continue
			}
			require.Contains(t, values, row.Name, "it is neither in the help nor refused")
			var stdout, stderr bytes.Buffer
			args := []string{"trainclustering-beam", "--data", store, "--epochs", "1", "--" + row.Name, values[row.Name]}
			assert.Equal(t, 2, run(t.Context(), args, &stdout, &stderr), row.Name)
			assert.Regexp(t, `^trainclustering: --`+row.Name+`\b[^\n]*\n(hint: [^\n]*\n)?$`, stderr.String())
			assert.Empty(t, stdout.String())
		}
	}
}

func TestAPoolRefusesFlagsOfATraining(t *testing.T) {
	var out bytes.Buffer
	assert.Equal(t, 2, run(t.Context(), []string{"trainclustering-beam", "--worker-pool", "50000", "--k", "3"}, &out, &out))
	assert.Equal(t, "trainclustering: --k is not for --worker-pool: the jobs bring what they need\n", out.String())
}

// --threads, --timing, --formats and --log-format do what they say, and
// config.yaml repeats the run.
func TestFlagsOfOneMachine(t *testing.T) {
	store, before := stored(t), runtime.GOMAXPROCS(0)
	out := trained(t, store, "mincut", "--threads", "1", "--timing", "--formats", "json,csv")
	assert.Equal(t, before, runtime.GOMAXPROCS(0))
	assert.FileExists(t, filepath.Join(out, "assignments.json"))
	var m struct {
		Threads int
		Timing  []struct{ Part string }
	}
	text, err := os.ReadFile(filepath.Join(out, "metrics.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &m))
	assert.Equal(t, 1, m.Threads)
	var parts []string
	for _, part := range m.Timing {
		parts = append(parts, part.Part)
	}
	assert.Equal(t, []string{"reading", "start", "training", "measuring", "writing"}, parts)

	again := filepath.Join(t.TempDir(), "again")
	var stdout, stderr bytes.Buffer
	args := []string{"trainclustering-beam", "--config", filepath.Join(out, "config.yaml"), "--out", again, "--log-format", "json"}
	require.Zero(t, run(t.Context(), args, &stdout, &stderr), stderr.String())
	assert.Equal(t, history(t, out), history(t, again))
	for _, line := range bytes.Split(bytes.TrimSpace(stderr.Bytes()), []byte("\n")) {
		assert.True(t, json.Valid(line), "%s", line)
	}
}
