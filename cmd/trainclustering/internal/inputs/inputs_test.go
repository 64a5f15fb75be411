package inputs

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// path is a path of nodes.
func path(n int, names []string) *graphfile.Graph {
	g := &graphfile.Graph{Nodes: n, RowPtr: []int32{0}, Names: names}
	for i := range n {
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < n {
				g.Col = append(g.Col, int32(j))
				g.Weights = append(g.Weights, float32(i+j))
			}
		}
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
	}
	return g
}

func TestMatch(t *testing.T) {
	r := match(name([]string{"b", "x", "a", "b"}), name([]string{"a", "b", "c", "b"}), 4, 4)
	assert.Equal(t, matched{to: []int32{1, -1, 0, 3}, known: 3, unknown: []string{"x"}, missing: []string{"c"}}, r)
	assert.False(t, r.same())
	assert.Equal(t, []int32{2, 0, 3, 1}, r.order())
	assert.True(t, match(name(nil), name([]string{"0", "1"}), 2, 2).same(), "numbers are names")
	assert.True(t, match(name([]string{"a\xff"}), name([]string{"a\ufffd"}), 1, 1).same(), "as JSON writes it")
}

func TestOrderedHasTheSameEdges(t *testing.T) {
	g := path(4, nil)
	out := ordered(g, []int32{2, 0, 3, 1}) // the edges 0-1, 1-2, 2-3 are 1-3, 3-0, 0-2
	assert.Equal(t, []int32{0, 2, 3, 4, 6}, out.RowPtr)
	assert.Equal(t, []int32{2, 3, 3, 0, 0, 1}, out.Col)
	assert.Equal(t, []float32{5, 3, 1, 5, 3, 1}, out.Weights)
}

func TestColumnsInAnotherOrder(t *testing.T) {
	dense := &graphfile.Features{Rows: 2, Cols: 3, Dense: []float32{1, 2, 3, 4, 5, 6}}
	assert.Equal(t, []float32{2, 3, 1, 5, 6, 4}, atColumns(dense, []int32{2, 0, 1}).Dense)
	sparse := &graphfile.Features{Rows: 2, Cols: 3, RowPtr: []int32{0, 2, 3}, Col: []int32{0, 2, 1}, Values: []float32{1, 3, 5}}
	got := atColumns(sparse, []int32{2, 0, 1})
	assert.Equal(t, []int32{1, 2, 0}, got.Col)
	assert.Equal(t, []float32{3, 1, 5}, got.Values)
	assert.Equal(t, []int32{0, 2, 1}, sparse.Col, "as it was")
}

func TestRandomRowsFollowTheNodes(t *testing.T) {
	n := Note{Kind: Random, Nodes: 4, Columns: 3, Seed: 7}
	all, err := path(4, nil).FeaturesFrom(Random, 3, 7)
	require.NoError(t, err)
	f, err := n.randomRows([]int32{3, -1, 0})
	require.NoError(t, err)
	assert.Equal(t, all.Dense[9:12], f.Dense[:3])
	assert.Equal(t, all.Dense[0:3], f.Dense[6:9])
}

func TestNamesThatAreTooLongAreLeftOut(t *testing.T) {
	g := path(2, []string{strings.Repeat("a", maxNames), "b"})
	h, err := g.Host()
	require.NoError(t, err)
	raw, err := cluster.NewRaw(h)
	require.NoError(t, err)
	n := Of(g, raw, 0)
	assert.Equal(t, Note{Kind: Neighbours, Nodes: 2, Unnamed: true}, n)
	f, err := n.Fit(g, "g.csv")
	require.NoError(t, err)
	assert.Equal(t, []string{"nodes matched by position: the model's file has no names of them"}, f.Said)
	g.Names = []string{"a", "b"}
	assert.Equal(t, Note{Kind: Neighbours, Nodes: 2, NodeNames: g.Names}, Of(g, raw, 0))
}

// TestLargeGraphsWithFeaturesKeepNoNames: names of nodes are kept only where the
// features are the graph's own rows.
func TestLargeGraphsWithFeaturesKeepNoNames(t *testing.T) {
	g := path(3, []string{"a", "b", "c"})
	g.Features = &graphfile.Features{Rows: 3, Cols: 1, Dense: []float32{1, 2, 3}}
	g.FeatureNames = []string{"x"}
	h, err := g.Host()
	require.NoError(t, err)
	raw, err := cluster.NewRaw(h)
	require.NoError(t, err)
	assert.Equal(t, Note{Kind: Columns, Columns: 1, ColumnNames: []string{"x"}}, Of(g, raw, 3))
	g.MadeFrom = Degree
	assert.Equal(t, Note{Kind: Degree, Columns: 1, Seed: 3}, Of(g, raw, 3))
	assert.Equal(t, Note{}, Of(nil, nil, 3), "a store")
}

func TestNotesThatCannotBe(t *testing.T) {
	for text, want := range map[string]bool{
		`{}`: true, `{"kind":"features"}`: true, `{"kind":"neighbours","nodes":2,"node_names":["a","b"]}`: true,
		`{"kind":"neighbours","nodes":3,"node_names":["a","b"]}`: false, `{"kind":"other"}`: false,
		`{"kind":"features","columns":-1}`: false, `{"kind":"random","nodes":1000000000}`: false,
		`{"kind":"features","columns":2,"column_names":["a"]}`: false,
	} {
		var n Note
		require.NoError(t, json.Unmarshal([]byte(text), &n))
		assert.Equal(t, want, n.Valid(), text)
	}
}

func TestNodesWithoutNamesMustBeAsMany(t *testing.T) {
	n := Note{Kind: Neighbours, Nodes: 4}
	_, err := n.Fit(path(3, nil), "g.npz")
	assert.EqualError(t, err, "g.npz does not fit the model: it was trained on the neighbours of its own nodes, in place of features; these are 4 without names, and the graph has 3")
	f, err := n.Fit(path(4, nil), "g.npz")
	require.NoError(t, err)
	assert.Equal(t, fmt.Sprint([]string{"nodes matched by position: they have no names"}), fmt.Sprint(f.Said))
	assert.Nil(t, f.Order)
	assert.Nil(t, f.Nodes)
}
