package report

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
)

func TestTakeTellsWhatWasMeasured(t *testing.T) {
	classes := 3
	f := &metricsfile.File{
		Version: "v9", Command: "trainclustering train --k 4", Warnings: []string{"odd"}, Complete: false, Stopped: true,
		Graph:      metricsfile.Graph{Data: "g.csv", Nodes: 40, Edges: 100, Classes: &classes, Weighted: true, Changes: []string{"2 loops left out"}},
		Training:   metricsfile.Training{Method: "dmon", K: 4, MinSize: 5, Encoder: "gcn", Hidden: []int{64}, Epochs: 10, LR: 0.001, Dtype: "float32", Loss: -0.5},
		Clustering: metricsfile.Clustering{Clusters: 3, EffectiveClusters: 2.9, DisconnectedClusters: 1, Modularity: 0.41, Conductance: 0.2, NMI: 0.7, ARI: 0.6},
		Runs: metricsfile.Runs{
			Restarts: 2, KeptRestart: 2, KeptSeed: 7, Seeds: []uint64{0, 7}, Totals: []metricsfile.Figure{-0.4, -0.5},
			Agreement: &metricsfile.Agreement{Matrix: [][]metricsfile.Figure{{1, 0.8}, {0.8, 1}}},
		},
		References: []metricsfile.Reference{{Name: "louvain", Modularity: 0.42, Conductance: 0.19, NMI: 0.71, ARI: 0.61, Spread: &metricsfile.Spread{Modularity: 0.01}}},
		Refinement: &metricsfile.Refinement{Moved: 3, ModularityBefore: 0.4, ModularityAfter: 0.41},
		Dissolved:  &metricsfile.Dissolved{Clusters: 2, Left: 1},
		Alignment:  &metricsfile.Alignment{File: "old.csv", Nodes: 39, Agree: 38, Matched: 2, New: 1},
		Levels:     []metricsfile.Level{{Asked: 4, Clusters: 3, Modularity: 0.41, NMI: 0.7}, {Asked: 2, Clusters: 2, Modularity: 0.3, NMI: 0.6}},
		Choice:     &metricsfile.Choice{Criterion: "stability", Tried: make([]metricsfile.Candidate, 5)},
	}
	own := planted(40, 3, 4, 1)
	d := &Data{Title: "g", Graph: own.Graph, Cluster: own.Cluster, Labels: own.Labels}
	d.Take(f)
	page := htmlOf(t, d)
	for _, want := range []string{
		"of 4 asked for, effective number 2.9", "0.4000 before nodes were moved", "clusters of more than one piece", "40 nodes, 100 weighted edges",
		"restart 2 of 2, seed 7", "4 of 5 tried", "by stability", "3 nodes moved", "interrupted", "odd", "Louvain", "0.4200 ± 0.0100", "2 loops left out",
		"2 clusters of fewer than 5 nodes joined others", "1 stay, no edge leaves them", "old.csv", "38 of 39 nodes in the same cluster, 1 cluster new",
		`id="levels"`, "<th scope=\"row\">2</th><td class=\"num\">2</td><td class=\"num\">0.3000</td><td class=\"num\">0.6000</td>",
	} {
		assert.True(t, strings.Contains(page, want), want)
	}
	assert.True(t, d.Restarts[1].Kept)
	assert.Equal(t, uint64(7), d.Restarts[1].Seed)
	assert.Len(t, d.Compared.Columns, 4)

	f.Classes, f.References, f.Levels = nil, nil, nil
	bare := &Data{Graph: own.Graph, Cluster: own.Cluster}
	bare.Take(f)
	assert.Nil(t, bare.Compared)
	assert.False(t, strings.Contains(htmlOf(t, bare), "with the labels, 1"))
	assert.False(t, strings.Contains(htmlOf(t, bare), `id="levels"`))
}

// A restart that diverged has a row and no dot, and counts for nothing.
func TestAPageOfARestartThatDiverged(t *testing.T) {
	nan := metricsfile.Figure(math.NaN())
	own := planted(40, 3, 4, 1)
	d := &Data{Graph: own.Graph, Cluster: own.Cluster}
	d.Take(&metricsfile.File{Complete: true, Runs: metricsfile.Runs{
		Restarts: 3, Diverged: 1, KeptRestart: 3, Seeds: []uint64{0, 7, 9}, Totals: []metricsfile.Figure{-.4, nan, -.5},
		Modularities: []metricsfile.Figure{.3, nan, .4},
		Agreement:    &metricsfile.Agreement{Matrix: [][]metricsfile.Figure{{1, nan, .8}, {nan, nan, nan}, {.8, nan, 1}}},
	}})
	page := htmlOf(t, d)
	assert.NotContains(t, page, "NaN")
	assert.Contains(t, page, "from -0.5000 to -0.4000; restart 3 is kept")
	assert.Contains(t, page, "The mean of all pairs is 0.8000")
	assert.Equal(t, 2, strings.Count(page, ": loss -0."), "dots")
}
