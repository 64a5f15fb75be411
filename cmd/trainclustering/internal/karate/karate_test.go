package karate

import (
	"slices"
	"testing"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKarate(t *testing.T) {
	g, err := Graph()
	require.NoError(t, err)
	assert.Equal(t, 34, g.Nodes)
	assert.Equal(t, 78, g.Edges())
	assert.Len(t, g.Labels, 34)
	assert.Equal(t, 3, slices.Max(g.Labels))
	degree := func(i int) int { return int(g.RowPtr[i+1] - g.RowPtr[i]) }
	assert.Equal(t, []int{16, 9, 10, 12, 17}, []int{degree(0), degree(1), degree(2), degree(32), degree(33)})
	q, err := metrics.Modularity(metrics.Graph{RowPtr: g.RowPtr, Col: g.Col}, g.Labels)
	require.NoError(t, err)
	assert.InDelta(t, 0.4188, q, 5e-5)
	two := make([]int, g.Nodes)
	for i, l := range g.Labels {
		two[i] = l / 2 // the instructor's half and the officer's
	}
	q, err = metrics.Modularity(metrics.Graph{RowPtr: g.RowPtr, Col: g.Col}, two)
	require.NoError(t, err)
	assert.InDelta(t, 0.3718, q, 5e-5)
}

func TestParseKarateErrs(t *testing.T) {
	for text, want := range map[string]string{
		"labels 0 x\n":        `karate.txt: strconv.Atoi: parsing "x": invalid syntax`,
		"labels 0 0\na: 1\n":  `karate.txt: strconv.Atoi: parsing "a": invalid syntax`,
		"labels 0 0\n0: 2\n":  "karate.txt: node 2, want 0 to 1",
		"labels 0 0\n-1: 1\n": "karate.txt: node -1, want 0 to 1",
	} {
		_, err := parse(text)
		assert.EqualError(t, err, want)
	}
}
