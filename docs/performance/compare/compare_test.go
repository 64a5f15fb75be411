package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNanoseconds(t *testing.T) {
	out := `goos: linux
BenchmarkSpMM/arxiv/n=64/weighted-2         	      10	 12000000 ns/op	 1 MB/s
BenchmarkSpMM/arxiv/n=64/weighted-2         	      10	 14000000 ns/op	 1 MB/s
BenchmarkSpMM/arxiv/n=64/weighted_more-2    	      10	 99000000 ns/op
PASS
`
	assert.Equal(t, []float64{12e6, 14e6}, nanoseconds([]byte(out), "BenchmarkSpMM/arxiv/n=64/weighted"))
	assert.Equal(t, []float64{5}, nanoseconds([]byte("BenchmarkX 100 5 ns/op"), "BenchmarkX"))
	assert.Empty(t, nanoseconds([]byte(out), "BenchmarkOther"))
}

func TestMedian(t *testing.T) {
	assert.Equal(t, 2.0, median([]float64{3, 1, 2}))
	assert.Equal(t, 2.5, median([]float64{4, 1, 3, 2}))
	assert.Zero(t, median(nil))
}

// The ratio is the middle one of the rounds, not that of the medians.
func TestTable(t *testing.T) {
	r := &results{Rounds: 3, Limits: limits{Bytes: 1e9, Flops: 1e9}}
	r.add(item{group: "epoch", name: "dmon, Cora", memory: true}, []pair{
		{sample{MS: 1, RSS: 100e6}, sample{MS: 2, RSS: 400e6, Note: "X sparse"}},
		{sample{MS: 3, RSS: 100e6}, sample{MS: 3, RSS: 400e6, Note: "X sparse"}},
		{sample{MS: 2, RSS: 100e6}, sample{MS: 10, RSS: 400e6, Note: "X sparse"}},
	})
	r.add(item{group: "layer", name: "alone", work: work{bytes: 1e6, flops: 61.7e6}}, []pair{{Ours: sample{MS: 123.4}}})
	text := r.markdown()
	assert.Contains(t, text, "| dmon, Cora | 2.00 | 3.00 | **0.50** | 0.20–1.00 | X sparse | 100 MB | 400 MB | 0.25 |")
	assert.Contains(t, text, "| alone | 123 | – | – | – |  | 0.50 |")
	assert.NotContains(t, text, "## Operations")

	path := filepath.Join(t.TempDir(), "results")
	require.NoError(t, r.write(path))
	data, err := os.ReadFile(path + ".json")
	require.NoError(t, err)
	var back results
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, r.Items[1].Rounds, back.Items[1].Rounds)
}

func TestParse(t *testing.T) {
	t.Setenv("PEER_PYTHON", "env X=1 python3")
	t.Setenv("PEER_DIR", "/tmp/peer")
	c, err := parse([]string{"--only", "epoch/", "--rounds", "1"})
	require.NoError(t, err)
	assert.Equal(t, []string{"env", "X=1", "python3"}, c.peer)
	assert.Equal(t, "/tmp/peer", c.work)
	assert.True(t, c.only.MatchString("epoch/dmon, Cora"))
	c, err = parse([]string{"--peer", "none"})
	require.NoError(t, err)
	assert.Nil(t, c.peer)
	assert.NotContains(t, (&bench{config: c}).peerEnv(), "ATEN_CPU_CAPABILITY=avx2")
	t.Setenv("GRAPHPOOL_CPU", "avx2")
	c, err = parse(nil)
	require.NoError(t, err)
	assert.Contains(t, (&bench{config: c}).peerEnv(), "ATEN_CPU_CAPABILITY=avx2")
	assert.Contains(t, (&results{Host: host(c)}).markdown(), "(avx2 on both sides), ")
	t.Setenv("GRAPHPOOL_CPU", "purego")
	_, err = parse(nil)
	assert.ErrorContains(t, err, `GRAPHPOOL_CPU = "purego", want avx2, avx512 or nothing`)
	t.Setenv("GRAPHPOOL_CPU", "")
	for _, bad := range [][]string{{"--rounds", "0"}, {"--seconds", "0"}, {"--only", "("}} {
		_, err := parse(bad)
		assert.Error(t, err, "%v", bad)
	}
}

// Each epoch is measured beside a peer that keeps Â·X, too.
func TestEpochItems(t *testing.T) {
	b := &bench{config: &config{data: t.TempDir()}}
	assert.Empty(t, b.epoch(graphs[0], "dmon"), "no file")
	require.NoError(t, os.WriteFile(filepath.Join(b.data, "cora.npz"), nil, 0o644))
	all := b.epoch(graphs[0], "dmon")
	require.Len(t, all, 2)
	assert.Equal(t, "dmon, Cora", all[0].name)
	assert.Equal(t, "dmon, Cora, torch keeps ÂX", all[1].name)
}
