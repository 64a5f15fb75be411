package contest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses/metrics"
)

// triangles is two triangles joined by an edge.
func triangles() metrics.Graph {
	return metrics.Graph{
		RowPtr: []int32{0, 2, 4, 7, 10, 12, 14},
		Col:    []int32{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4},
	}
}

func TestRows(t *testing.T) {
	c := &Contest{Graph: triangles(), K: 2}
	require.NoError(t, c.Add("a", 0, []int{0, 0, 0, 1, 1, 1}, 1))
	require.NoError(t, c.Add("a", 1, []int{0, 0, 0, 0, 0, 0}, 3))
	require.NoError(t, c.Add("b", 0, []int{0, 0, 0, 0, 0, 0}, 2))
	rows := c.Rows()
	require.Len(t, rows, 2)
	assert.Equal(t, 2, rows[0].Runs)
	assert.InDelta(t, 5.0/28, float64(rows[0].Mean[0]), 1e-15)
	assert.InDelta(t, 5.0/14/math.Sqrt2, float64(rows[0].SD[0]), 1e-15)
	assert.InDelta(t, 2, float64(rows[0].Mean[5]), 1e-15)
	assert.True(t, math.IsNaN(float64(rows[0].Mean[2])), "no labels")
	assert.True(t, math.IsNaN(float64(rows[1].SD[0])), "one run")
	assert.Equal(t, uint64(0), c.Best("a").Seed)
}

func TestReferences(t *testing.T) {
	c := &Contest{Graph: triangles(), Labels: []int{0, 0, 0, 1, 1, 1}, K: 1}
	require.NoError(t, c.AddReferences(7))
	require.Len(t, c.Runs, 3)
	assert.InDelta(t, 5.0/14, float64(c.Runs[0].Modularity), 1e-15)
	assert.InDelta(t, 1, float64(c.Runs[0].NMI), 1e-15)
	assert.Equal(t, 0.0, float64(c.Runs[1].Modularity), "merged to one")
	assert.Equal(t, 0.0, float64(c.Runs[2].Modularity), "one cluster to choose from")
	require.Error(t, c.Add("x", 0, []int{0}, 0))
}

// Runs that diverged count for nothing, and a method of which all did has a row.
func TestRowsOfWhatDiverged(t *testing.T) {
	c := &Contest{Graph: triangles(), K: 2}
	c.AddDiverged("a", 0, "the total loss became NaN")
	require.NoError(t, c.Add("b", 0, []int{0, 0, 0, 1, 1, 1}, 1))
	c.AddDiverged("b", 1, "the total loss became NaN")
	assert.Equal(t, 1, c.Finished())
	rows := c.Rows()
	require.Len(t, rows, 2)
	assert.Equal(t, []int{0, 1, 1, 1}, []int{rows[0].Runs, rows[0].Diverged, rows[1].Runs, rows[1].Diverged})
	assert.True(t, math.IsNaN(float64(rows[0].Mean[0])))
	assert.InDelta(t, 5.0/14, float64(rows[1].Mean[0]), 1e-15)
	assert.Nil(t, c.Best("a").Cluster)
	assert.NotNil(t, c.Best("b").Cluster)
}
