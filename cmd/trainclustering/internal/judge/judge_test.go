package judge

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/losses/metrics"
)

func read(t *testing.T, name, text string) *assignment.File {
	t.Helper()
	f, err := assignment.ReadFrom(strings.NewReader(text), name)
	require.NoError(t, err)
	return f
}

func TestPair(t *testing.T) {
	named := read(t, "a.csv", "node,cluster\nx,0\ny,1\nz,1\n")
	a, b, err := Pair(named, read(t, "b.csv", "node,cluster\nz,4\ny,4\nx,5\n"))
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1, 1}, a.Cluster)
	assert.Equal(t, []int{5, 4, 4}, b.Cluster)

	numbered := read(t, "n.csv", "node,cluster\n2,1\n0,0\n1,0\n")
	a, b, err = Pair(numbered, read(t, "list.txt", "7\n7\n8\n"))
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 1}, a.Cluster, "a list has the order of the numbers")
	assert.Equal(t, []int{7, 7, 8}, b.Cluster)

	_, _, err = Pair(named, read(t, "list.txt", "7\n7\n8\n"))
	require.Error(t, err, "names beside a list")
	_, _, err = Pair(named, numbered)
	require.Error(t, err)
}

func TestGraphWithoutLabels(t *testing.T) {
	g := metrics.Graph{RowPtr: []int32{0, 1, 2, 2}, Col: []int32{1, 0}}
	c, err := Graph(g, []int{0, 0, 1}, []int{0, 0, 1})
	require.NoError(t, err)
	assert.Equal(t, 1.0, float64(c.NMI))
	assert.Equal(t, 1.0, float64(c.Coverage))
	assert.True(t, math.IsNaN(float64(c.Parts[1].Conductance)), "an isolated node")
	_, err = Graph(g, []int{0}, nil)
	require.Error(t, err)
}

func TestGraphLabelsAreOptional(t *testing.T) {
	c, err := Graph(metrics.Graph{RowPtr: []int32{0}}, []int{}, nil)
	require.NoError(t, err)
	assert.Equal(t, 0, c.Clusters)
	assert.Empty(t, c.Parts)
	assert.True(t, math.IsNaN(float64(c.NMI)), "without labels NMI is not defined")
}
