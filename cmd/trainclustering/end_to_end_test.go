package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// The tests here train the model itself.

func TestTrainingFindsTheKarateCommunities(t *testing.T) {
	for args, least := range map[string]float64{
		"":                                         0.41,
		"--method mincut":                          0.35,
		"--method justbalance --refine moves":      0.38,
		"--refine multilevel --init random":        0.41,
		"--dtype float64 --hidden 32,16":           0.38,
		"--preset paper --restarts 2 --epochs 500": 0.41,
		"--preset paper --method mincut --epochs 300 --lr 0.01":                      0.35,
		"--preset paper --dtype float64 --encoder mlp --hidden 32,16 --epochs 300":   0.38,
		"--preset paper --encoder gcn-skip --anneal none --epochs 300 --dropout 0.1": 0.38,
	} {
		dir := t.TempDir()
		got := runWith(t.Context(), model.NewTrainer(), append([]string{"train", "--quiet", "--out", dir}, strings.Fields(args)...)...)
		require.Equal(t, ran{}, got, args)
		m := readMetrics(t, dir)
		assert.Greater(t, m["modularity"], least, args)
		assert.Less(t, m["modularity"], 0.41980, "%s: above the best there is", args)
		assert.Len(t, readTable(t, filepath.Join(dir, "assignments.csv")), 35)
	}
}

func TestThreadsDoNotChangeABit(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "g.npz")
	require.Zero(t, runWith(t.Context(), nil, "generate", "sbm", "--nodes", "300", "--avg-degree", "8", "--out", data).code)
	var texts []string
	for _, threads := range []string{"1", "2", "1", "2"} {
		out := filepath.Join(dir, "out")
		got := runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--data", data, "--epochs", "20",
			"--dropout", "0.2", "--threads", threads, "--out", out)
		require.Equal(t, ran{}, got)
		text := ""
		for _, name := range []string{"assignments.csv", "history.csv"} {
			part, err := os.ReadFile(filepath.Join(out, name))
			require.NoError(t, err)
			text += string(part)
		}
		texts = append(texts, text)
	}
	for _, text := range texts[1:] {
		require.Equal(t, texts[0], text)
	}
}
