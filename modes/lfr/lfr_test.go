package lfr

import (
	"fmt"
	"math"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/modes/graphfile"
)

func mustGenerate(t require.TestingT, c Config) *graphfile.Graph {
	g, err := Generate(c)
	require.NoError(t, err)
	return g
}

func ExampleGenerate() {
	c := NewConfig()
	c.Nodes = 300
	g, err := Generate(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(g.Nodes, "nodes, the first in community", g.Labels[0])
	// Output: 300 nodes, the first in community 0
}

// mixing is the share of edges that leave their community.
func mixing(g *graphfile.Graph) float64 {
	out := 0
	for i := range g.Nodes {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if g.Labels[i] != g.Labels[j] {
				out++
			}
		}
	}
	return float64(out) / float64(len(g.Col))
}

func sizesOf(g *graphfile.Graph) map[int]int {
	sizes := make(map[int]int)
	for _, l := range g.Labels {
		sizes[l]++
	}
	return sizes
}

func TestMixingDegreesAndSizesAreReached(t *testing.T) {
	for _, mu := range []float64{0, 0.1, 0.3, 0.5, 0.8, 1} {
		c := NewConfig()
		c.Nodes, c.Mixing = 5000, mu
		g := mustGenerate(t, c)
		for _, said := range g.Changes {
			var lost int
			_, err := fmt.Sscanf(said, "%d of", &lost)
			require.NoError(t, err)
			assert.Less(t, lost, g.Edges()/1000, said)
		}
		assert.InDelta(t, mu, mixing(g), 0.01, "mixing %v", mu)
		assert.InEpsilon(t, c.AvgDegree, float64(len(g.Col))/float64(c.Nodes), 0.03, "mixing %v", mu)
		for i := range g.Nodes {
			assert.LessOrEqual(t, int(g.RowPtr[i+1]-g.RowPtr[i]), c.MaxDegree)
		}
		for _, s := range sizesOf(g) {
			assert.True(t, s >= c.MinSize && s <= c.MaxSize, "size %d", s)
		}
	}
}

func TestDegreesFollowThePowerLaw(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.MaxDegree, c.DegreeExponent, c.MaxSize = 40_000, 100, 2.5, 200
	g := mustGenerate(t, c)
	low := c.smallest()
	for _, k := range []float64{15, 20, 40, 70} {
		want := integral(k+0.5, 100, -c.DegreeExponent) / integral(low, 100, -c.DegreeExponent)
		above := 0
		for i := range g.Nodes {
			if float64(g.RowPtr[i+1]-g.RowPtr[i]) > k {
				above++
			}
		}
		assert.InDelta(t, want, float64(above)/float64(c.Nodes), 0.015, "degrees above %v", k)
	}
}

func TestSizesFollowThePowerLaw(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.SizeExponent = 100_000, 2
	c.AvgDegree, c.MaxDegree = 5, 20
	sizes := sizesOf(mustGenerate(t, c))
	small := 0
	for _, s := range sizes {
		if s < 40 {
			small++
		}
	}
	var want, all float64
	for s := 20; s <= 100; s++ {
		p := math.Pow(float64(s), -2)
		all += p
		if s < 40 {
			want += p
		}
	}
	assert.InDelta(t, want/all, float64(small)/float64(len(sizes)), 0.02)
}

// requireSound checks that the rows are those of a simple undirected graph.
func requireSound(t require.TestingT, g *graphfile.Graph) {
	require.Len(t, g.RowPtr, g.Nodes+1)
	there := make(map[[2]int32]bool)
	for i := range int32(g.Nodes) {
		row := g.Col[g.RowPtr[i]:g.RowPtr[i+1]]
		for p, j := range row {
			require.NotEqual(t, i, j)
			require.True(t, p == 0 || row[p-1] < j)
			there[[2]int32{i, j}] = true
		}
	}
	for e := range there {
		require.True(t, there[[2]int32{e[1], e[0]}])
	}
}

func TestAnyConfigIsSoundOrRefused(t *testing.T) {
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		c := Config{
			Nodes: rapid.IntRange(1, 200).Draw(t, "n"), AvgDegree: rapid.Float64Range(1, 20).Draw(t, "avg"),
			MaxDegree: rapid.IntRange(1, 40).Draw(t, "max"), DegreeExponent: rapid.Float64Range(0, 4).Draw(t, "t1"),
			MinSize: rapid.IntRange(1, 30).Draw(t, "min"), MaxSize: rapid.IntRange(1, 100).Draw(t, "maxsize"),
			SizeExponent: rapid.Float64Range(0, 4).Draw(t, "t2"), Mixing: rapid.Float64Range(0, 1).Draw(t, "mu"), Seed: rapid.Uint64().Draw(t, "seed"),
		}
		g, err := Generate(c)
		if err != nil {
			require.Regexp(t, `^lfr: \w+ = \S+, want `, err.Error())
			return
		}
		made++
		requireSound(t, g)
		require.Len(t, g.Labels, c.Nodes)
		for _, s := range sizesOf(g) {
			require.True(t, s >= c.MinSize && s <= c.MaxSize, "size %d", s)
		}
		require.Equal(t, g, mustGenerate(t, c), "the same seed gives the same graph")
	})
	assert.Positive(t, made)
}

func TestSeeds(t *testing.T) {
	c := NewConfig()
	a := mustGenerate(t, c)
	c.Seed = 1
	assert.NotEqual(t, a.Col, mustGenerate(t, c).Col)
}

func TestExtremes(t *testing.T) {
	c := Config{Nodes: 1, AvgDegree: 1, MaxDegree: 1, MinSize: 1, MaxSize: 1, Mixing: 1}
	assert.Zero(t, mustGenerate(t, c).Edges())
	c = Config{Nodes: 20, AvgDegree: 19, MaxDegree: 19, MinSize: 20, MaxSize: 20}
	g := mustGenerate(t, c) // a complete graph leaves nothing to exchange ends with
	assert.Greater(t, g.Edges(), 170)
	assert.Equal(t, []string{fmt.Sprintf("%d of 190 edges found no room", 190-g.Edges())}, g.Changes)
}

func TestWrongConfigs(t *testing.T) {
	nan := math.NaN()
	for want, spoil := range map[string]func(*Config){
		"Nodes = 0, want 1 to 2147483646":                                                                        func(c *Config) { c.Nodes = 0 },
		"MaxDegree = 1000, want 1 to 999, one less than Nodes":                                                   func(c *Config) { c.MaxDegree = 1000 },
		"DegreeExponent = NaN, want 0 to 100":                                                                    func(c *Config) { c.DegreeExponent = nan },
		"SizeExponent = -1, want 0 to 100":                                                                       func(c *Config) { c.SizeExponent = -1 },
		"Mixing = 1.5, want 0 to 1":                                                                              func(c *Config) { c.Mixing = 1.5 },
		"MinSize = 0, want 1 to Nodes = 1000":                                                                    func(c *Config) { c.MinSize = 0 },
		"MaxSize = 10, want MinSize = 20 to Nodes = 1000":                                                        func(c *Config) { c.MaxSize = 10 },
		"MaxSize = 700, want a range of sizes (from MinSize = 600) that adds up to Nodes = 1000":                 func(c *Config) { c.MinSize, c.MaxSize = 600, 700 },
		"AvgDegree = 80, want a number from 3.992, the mean of degrees from 1, to 50":                            func(c *Config) { c.AvgDegree = 80 },
		"AvgDegree = 2, want a number from 3.992, the mean of degrees from 1, to 50":                             func(c *Config) { c.AvgDegree = 2 },
		"MaxDegree = 200, want at most 99 edges inside a community (140 by Mixing = 0.3), one less than MaxSize": func(c *Config) { c.MaxDegree = 200 },
	} {
		c := NewConfig()
		spoil(&c)
		_, err := Generate(c)
		assert.EqualError(t, err, "lfr: "+want)
	}
}

// TestGenerateAllocatesLinearly compares what ten times as many nodes take.
func TestGenerateAllocatesLinearly(t *testing.T) {
	taken := func(n int) float64 {
		c := NewConfig()
		c.Nodes = n
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		mustGenerate(t, c)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	assert.Less(t, taken(40_000)/taken(4000), 15.0)
}
