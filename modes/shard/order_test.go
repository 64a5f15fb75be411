package shard_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

func TestLocalityPutsNeighboursTogether(t *testing.T) {
	// A path 0-4-2-5-1-3 and the node 6 alone.
	h := hostOf(t, 7, 1, true, []edge{{0, 4, 1}, {4, 2, 2}, {2, 5, 3}, {5, 1, 4}, {1, 3, 5}})
	s, err := shard.FromHost(h)
	require.NoError(t, err)
	order, err := shard.Locality(t.Context(), s, nil)
	require.NoError(t, err)
	assert.Equal(t, []int32{6, 0, 4, 2, 5, 1, 3}, order)
	s, err = shard.Reordered(s, order)
	require.NoError(t, err)
	store := writeSource(t, s, shard.Options{Block: 3})
	var e shard.Edges
	require.NoError(t, store.Edges(1, &e))
	assert.Equal(t, shard.Edges{Ptr: []int64{0, 2, 4, 6}, Col: []int32{2, 4, 3, 5, 4, 6}, Weight: []float32{2, 3, 3, 4, 4, 5}}, e)
	got, err := store.Order(1, nil)
	require.NoError(t, err)
	assert.Equal(t, []int64{2, 5, 1}, got)
	x, err := store.Features(0, 1, nil)
	require.NoError(t, err)
	all := h.X.Data().([]float32)
	assert.Equal(t, []float32{all[2], all[5], all[1]}, x)
}

// Locality goes through a store as through the graph that it was made of, tells
// how far it is, and stops where it is told to.
func TestLocalityOfAStore(t *testing.T) {
	h := hostOf(t, 5000, 1, true, ringOf(5000, 1777))
	s, err := shard.FromHost(h)
	require.NoError(t, err)
	want, err := shard.Locality(t.Context(), s, nil)
	require.NoError(t, err)
	stored := shard.FromStore(writeSource(t, s, shard.Options{Block: 300}))
	var told []float64
	got, err := shard.Locality(t.Context(), stored, func(done float64) { told = append(told, done) })
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.Len(t, told, 3)
	assert.IsIncreasing(t, told)
	assert.Less(t, told[2], 1.)

	ctx, cancel := context.WithCancelCause(t.Context())
	read, stop := 0, errors.New("stop")
	edges := stored.Edges
	stored.Edges = func(lo, hi int64, e *shard.Edges) error {
		if read++; read == 100 {
			cancel(stop)
		}
		return edges(lo, hi, e)
	}
	_, err = shard.Locality(ctx, stored, nil)
	assert.ErrorIs(t, err, stop)
	assert.Less(t, read, 4200)
}

// ringOf is a ring of n nodes whose neighbours are so many numbers apart.
func ringOf(n, step int) []edge {
	var out []edge
	for i := range n {
		out = append(out, edge{i, (i + step) % n, float64(1 + i%3)})
	}
	return out
}

func TestReorderedRefusesWhatIsNoOrder(t *testing.T) {
	s := fullSource(t)
	_, err := shard.Reordered(s, []int32{0})
	assert.EqualError(t, err, "shard: an order of 1 rows, want the graph's 30")
	order := make([]int32, 30)
	_, err = shard.Reordered(s, order)
	assert.EqualError(t, err, "shard: order[1] = 0, want each of 0 to 29 once")
}

// TestOrdersAndStoresAsSources orders a store's rows back to what they were,
// and compares the files with those of the source itself.
func TestOrdersAndStoresAsSources(t *testing.T) {
	direct := fullSource(t)
	direct.Order = nil
	order := make([]int32, 30)
	back := make([]int32, 30)
	for i := range order {
		order[i] = int32((7*i + 3) % 30)
		back[order[i]] = int32(i)
	}
	mixed, err := shard.Reordered(direct, order)
	require.NoError(t, err)
	again, err := shard.Reordered(shard.FromStore(writeSource(t, mixed, shard.Options{Block: 4})), back)
	require.NoError(t, err)
	s := writeSource(t, again, shard.Options{Block: 8})
	for b := range s.Blocks() {
		got, err := s.Order(b, nil)
		require.NoError(t, err)
		lo, _ := s.Rows(b)
		for i, v := range got {
			assert.Equal(t, lo+int64(i), v)
		}
	}
	again.Order = nil
	assert.Equal(t, written(t, direct), written(t, again))
	assert.Equal(t, written(t, direct), written(t, shard.FromStore(writeSource(t, direct, shard.Options{Block: 11}))))
}

// written is the files of a store of s.
func written(t *testing.T, s shard.Source) map[string][]byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "store")
	require.NoError(t, shard.Write(context.Background(), dir, s, shard.Options{Block: 8, Hops: 1}))
	return files(t, dir)
}

// TestFromDiskGivesTheStoreOfFromGraph reads a list whose rows lie in several
// files, and features row after row.
func TestFromDiskGivesTheStoreOfFromGraph(t *testing.T) {
	dir := t.TempDir()
	g, err := graphfile.ReadEdgeList(strings.NewReader("3 1 2\n1 3 4\n5 3 1\n9 1 2\n9 9 1\n"), "edges")
	require.NoError(t, err)
	g.Features = &graphfile.Features{Rows: 4, Cols: 2, Dense: []float32{1, 2, 3, 4, 5, 6, 7, 8}}
	g.Labels = []int{0, 1, 2, -1}
	path := filepath.Join(dir, "g.npz")
	require.NoError(t, graphfile.WriteNPZ(path, g))
	want, err := graphfile.Read(path)
	require.NoError(t, err)
	d, err := graphfile.ReadToDisk(path, dir, graphfile.Options{})
	require.NoError(t, err)
	assert.Empty(t, d.InMemory)
	assert.Equal(t, written(t, shard.FromGraph(want)), written(t, shard.FromDisk(d)))
	require.NoError(t, d.Close())
}
