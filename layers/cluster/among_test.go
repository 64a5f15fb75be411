package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
)

// TestPredictAmongOtherNodes clusters the first three of four cliques with a model
// that knows all of them, in another order of the cliques.
func TestPredictAmongOtherNodes(t *testing.T) {
	for name, raw := range map[string]bool{"made": false, "raw": true} {
		o := quick(4)
		if raw {
			o.Init, o.Encoder = cluster.Random, func() []layers.Layer { return []layers.Layer{layers.NewGCNConv(6)} }
		}
		h := cliques(t, 4, 5)
		task, out := trainedOn(t, h, o, raw)
		m := task.Model(out)
		nodes := make([]int32, 20)
		for i := range nodes {
			nodes[i] = int32(i)
		}
		_, shares, err := m.PredictAmong(h, nodes)
		require.NoError(t, err, name)
		assert.InDeltaSlice(t, out.Shares, shares, 1e-5, name)

		few := cliques(t, 3, 5)
		moved := make([]int32, 15)
		for i := range moved {
			moved[i] = int32((i + 5) % 20) // cliques 1 to 3
		}
		moved[0] = -1 // a new node in the place of one
		_, shares, err = m.PredictAmong(few, moved)
		require.NoError(t, err, name)
		assert.Len(t, shares, 15*4)
		for i := range 15 {
			if raw && i == 0 {
				continue // a raw model reads no loop, and the weights of the others do not place it for sure
			}
			best := 0
			for c := range 4 {
				if shares[4*i+c] > shares[4*i+best] {
					best = c
				}
			}
			assert.Equal(t, out.Clusters[i+5], best, "%s: node %d", name, i)
		}
		for _, wrong := range [][]int32{{0}, append(make([]int32, 14), 20), append(make([]int32, 14), -2)} {
			_, _, err = m.PredictAmong(few, wrong)
			assert.ErrorContains(t, err, "matched", name)
		}
	}
}

// TestPredictAmongDoesNotReadNodesOfFeatures: features go by their columns.
func TestPredictAmongDoesNotReadNodesOfFeatures(t *testing.T) {
	h := cliques(t, 4, 5)
	x := make([]float32, 20*4)
	for i := range 20 {
		x[i*4+i/5] = 1
	}
	h.X = tensor.New(tensor.WithShape(20, 4), tensor.WithBacking(x))
	task, out := trainedOn(t, h, quick(4), false)
	_, shares, err := task.Model(out).PredictAmong(h, make([]int32, 20))
	require.NoError(t, err)
	assert.Equal(t, out.Shares, shares)
}
