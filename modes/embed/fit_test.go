package embed_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
)

// ring is n nodes in a ring, with features where width is above 0: node i has
// value (i·7 + j·3) mod 5, less 1 where negative is set.
func fitRing(t *testing.T, n, width int, negative bool) *modes.Host {
	t.Helper()
	var row, col []int
	for i := range n {
		j := (i + 1) % n
		row, col = append(row, i, j), append(col, j, i)
	}
	h, err := modes.FromCOO(n, row, col, nil)
	require.NoError(t, err)
	if width > 0 {
		x := make([]float32, n*width)
		for i := range x {
			x[i] = float32((i/width*7 + i%width*3) % 5)
			if negative {
				x[i]--
			} else if x[i] < 3 {
				x[i] = 0
			}
		}
		h.X = tensor.New(tensor.WithShape(n, width), tensor.WithBacking(x))
	}
	return h
}

func TestAMapGivesTheBitsItWasFittedWith(t *testing.T) {
	for name, h := range map[string]*modes.Host{
		"words": fitRing(t, 40, 9, false), "numbers": fitRing(t, 40, 9, true), "none": fitRing(t, 12, 0, false),
	} {
		o := embed.Defaults()
		o.Columns = 5
		want, m, err := embed.Fit(h, o)
		require.NoError(t, err, name)
		got, err := m.Apply(h)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
		direct, chosen, err := embed.Nodes(h, o)
		require.NoError(t, err, name)
		assert.Equal(t, want, direct, name)
		assert.Equal(t, m.Chosen, chosen, name)
	}
}

func TestAMapServesOtherNodes(t *testing.T) {
	_, m, err := embed.Fit(fitRing(t, 40, 9, false), embed.Options{Columns: 5, Hops: 2})
	require.NoError(t, err)
	z, err := m.Apply(fitRing(t, 15, 9, false))
	require.NoError(t, err)
	assert.Equal(t, 15, z.Rows)
	assert.Equal(t, m.Columns, z.Cols)
	_, err = m.Apply(fitRing(t, 15, 8, false))
	assert.EqualError(t, err, "embed: 8 features, want 9, as the map was fitted on")
	_, err = m.Apply(fitRing(t, 15, 0, false))
	assert.EqualError(t, err, "embed: a graph without features, want 9, as the map was fitted on")
	_, m, err = embed.Fit(fitRing(t, 12, 0, false), embed.Defaults())
	require.NoError(t, err)
	_, err = m.Apply(fitRing(t, 13, 0, false))
	assert.EqualError(t, err, "embed: a graph of 13 nodes, want the 12 nodes whose neighbours the map was fitted on")
	with, err := m.Apply(fitRing(t, 12, 3, false))
	require.NoError(t, err)
	without, err := m.Apply(fitRing(t, 12, 0, false))
	require.NoError(t, err)
	assert.Equal(t, without, with, "features do not count where neighbours are the features")
}
