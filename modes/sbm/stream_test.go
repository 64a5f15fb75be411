package sbm

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/shard"
)

func streamed(t *testing.T, c Config) shard.Source {
	t.Helper()
	s, err := Stream(c)
	require.NoError(t, err)
	return s
}

// all is the rows of s, step at a time.
func all(t *testing.T, s shard.Source, step int64) (ptr []int64, col []int32) {
	t.Helper()
	ptr = []int64{0}
	var e shard.Edges
	for lo := int64(0); lo < s.Nodes; lo += step {
		require.NoError(t, s.Edges(lo, min(lo+step, s.Nodes), &e))
		shift := int64(len(col))
		for _, p := range e.Ptr[1:] {
			ptr = append(ptr, p+shift)
		}
		col = append(col, e.Col...)
	}
	return ptr, col
}

func TestStreamHasTheDegreesThatConfigExpects(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim, c.Seed = 40_000, 7, 12, 3, 0, 5
	labels, starts := c.labels()
	theta := c.degrees(starts)
	ptr, col := all(t, streamed(t, c), ChunkRows)
	var out, light, heavy, nLight, nHeavy float64
	for i := range c.Nodes {
		row := col[ptr[i]:ptr[i+1]]
		for p, j := range row {
			if p > 0 {
				require.Less(t, row[p-1], j, "ascending, each once")
			}
			require.NotEqual(t, int32(i), j, "no loops")
			if labels[i] != labels[j] {
				out++
			}
		}
		if d := float64(len(row)); theta[i] < .9 {
			light, nLight = light+d/theta[i], nLight+1
		} else {
			heavy, nHeavy = heavy+d/theta[i], nHeavy+1
		}
	}
	n := float64(c.Nodes)
	assert.InEpsilon(t, 12, float64(len(col))/n, .01)
	assert.InEpsilon(t, 3, out/n, .02)
	assert.InEpsilon(t, 12, light/nLight, .02)
	assert.InEpsilon(t, 12, heavy/nHeavy, .02)
	perChunk := make([]float64, 3) // of columns: chunks of rows draw alike
	for _, j := range col {
		perChunk[int(j)/ChunkRows]++
	}
	assert.InEpsilon(t, 12*ChunkRows, perChunk[0], .02)
	assert.InEpsilon(t, 12*ChunkRows, perChunk[1], .02)
}

func TestStreamDoesNotDependOnTheRowsAskedFor(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim = 20_000, 3, 6, 1, 3
	s := streamed(t, c)
	ptr, col := all(t, s, ChunkRows)
	for _, step := range []int64{999, 20_000} {
		p, c := all(t, streamed(t, c), step)
		assert.Equal(t, ptr, p)
		assert.Equal(t, col, c)
	}
	whole, part := make([]float32, 3*20_000), make([]float32, 3*50)
	require.NoError(t, s.X(0, 20_000, whole))
	require.NoError(t, s.X(16_000, 16_050, part))
	assert.Equal(t, whole[3*16_000:3*16_050], part)
}

func TestStreamIsSymmetricForAnyClusters(t *testing.T) {
	for _, c := range []Config{
		{Nodes: 1, Clusters: 1},
		{Nodes: 20_000, Clusters: 1, AvgDegree: 5},
		{Nodes: 20_000, Clusters: 6000, AvgDegree: 3, OutDegree: 2.5},
		{Nodes: 40_000, Clusters: 2, AvgDegree: 4, OutDegree: 4},
		{Nodes: 12, Clusters: 3, AvgDegree: 11, OutDegree: 8},
	} {
		c.DegreeMin, c.DegreeMax, c.DegreeExponent, c.FeatureDim, c.FeatureSeparation = 1, 1, 2, 2, 1
		dir := filepath.Join(t.TempDir(), "store")
		require.NoError(t, shard.Write(context.Background(), dir, streamed(t, c), shard.Options{}), "%+v", c) // it checks A
		s, err := shard.Open(dir)
		require.NoError(t, err)
		assert.InDelta(t, c.AvgDegree, float64(s.Meta().Entries)/float64(c.Nodes), .05*c.AvgDegree+3*math.Sqrt(c.AvgDegree/float64(c.Nodes)))
		labels, _ := c.labels()
		for b := range s.Blocks() {
			lo, _ := s.Rows(b)
			got, err := s.Labels(b, nil)
			require.NoError(t, err)
			for i, k := range got {
				require.Equal(t, labels[int(lo)+i], int(k))
			}
		}
		require.NoError(t, s.Close())
	}
}

func TestStreamFeaturesLieAroundTheirCentres(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.FeatureDim = 20_000, 2, 3
	x := make([]float32, 3*20_000)
	require.NoError(t, streamed(t, c).X(0, 20_000, x))
	centres := c.centres(c.stream(featureStream))
	var sum, square float64
	for i, v := range x[3*10_000:] {
		d := float64(v) - centres[3+i%3]
		sum += d
		square += d * d
	}
	assert.InDelta(t, 0, sum/30_000, .03)
	assert.InDelta(t, 1, square/30_000, .03)
}

func TestStreamErrors(t *testing.T) {
	c := NewConfig()
	c.FeatureDim = 1 << 21
	_, err := Stream(c)
	assert.EqualError(t, err, "sbm: FeatureDim = 2097152, want 0 to 1048576")
	c.FeatureDim = 64
	c.Nodes, c.AvgDegree = 1<<30, 20 // more values and edges than int32 counts
	assert.NoError(t, c.check(bounds{features: 1 << 20, degree: math.MaxFloat64}))
	_, err = Generate(c)
	assert.EqualError(t, err, "sbm: FeatureDim = 64, want 0 to 1: at most 2147483647 values in all")

	c = NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim = 50, 1, 48, 0, 0
	c.DegreeMin, c.DegreeMax, c.DegreeExponent = 1, 1e6, 1
	var e shard.Edges
	assert.ErrorContains(t, streamed(t, c).Edges(0, 50, &e), "edges found room: degrees so uneven want a lower AvgDegree or DegreeMax")
}
