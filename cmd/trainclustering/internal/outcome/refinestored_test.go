package outcome

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/shard"
)

// interrupted is a context that a signal ends after it was asked so often.
type interrupted struct {
	context.Context
	after int
}

func (c *interrupted) Err() error {
	if c.after--; c.after < 0 {
		return context.Canceled
	}
	return nil
}

// TestRefineStoredIsInterrupted: two cliques in halves of one another. What moved
// before the interrupt stays.
func TestRefineStoredIsInterrupted(t *testing.T) {
	const n, half = 20, 10
	dir := filepath.Join(t.TempDir(), "store")
	source := shard.Source{
		Nodes: n,
		Edges: func(lo, hi int64, e *shard.Edges) error {
			e.Ptr, e.Col, e.Weight = append(e.Ptr[:0], 0), e.Col[:0], nil
			for i := int(lo); i < int(hi); i++ {
				for j := i / half * half; j < (i/half+1)*half; j++ {
					if i != j {
						e.Col = append(e.Col, int32(j))
					}
				}
				e.Ptr = append(e.Ptr, int64(len(e.Col)))
			}
			return nil
		},
	}
	require.NoError(t, shard.Write(context.Background(), dir, source, shard.Options{Block: 2}))
	store, err := shard.Open(dir)
	require.NoError(t, err)
	defer store.Close()
	start := make([]int, n)
	for i := range start {
		start[i] = (i + i/7) % 2
	}
	result := func(after int, stopped string) *Result {
		best := &Best{Fit: &model.Fit{Shares: make([]float32, 2*n)}, Found: [][]int{start}, Interrupted: stopped}
		o := options.Train{Config: model.Config{K: 2, Refine: string(cluster.Moves)}}
		res, err := NewStored(&interrupted{t.Context(), after}, dir, store, o, best, nil)
		require.NoError(t, err)
		return res
	}
	none, some, all := result(0, ""), result(2, ""), result(1000, "")
	assert.Equal(t, "the training, before the refining", none.Best.Interrupted)
	assert.Nil(t, none.Trained)
	assert.Equal(t, start, none.Cluster)
	assert.NotContains(t, storeLine(none), "moved")
	assert.Equal(t, "epoch 3", result(0, "epoch 3").Best.Interrupted)

	assert.Equal(t, "a part of the refining", some.Best.Interrupted)
	assert.Greater(t, some.Scores.Modularity, none.Scores.Modularity)
	assert.Equal(t, start, some.Trained.Cluster)
	assert.Contains(t, storeLine(some), "moved")

	assert.Empty(t, all.Best.Interrupted)
	assert.InDelta(t, .5, all.Scores.Modularity, 1e-12)
	assert.Greater(t, all.Scores.Modularity, some.Scores.Modularity)

	context := &interrupted{t.Context(), 1000}
	_, whole, err := swept(context, store, start, 2)
	require.NoError(t, err)
	assert.True(t, whole)
	_, whole, err = swept(&interrupted{t.Context(), 1000 - context.after}, store, start, 2)
	require.NoError(t, err)
	assert.True(t, whole, "a signal after the last block")
}
