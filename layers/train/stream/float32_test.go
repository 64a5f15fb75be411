package stream_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/sbm"
	"github.com/graphpool/graphpool/modes/shard"
	"github.com/graphpool/graphpool/ops"
)

// large is a block model of 100,000 nodes. Where it is weighted, every 50th node
// has no edge. Where it is directed, some edges have two weights, and the mean of
// both counts, as in files.
func large(t *testing.T, weighted, directed bool) *modes.Host {
	t.Helper()
	c := sbm.NewConfig()
	c.Nodes, c.Clusters = 100_000, 16
	g, err := sbm.Generate(c)
	require.NoError(t, err)
	h, err := g.Host()
	require.NoError(t, err)
	if !weighted {
		return h
	}
	var row, col []int
	var w []float64
	for i := range g.Nodes {
		for _, to := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			j := int(to)
			if j <= i || i%50 == 0 || j%50 == 0 {
				continue
			}
			v := float64(1 + (i*7+j*13)%8)
			if directed && (i+j)%2 == 0 {
				v = (v + float64(1+(i*5+j*11)%8)) / 2
			}
			row, col, w = append(row, i, j), append(col, j, i), append(w, v, v)
		}
	}
	out, err := modes.FromCOO(g.Nodes, row, col, w)
	require.NoError(t, err)
	out.X = h.X
	return out
}

// sharded is h as a store of the usual blocks.
func sharded(t *testing.T, h *modes.Host) *shard.Store {
	t.Helper()
	src, err := shard.FromHost(h)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "store")
	require.NoError(t, shard.Write(context.Background(), dir, src, shard.Options{Hops: 1}))
	s, err := shard.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// inMemoryIsStreamed compares 20 epochs in float32 by the layer in memory with
// those on a store. Losses are sums of terms near 1 that may cancel, so what
// differs is measured by 1 where the largest loss is less.
func inMemoryIsStreamed(t *testing.T, h *modes.Host) {
	s := sharded(t, h)
	for method, pooler := range map[string]func() layers.Layer{
		"dmon":        func() layers.Layer { return layers.NewDMoNPool(16) },
		"mincut":      func() layers.Layer { return layers.NewMinCutPool(16) },
		"justbalance": func() layers.Layer { return layers.NewJustBalancePool(16) },
	} {
		t.Run(method, func(t *testing.T) {
			encoder := func() layers.Layer {
				l := layers.NewGCNConv(64)
				l.Activation = ops.SELU
				return l
			}
			memory := inMemory(t, h, s, nil, tensor.Float32, train.Options{}, encoder(), pooler())
			have := streamed(t, s, tensor.Float32, stream.Options{}, encoder(), pooler())
			diff := relative(append(have.totals, 1), append(memory.totals, 1))
			t.Logf("%.1e", diff)
			assert.Less(t, diff, 2e-6)
		})
	}
}

// At 100,000 nodes a training in memory in float32 is the streamed one within
// 2e-6, since its sums over nodes are float64 too.
func TestInMemoryIsStreamed(t *testing.T) {
	if testing.Short() {
		t.Skip("100,000 nodes take a while")
	}
	for name, h := range map[string]func() *modes.Host{
		"plain":    func() *modes.Host { return large(t, false, false) },
		"weighted": func() *modes.Host { return large(t, true, false) },
		"directed": func() *modes.Host { return large(t, true, true) },
	} {
		t.Run(name, func(t *testing.T) { inMemoryIsStreamed(t, h()) })
	}
}

// PubMed is in the folder npz in $GRAPHPOOL_DATA.
func TestPubMedInMemoryIsStreamed(t *testing.T) {
	dir := os.Getenv("GRAPHPOOL_DATA")
	if dir == "" {
		t.Skip("GRAPHPOOL_DATA is not set: give the folder that holds npz/pubmed.npz")
	}
	g, err := graphfile.Read(filepath.Join(dir, "npz", "pubmed.npz"))
	require.NoError(t, err)
	h, err := g.Host()
	require.NoError(t, err)
	inMemoryIsStreamed(t, h)
}
