package sbm

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/graphfile"
)

func mustGenerate(t *testing.T, c Config) *graphfile.Graph {
	g, err := Generate(c)
	require.NoError(t, err)
	return g
}

// outEdges counts the edges between clusters.
func outEdges(g *graphfile.Graph) int {
	n := 0
	for i := range g.Nodes {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if g.Labels[i] != g.Labels[j] {
				n++
			}
		}
	}
	return n / 2
}

func TestGenerateDegrees(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"defaults":      func(*Config) {},
		"many clusters": func(c *Config) { c.Nodes, c.Clusters = 6000, 200 },
		"one cluster":   func(c *Config) { c.Clusters, c.OutDegree = 1, 0 },
		"two clusters":  func(c *Config) { c.Clusters, c.OutDegree = 2, 8 },
		"only outside":  func(c *Config) { c.AvgDegree, c.OutDegree = 10, 10 },
		"dense":         func(c *Config) { c.Nodes, c.AvgDegree, c.OutDegree = 200, 45, 5 },
		"plain":         func(c *Config) { c.DegreeMin, c.DegreeMax = 1, 1 },
		"uneven":        func(c *Config) { c.Nodes, c.DegreeMin, c.DegreeMax = 5000, 1, 100 },
	} {
		c := NewConfig()
		c.FeatureDim = 0
		change(&c)
		var edges, out float64
		const seeds = 5
		for c.Seed = range uint64(seeds) {
			g := mustGenerate(t, c)
			edges += float64(g.Edges()) / seeds
			out += float64(outEdges(g)) / seeds
		}
		n := float64(c.Nodes)
		assert.InEpsilon(t, c.AvgDegree, 2*edges/n, 0.03, name)
		if c.OutDegree == 0 {
			assert.Zero(t, out, name)
		} else {
			assert.InEpsilon(t, c.OutDegree, 2*out/n, 0.05, name)
		}
	}
}

func TestGenerateLabels(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree = 11, 4, 1, 0.5
	g := mustGenerate(t, c)
	assert.Equal(t, []int{0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3}, g.Labels)
	assert.Equal(t, 11, g.Nodes)
	assert.Empty(t, g.Changes)
}

func TestGenerateRowsAreSound(t *testing.T) {
	g := mustGenerate(t, NewConfig())
	require.Len(t, g.RowPtr, g.Nodes+1)
	require.EqualValues(t, len(g.Col), g.RowPtr[g.Nodes])
	there := make(map[[2]int32]bool)
	for i := range int32(g.Nodes) {
		row := g.Col[g.RowPtr[i]:g.RowPtr[i+1]]
		for p, j := range row {
			require.NotEqual(t, i, j)
			require.True(t, p == 0 || row[p-1] < j, "row %d does not ascend", i)
			there[[2]int32{i, j}] = true
		}
	}
	for e := range there {
		require.True(t, there[[2]int32{e[1], e[0]}], "%v has no reverse", e)
	}
}

// bytesOf writes g and returns the file.
func bytesOf(t *testing.T, g *graphfile.Graph) []byte {
	path := filepath.Join(t.TempDir(), "g.npz")
	require.NoError(t, graphfile.WriteNPZ(path, g))
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return b
}

func TestGenerateSameSeedSameBytes(t *testing.T) {
	c := NewConfig()
	a, b := mustGenerate(t, c), mustGenerate(t, c)
	assert.Equal(t, a, b)
	assert.Equal(t, bytesOf(t, a), bytesOf(t, b))

	c.Seed = 1
	other := mustGenerate(t, c)
	assert.NotEqual(t, a.Col, other.Col)
	assert.NotEqual(t, a.Features, other.Features)
}

func TestGenerateStreamsAreSeparate(t *testing.T) {
	c := NewConfig()
	want := mustGenerate(t, c)
	c.FeatureDim = 3
	assert.Equal(t, want.Col, mustGenerate(t, c).Col, "features do not move edges")
	c = NewConfig()
	c.AvgDegree = 10
	assert.Equal(t, want.Features, mustGenerate(t, c).Features, "edges do not move features")
}

func TestGenerateReadsBack(t *testing.T) {
	g := mustGenerate(t, NewConfig())
	path := filepath.Join(t.TempDir(), "g.npz")
	require.NoError(t, graphfile.WriteNPZ(path, g))
	got, err := graphfile.Read(path)
	require.NoError(t, err)
	got.Format, got.Recognised = g.Format, g.Recognised
	assert.Equal(t, g, got)
}

// TestGenerateFeatures checks the variance of nodes about their cluster's mean
// and that of the means, over enough dimensions to be sharp.
func TestGenerateFeatures(t *testing.T) {
	c := NewConfig()
	c.FeatureDim, c.FeatureSeparation = 500, 2
	g := mustGenerate(t, c)
	f := c.FeatureDim
	require.Len(t, g.Features.Dense, c.Nodes*f)
	mean, size := make([]float64, c.Clusters*f), make([]float64, c.Clusters)
	for i, k := range g.Labels {
		size[k]++
		for j := range f {
			mean[k*f+j] += float64(g.Features.Dense[i*f+j])
		}
	}
	var between, within float64
	for k := range c.Clusters {
		for j := range f {
			mean[k*f+j] /= size[k]
			between += mean[k*f+j] * mean[k*f+j]
		}
	}
	for i, k := range g.Labels {
		for j := range f {
			d := float64(g.Features.Dense[i*f+j]) - mean[k*f+j]
			within += d * d
		}
	}
	assert.InEpsilon(t, 2, math.Sqrt(between/float64(c.Clusters*f)), 0.05)
	assert.InEpsilon(t, 1, math.Sqrt(within/float64(c.Nodes*f)), 0.01)
}

func TestGenerateWithoutFeatures(t *testing.T) {
	c := NewConfig()
	c.FeatureDim = 0
	assert.Nil(t, mustGenerate(t, c).Features)
}

func TestGenerateExtremes(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree = 1, 1, 0, 0
	g := mustGenerate(t, c)
	assert.Equal(t, []int32{0, 0}, g.RowPtr)
	assert.Zero(t, g.Edges())

	c.Nodes, c.Clusters, c.AvgDegree = 40, 1, 39
	assert.LessOrEqual(t, mustGenerate(t, c).Edges(), 40*39/2, "a complete graph has room")

	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree = 60, 60, 5, 5
	assert.Equal(t, mustGenerate(t, c).Edges(), outEdges(mustGenerate(t, c)), "clusters of one node")
}

// TestGenerateAllocatesLinearly draws 100,000 edges and bounds what is
// allocated in all, far below anything of the order of N².
func TestGenerateAllocatesLinearly(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.FeatureDim = 20000, 16, 10, 8
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	g := mustGenerate(t, c)
	runtime.ReadMemStats(&after)
	assert.InEpsilon(t, 100_000, g.Edges(), 0.02)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(40<<20))
}
