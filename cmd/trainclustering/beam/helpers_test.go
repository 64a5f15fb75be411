package main

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/shard"
)

const (
	nodes, features, clusters = 1200, 8, 4
	block, blocks             = 100, 12
)

// stored is a store of a graph with planted clusters, in blocks of 100 rows.
func stored(t *testing.T) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var row, col []int
	for range 5 * nodes {
		i, j := r.IntN(nodes), r.IntN(nodes)
		if r.Float64() < .8 {
			j = j/clusters*clusters + i%clusters
		}
		if i != j {
			row, col = append(row, i, j), append(col, j, i)
		}
	}
	h, err := modes.FromCOO(nodes, row, col, nil)
	require.NoError(t, err)
	h.Weights = nil
	x := make([]float32, nodes*features)
	for i := range x {
		x[i] = float32(r.NormFloat64())
		if i/features%clusters == i%features {
			x[i] += 2
		}
	}
	h.X = tensor.New(tensor.WithShape(nodes, features), tensor.WithBacking(x))
	source, err := shard.FromHost(h)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "store")
	require.NoError(t, shard.Write(context.Background(), dir, source, shard.Options{Block: block, Hops: 1}))
	return dir
}
