package shard_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/shard"
)

// bytesRead is how many bytes this process has read so far.
func bytesRead(t *testing.T) (n int64) {
	t.Helper()
	b, err := os.ReadFile("/proc/self/io")
	if err != nil {
		t.Skip(err)
	}
	_, err = fmt.Sscanf(strings.SplitN(string(b), "\n", 2)[0], "rchar: %d", &n)
	require.NoError(t, err)
	return n
}

// Another order of a store's rows reads each of them alone: a store of large
// blocks costs as much as one of small ones.
func TestSingleRowsOfAStoreAreReadAlone(t *testing.T) {
	const nodes, features = 4000, 8
	h := hostOf(t, nodes, features, true, ringOf(nodes, 1777))
	s, err := shard.FromHost(h)
	require.NoError(t, err)
	for _, dtype := range []string{shard.Float32, shard.BFloat16} {
		stored := shard.FromStore(writeSource(t, s, shard.Options{Block: nodes, Dtype: dtype}))
		before := bytesRead(t)
		order, err := shard.Locality(t.Context(), stored, nil)
		require.NoError(t, err)
		mixed, err := shard.Reordered(stored, order)
		require.NoError(t, err)
		got := written(t, mixed)
		assert.Less(t, bytesRead(t)-before, int64(20*nodes*(4*features+2*8+16)), "not %d blocks", nodes)

		direct, err := shard.Reordered(s, order)
		require.NoError(t, err)
		if dtype == shard.Float32 {
			assert.Equal(t, written(t, direct), got)
		}
	}
}
