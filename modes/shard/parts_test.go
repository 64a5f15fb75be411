package shard_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/shard"
)

// Parts hold the rows of the blocks, in their order, and none of two blocks.
func TestParts(t *testing.T) {
	for name, h := range graphs(t) {
		s := write(t, h, shard.Options{Block: 8, Hops: 1})
		for _, rows := range []int{1, 3, 8, 100} {
			p := s.Parts(rows)
			i := 0
			for b := range s.Blocks() {
				lo, hi := s.Rows(b)
				var x []float32
				var d []float64
				var all shard.Edges
				for at := lo; at < hi; i++ {
					from, to := p.Rows(i)
					require.Equal(t, at, from, "%s: part %d of %d rows", name, i, rows)
					require.LessOrEqual(t, to-from, int64(rows))
					at = to
					if s.Meta().Features > 0 {
						part, err := p.Features(1, i, nil)
						require.NoError(t, err)
						x = append(x, part...)
					}
					part, err := p.Degrees(i, nil)
					require.NoError(t, err)
					d = append(d, part...)
					var e shard.Edges
					require.NoError(t, p.Edges(i, &e))
					require.Len(t, e.Ptr, int(to-from)+1)
					all.Col, all.Weight = append(all.Col, e.Col...), append(all.Weight, e.Weight...)
					require.Equal(t, int64(len(e.Col)), e.Ptr[to-from])
				}
				if s.Meta().Features > 0 {
					want, err := s.Features(1, b, nil)
					require.NoError(t, err)
					assert.Equal(t, want, x, name)
				}
				want, err := s.Degrees(b, nil)
				require.NoError(t, err)
				assert.Equal(t, want, d, name)
				var e shard.Edges
				require.NoError(t, s.Edges(b, &e))
				assert.Equal(t, append([]int32{}, e.Col...), append([]int32{}, all.Col...), name)
				assert.Equal(t, append([]float32{}, e.Weight...), append([]float32{}, all.Weight...), name)
			}
			assert.Equal(t, i, p.Blocks(), "%s: parts of %d rows", name, rows)
		}
	}
}

func TestPartsRefuseWhatTheStoreHasNot(t *testing.T) {
	s := write(t, hostOf(t, 20, 3, false, randomEdges(20, 30)), shard.Options{Block: 8})
	p := s.Parts(4)
	require.Equal(t, 5, p.Blocks())
	for _, i := range []int{-1, 5} {
		_, err := p.Features(0, i, nil)
		require.ErrorContains(t, err, "want 0 to 4")
		_, err = p.Degrees(i, nil)
		require.ErrorContains(t, err, "want 0 to 4")
		require.ErrorContains(t, p.Edges(i, &shard.Edges{}), "want 0 to 4")
	}
	_, err := p.Features(1, 0, nil)
	require.ErrorContains(t, err, "hop = 1, want 0 to 0")
}

// A byte that was changed anywhere in a block is noticed with its first part.
func TestPartsOfADamagedBlock(t *testing.T) {
	for _, name := range []string{"features-0.bin", "rows.bin", "columns.bin", "degrees.bin"} {
		dir := filepath.Join(t.TempDir(), "store")
		src, err := shard.FromHost(hostOf(t, 20, 3, false, randomEdges(20, 30)))
		require.NoError(t, err)
		require.NoError(t, shard.Write(t.Context(), dir, src, shard.Options{Block: 20}))
		file := filepath.Join(dir, name)
		all, err := os.ReadFile(file)
		require.NoError(t, err)
		all[len(all)-12] ^= 1 // of the last rows, before the one checksum
		require.NoError(t, os.WriteFile(file, all, 0o600))

		s, err := shard.Open(dir)
		require.NoError(t, err)
		defer s.Close()
		p := s.Parts(5)
		_, of := p.Features(0, 0, nil)
		_, degrees := p.Degrees(0, nil)
		edges := p.Edges(0, &shard.Edges{})
		found := 0
		for _, err := range []error{of, degrees, edges} {
			if err != nil {
				require.ErrorContains(t, err, name)
				found++
			}
		}
		assert.Equal(t, 1, found, name)
	}
}
