package outcome

import (
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/embed"
)

// fakeResult is a made-up training with something of everything to tell.
func fakeResult() *Result {
	o := options.Train{Restarts: 10, Threads: 2, Out: "out"}
	o.Method, o.K, o.Encoder, o.Hidden = "dmon", 5, "gcn", []int{64, 32}
	o.Epochs, o.LR, o.Dropout, o.Dtype, o.Anneal, o.Preset = 1000, 0.001, 0.5, "float32", "linear", "quality"
	o.Neighbours = 0.15
	h := History{Names: []string{"modularity", "cluster", "orthogonality"}}
	for i := range 100 {
		v := math.Exp(-float64(i) / 20)
		h.Rows = append(h.Rows, []float64{v - 0.75, v / 4, 0.5, 1.25*v - 0.75})
	}
	return &Result{
		Source: "data/cora.npz", Version: "0.1.0", Options: o,
		Nodes: 2708, Edges: 5278, Features: 1433, Classes: 7, Weighted: true,
		Changes: []string{"3 self loops dropped", "12 duplicate lines added to their edges' weights", "1 edge averaged"},
		Made:    &embed.Chosen{Kind: embed.Word, Columns: 64, Hops: 16},
		Best:    &Best{Fit: &model.Fit{Weights: o.MethodRow().Losses}, Restart: 6, Seed: 12345, History: h, Totals: []float64{-0.5, -0.74}},
		Sizes:   []int{1000, 0, 700, 8, 1000},
		Scores: metrics.Report{
			Modularity: 0.7512, Conductance: 0.0911, ConductanceMean: math.NaN(), UsedClusters: 4,
			EffectiveClusters: 3.1, NMI: 0.512, ARI: 0.4, Accuracy: 0.61, PairF1: 0.45,
		},
		Disconnected: 2, Mendable: 2, Splits: true, Agreement: 0.87,
		Trained: &scored{Scores: metrics.Report{Modularity: 0.74, Conductance: 0.1, NMI: 0.52, ARI: 0.41}},
		References: []reference{
			{"kmeans", "k-means of the features", scored{Scores: metrics.Report{Modularity: 0.7, Conductance: 0.2, NMI: 0.55, ARI: 0.42}}},
			{"louvain", "Louvain, merged to 16", scored{Scores: metrics.Report{Modularity: 0.8, Conductance: 0.05, NMI: 0.42, ARI: 0.22}}},
		},
		Seconds: 83.4, SecondsPerEpoch: 0.00834, PeakRSS: 187_654_321,
		Written: []string{"assignments.csv", "history.csv", "metrics.json"},
	}
}

func TestSummaryGolden(t *testing.T) {
	plain := Summary(fakeResult(), text.Style{})
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile("testdata/summary.golden", []byte(plain), 0o644))
	}
	golden, err := os.ReadFile("testdata/summary.golden")
	require.NoError(t, err)
	assert.Equal(t, string(golden), plain)
	assert.LessOrEqual(t, widest(plain), 80)
}

func TestSummaryColoursOnlyColour(t *testing.T) {
	coloured := Summary(fakeResult(), text.Style{Colour: true})
	escapes := regexp.MustCompile("\x1b\\[[0-9;]*m")
	assert.Equal(t, Summary(fakeResult(), text.Style{}), escapes.ReplaceAllString(coloured, ""))
	assert.Greater(t, len(escapes.FindAllString(coloured, -1)), 20)
}

func TestSummaryFitsTheScreen(t *testing.T) {
	res := fakeResult()
	res.Options.K = 64
	res.Sizes = make([]int, 64)
	for c := range res.Sizes {
		res.Sizes[c] = 1_000_000 - c
	}
	res.Nodes, res.Edges = 63_997_984, 1_234_567_890
	res.Scores.EffectiveClusters = 1.2
	for _, method := range []string{"dmon", "mincut"} {
		res.Options.Method = method
		text := Summary(res, text.Style{})
		assert.LessOrEqual(t, widest(text), 80, text)
		assert.Contains(t, text, "and 40 more, of 999,937 to 999,976 nodes")
		assert.Contains(t, text, "warning: ")
	}
}

func widest(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
	}
	return most
}
