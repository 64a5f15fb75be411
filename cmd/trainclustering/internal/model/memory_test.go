package model

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

// TestMemoryAgainstMeasuredPeaks compares the estimate with the peak resident
// sizes in MB of two epochs, measured on Linux with the block models of
// `generate sbm --avg-degree 10`.
func TestMemoryAgainstMeasuredPeaks(t *testing.T) {
	for _, c := range []struct {
		peak          float64
		nodes, width  int // width of dense features, 0 for none
		k             int
		hidden        []int
		encoder, kind string
	}{
		{1049, 34, 0, 4, []int{4096, 4096}, "gcn", Float32},
		{2045, 34, 0, 4, []int{4096, 4096}, "gcn", Float64},
		{1079, 34, 0, 4, []int{4096, 4096}, "mlp", Float32},
		{736, 3000, 0, 3000, []int{64}, "gcn", Float32},
		{1237, 3000, 0, 3000, []int{64}, "gcn", Float64},
		{75, 20_000, 0, 16, []int{64}, "gcn", Float32},
		{595, 20_000, 0, 1000, []int{64}, "gcn", Float32},
		{833, 20_000, 0, 16, []int{1000, 1000}, "gcn", Float32},
		{1632, 20_000, 0, 16, []int{1000, 1000}, "gcn-skip", Float32},
		{787, 20_000, 0, 16, []int{1000, 1000}, "mlp", Float32},
		{202, 50_000, 512, 16, []int{64}, "gcn", Float32},
		{475, 50_000, 512, 16, []int{64}, "gcn", Float64},
	} {
		g := &graphfile.Graph{Nodes: c.nodes, Col: make([]int32, 10*c.nodes)}
		if c.width > 0 {
			g.Features = &graphfile.Features{Rows: c.nodes, Cols: c.width, Dense: make([]float32, c.nodes*c.width)}
		}
		cfg, err := FromPreset(PresetPaper)
		require.NoError(t, err)
		cfg.K, cfg.Hidden, cfg.Encoder, cfg.Dtype = c.k, c.hidden, c.encoder, c.kind
		assert.InDelta(t, 1, Memory(g, cfg)/1e6/c.peak, 0.3, "%+v: %.0f MB", c, Memory(g, cfg)/1e6)
	}
}

// The peak is that of a run of `shard` and `train --memory-limit 250MB` on two
// threads, less the 88 MB of blocks that it kept.
func TestStoreNeedsAgainstMeasuredPeaks(t *testing.T) {
	m := shard.Meta{Nodes: 1_000_000, Entries: 19_993_718, MaxEntries: 2 << 20, Features: 64, Block: 16384, Labels: true}
	cfg, err := FromPreset(PresetPaper)
	require.NoError(t, err)
	cfg.K, cfg.Hidden, cfg.Encoder, cfg.Dtype = 16, []int{64}, "gcn", Float32
	all, epochs := StoreNeeds(m, cfg, 1, 2)
	assert.InDelta(t, 1, epochs/148e6, 0.25, "%.0f MB", epochs/1e6)
	assert.GreaterOrEqual(t, all, epochs)

	// With 8 times the nodes the result takes most: a run without a limit.
	m.Nodes, m.Entries = 8_000_000, 159_982_944
	all, epochs = StoreNeeds(m, cfg, 1, 2)
	assert.InDelta(t, 1, all/846e6, 0.25, "%.0f MB", all/1e6)
	assert.Greater(t, all, epochs)

	assert.Zero(t, StoreKeep(2e8, 1e8, true), "no room")
	assert.Equal(t, int64(0.81e8), StoreKeep(1e8, 2e8, true))
	assert.Equal(t, int64(keptByDefault), StoreKeep(1e8, 1e12, false), "nobody asked for a limit")
	assert.Positive(t, StoreKeep(1e8, math.Inf(1), true))
}
