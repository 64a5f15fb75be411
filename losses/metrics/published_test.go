package metrics_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// TestModularityOfPublishedLabels compares the modularity of the labels of
// published graphs with python-igraph's, from the folder npz in $GRAPHPOOL_DATA.
// Citeseer is not among them: the published value counts its 15 nodes without a label
// as nodes of class 0.
func TestModularityOfPublishedLabels(t *testing.T) {
	dir := os.Getenv("GRAPHPOOL_DATA")
	if dir == "" {
		t.Skip("GRAPHPOOL_DATA is not set: give the folder that holds npz/cora.npz and the like")
	}
	for name, want := range map[string]float64{
		"cora": .6401, "pubmed": .4318,
		"amazon_electronics_photo": .6308, "amazon_electronics_computers": .4785,
		"ms_academic_cs": .6989, "ms_academic_phy": .4686, "email_eu_core": .2880,
		"football": .5540, "polbooks": .4149, "dolphins": .3735,
		"karate_2faction": .3715, "karate_4class": .4188,
	} {
		g, err := graphfile.Read(filepath.Join(dir, "npz", name+".npz"))
		require.NoError(t, err)
		q, err := metrics.Modularity(metrics.Graph{RowPtr: g.RowPtr, Col: g.Col}, g.Labels)
		require.NoError(t, err)
		assert.InDelta(t, want, q, 6e-5, name)
	}
}
