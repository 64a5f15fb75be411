package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// run runs the command with the real trainer, and wants it to end well.
func run(t *testing.T, args string) ran {
	t.Helper()
	got := runWith(t.Context(), model.NewTrainer(), strings.Fields(args)...)
	require.Equal(t, 0, got.code, got.stderr)
	return got
}

// column is the numbers of a column of a CSV file, comments left out.
func column(t *testing.T, path string, name string) (out []float64) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { _ = f.Close() }() // only read
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	require.NoError(t, err)
	at := -1
	for i, head := range rows[0] {
		if head == name {
			at = i
		}
	}
	require.GreaterOrEqual(t, at, 0, name)
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[at], 64)
		require.NoError(t, err)
		out = append(out, v)
	}
	return out
}

// A training on a store is the one in memory, and its model clusters the graph in
// memory alike.
func TestTrainOnAStore(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run(t, "generate sbm --nodes 600 --clusters 4 --avg-degree 12 --feature-dim 8 --out "+at("g.npz"))
	run(t, "shard --data "+at("g.npz")+" --block 128 --out "+at("store"))
	for _, method := range model.StreamedMethods() {
		for _, encoder := range []string{"gcn", "gcn-skip", "mlp", "sgc"} {
			same := " --k 4 --epochs 12 --quiet --preset paper --lr .01 --method " + method + " --encoder " + encoder
			stored, whole := at(method+encoder), at(method+encoder+"memory")
			run(t, "train --data "+at("store")+same+" --partitions 3 --out "+stored)
			run(t, "train --data "+at("g.npz")+same+" --out "+whole)
			name := method + ", " + encoder
			assert.InDeltaSlice(t, column(t, whole+"/history.csv", "total"), column(t, stored+"/history.csv", "total"), 2e-6, name)
			assert.Equal(t, column(t, whole+"/assignments.csv", "cluster"), column(t, stored+"/assignments.csv", "cluster"), name)
			run(t, "train --quiet --config "+stored+"/config.yaml --out "+at("again"))
			assert.Equal(t, column(t, stored+"/history.csv", "total"), column(t, at("again/history.csv"), "total"), name)
			run(t, "predict --model "+stored+"/model.safetensors --data "+at("g.npz")+" --out "+at("p.csv"))
			assert.Equal(t, column(t, stored+"/assignments.csv", "cluster"), column(t, at("p.csv"), "cluster"), name)
			assert.InDeltaSlice(t, column(t, stored+"/assignments.csv", "confidence"), column(t, at("p.csv"), "confidence"), 1e-5, name)
		}
	}
}

// Moves of nodes on a store raise modularity, by as much as they say, whatever the
// blocks and the threads.
func TestRefineOnAStore(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run(t, "generate sbm --nodes 600 --clusters 4 --avg-degree 12 --feature-dim 8 --out "+at("g.npz"))
	for _, block := range []string{"64", "128"} {
		run(t, "shard --data "+at("g.npz")+" --block "+block+" --out "+at("store"+block))
	}
	train := func(block, flags string) metricsfile.File {
		run(t, "train --quiet --k 5 --epochs 5 --data "+at("store"+block)+" --out "+at("out")+" "+flags)
		text := contents(t, at("out"), "metrics.json")
		validMetrics(t, text)
		var f metricsfile.File
		require.NoError(t, json.Unmarshal([]byte(text), &f))
		return f
	}
	trained := train("128", "")
	assert.Nil(t, trained.Refinement)
	f := train("128", "--refine moves --restarts 2")
	before, after := f.Refinement.ModularityBefore, f.Refinement.ModularityAfter
	assert.Equal(t, f.Modularities[f.KeptRestart-1], before)
	assert.Greater(t, after, before)
	assert.Positive(t, f.Refinement.Moved)
	assert.Positive(t, f.RefineSeconds)
	assert.Equal(t, after, f.Modularity)
	clusters, shares := column(t, at("out/assignments.csv"), "cluster"), column(t, at("out/assignments.csv"), "confidence")
	for _, share := range shares { // of the cluster, which need not be the largest
		assert.True(t, share >= 0 && share <= 1, share)
	}
	assert.Less(t, slices.Min(shares), .2)

	var e struct{ Measured struct{ Modularity float64 } }
	got := run(t, "evaluate "+at("out/assignments.csv")+" --data "+at("g.npz")+" --json")
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &e))
	assert.InDelta(t, float64(after), e.Measured.Modularity, 1e-12)

	train("64", "--refine moves --restarts 2 --threads 1 --partitions 3")
	assert.Equal(t, clusters, column(t, at("out/assignments.csv"), "cluster"))
	assert.Equal(t, "moves", train("128", "--preset modularity").Refine)
}

// A model on propagated features clusters a graph in memory after it propagated
// its features.
func TestPredictByAModelOnPropagatedFeatures(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run(t, "generate sbm --nodes 600 --clusters 4 --avg-degree 12 --feature-dim 8 --out "+at("g.npz"))
	run(t, "shard --data "+at("g.npz")+" --hops 2 --block 128 --out "+at("store"))
	for _, model := range []string{"--encoder mlp --hidden 8,8 --hops 2", "--encoder gcn --hops 1"} {
		run(t, "train --quiet --data "+at("store")+" --k 4 --epochs 12 --lr .01 "+model+" --out "+at("out"))
		run(t, "predict --model "+at("out/model.safetensors")+" --data "+at("g.npz")+" --out "+at("p.csv"))
		assert.Equal(t, column(t, at("out/assignments.csv"), "cluster"), column(t, at("p.csv"), "cluster"), model)
		assert.InDeltaSlice(t, column(t, at("out/assignments.csv"), "confidence"), column(t, at("p.csv"), "confidence"), 1e-4, model)
	}
}

// Weights, of any unit, names and nodes without an edge come through a store.
func TestTrainOnAStoreOfWeightedEdges(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	var edges strings.Builder
	edges.WriteString("source,target,weight\n")
	for i := range 40 {
		for _, step := range []int{1, 3, 7} {
			fmt.Fprintf(&edges, "n%d,n%d,%d\n", i, (i/10*10)+(i+step)%10, 1000*(1+i%4))
		}
	}
	edges.WriteString("n0,n39,500\nn10,n29,500\nalone,alone,500\n")
	writeText(t, at("e.csv"), edges.String())
	made := " --data " + at("e.csv") + " --features-from random --feature-dim 6 --seed 3"
	run(t, "shard"+made+" --block 16 --order locality --out "+at("store"))
	for _, method := range model.StreamedMethods() {
		same := " --k 4 --epochs 12 --quiet --preset paper --encoder gcn --lr .01 --method " + method
		run(t, "train --data "+at("store")+" --seed 3"+same+" --out "+at("stored"))
		run(t, "train"+made+same+" --out "+at("whole"))
		assert.InDeltaSlice(t, column(t, at("whole/history.csv"), "total"), column(t, at("stored/history.csv"), "total"), 2e-6, method)
		of := func(name string) []string {
			text, err := os.ReadFile(at(name))
			require.NoError(t, err)
			var rows []string
			for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
				fields := strings.Split(line, ",")
				rows = append(rows, fields[0]+","+fields[1])
			}
			slices.Sort(rows)
			return rows
		}
		assert.Equal(t, of("whole/assignments.csv"), of("stored/assignments.csv"), method)
	}
}

func TestTrainOnAStoreRefuses(t *testing.T) {
	dir := t.TempDir()
	npz, store := filepath.Join(dir, "g.npz"), filepath.Join(dir, "store")
	run(t, "generate sbm --nodes 60 --clusters 2 --avg-degree 8 --feature-dim 3 --out "+npz)
	run(t, "shard --data "+npz+" --out "+store)
	for args, want := range map[string]string{
		"--init " + npz:              "--init = " + npz + ", want kmeans or random",
		"--features-as words":        "--features-as = words, want raw",
		"--refine multilevel":        "--refine = multilevel, want none or moves",
		"--neighbours 0.5":           "--neighbours = 0.5, want 0",
		"--k auto":                   "--k = auto, want a number",
		"--levels 2":                 "--levels is not for a store",
		"--labels x.csv":             "--labels is not for a store",
		"--dropout .5":               "--dropout = .5, want 0",
		"--formats gexf":             "--formats = gexf, want csv, tsv or json",
		"--encoder sage":             "--encoder = sage, want mlp, gcn, gcn-skip or sgc",
		"--method cheeger":           "--method = cheeger, want dmon, mincut or justbalance",
		"--hidden 8,8":               "--hidden = 8,8, want one layer of gcn on a store",
		"--hops 1":                   "has features propagated over 1 hop, and the training reads 2",
		"--memory-limit 1MB":         "the training would take about",
		"--partitions 0":             "--partitions = 0, want",
		"--k 99":                     "--k = 99, want 1 to 60",
		"--order clusters":           "--order = clusters, want none",
		"--out " + store:             "--out = " + store + ", want another folder than that of a store",
		"--encoder mlp --hidden 8,8": "",
	} {
		got := runWith(t.Context(), model.NewTrainer(), strings.Fields("train --epochs 1 --quiet --data "+store+" "+args)...)
		if want == "" {
			assert.Zero(t, got.code, got.stderr)
			continue
		}
		assert.NotZero(t, got.code, args)
		assert.Contains(t, got.stderr, want, args)
	}
	got := runWith(t.Context(), model.NewTrainer(), "train", "--data", npz, "--partitions", "2")
	assert.Contains(t, got.stderr, "--partitions = 2, want it beside --data with the folder of a store only")
}

// A summary says what a store decides, and offers nothing that it refuses.
func TestSummaryOfAStore(t *testing.T) {
	dir := t.TempDir()
	store, out := filepath.Join(dir, "store"), filepath.Join(dir, "out")
	run(t, "generate sbm --nodes 60 --clusters 2 --avg-degree 2 --feature-dim 3 --out "+store+"/")
	got := run(t, "train --data "+store+" --k 5 --epochs 2 --timing --out "+out)
	assert.Contains(t, got.stdout, "  store     features as they are, k-means start; no report and no clusters of\n")
	assert.Contains(t, got.stdout, "clusters in pieces: ")
	assert.NotContains(t, got.stdout, "--connected")
	for _, line := range strings.Split(got.stdout, "\n") {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
	}
	validMetrics(t, contents(t, out, "metrics.json"))
	got = run(t, "train --preset paper --data "+store+" --k 2 --epochs 1")
	assert.Contains(t, got.stdout, "encoder gcn-skip")
	assert.Contains(t, got.stdout, "random start")
	got = run(t, "train --quiet --json --data "+store+" --k 2 --epochs 1 --restarts 2")
	validMetrics(t, got.stdout)
}

func TestInfoOfAStore(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	run(t, "generate sbm --nodes 60 --clusters 2 --avg-degree 2 --feature-dim 3 --hops 2 --block 16 --out "+store+"/")
	got := run(t, "info "+store)
	assert.Contains(t, got.stdout, "nodes       60\n")
	assert.Contains(t, got.stdout, "blocks      4 of at most 16 rows\n")
	assert.Contains(t, got.stdout, "features    3 columns, float32, propagated over up to 2 hops\n")
	assert.Contains(t, got.stdout, "labels      yes\n")
	other := runWith(t.Context(), evenTrainer, "info", store, "--nodes", "9")
	assert.Equal(t, "trainclustering: --nodes is for files, and "+store+" is a store\n", other.stderr)
}

// What reads files alone says so of a store.
func TestAStoreIsNoGraphFile(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	run(t, "generate sbm --nodes 60 --clusters 2 --avg-degree 2 --feature-dim 3 --out "+store+"/")
	writeText(t, filepath.Join(dir, "a.csv"), "node,cluster\n0,1\n")
	for _, args := range []string{
		"convert " + store + " " + dir + "/x.npz",
		"compare --k 2 --data " + store,
		"evaluate " + dir + "/a.csv --data " + store,
	} {
		got := runWith(t.Context(), evenTrainer, strings.Fields(args)...)
		assert.Equal(t, 1, got.code, args)
		assert.Equal(t, "trainclustering: "+store+": is the folder of a store, want a graph file; only train, shard and info read stores\n", got.stderr, args)
	}
	require.NoError(t, os.Remove(filepath.Join(store, "rows.bin")))
	for _, args := range []string{"train --k 2 --data " + store, "shard --out " + dir + "/s --data " + store, "info " + store} {
		got := runWith(t.Context(), evenTrainer, strings.Fields(args)...)
		assert.Equal(t, 1, got.code, args)
		assert.Equal(t, "trainclustering: "+store+"/rows.bin: no such file or directory\n", got.stderr, args)
	}
}

// The README's store: all clusters are found. From a random start one training
// leaves a cluster empty, and says so; restarts find all.
func TestAnEmptyClusterOfAStoreIsTold(t *testing.T) {
	dir := t.TempDir()
	npz, store := filepath.Join(dir, "sbm.npz"), filepath.Join(dir, "large")
	run(t, "generate sbm --nodes 1000 --clusters 4 --out "+npz)
	run(t, "shard --data "+npz+" --out "+store)
	const said = "warning: 1 of the 4 clusters stayed empty after a random start; --restarts 10 or --init kmeans may help"
	got := run(t, "train --k 4 --init random --data "+store)
	assert.Contains(t, strings.ReplaceAll(got.stdout, "\n", " "), said)
	got = run(t, "train --k 4 --init random --quiet --data "+store)
	assert.Equal(t, "trainclustering: "+said+"\n", got.stderr)
	for _, start := range []string{"", " --init random --restarts 10"} {
		got = run(t, "train --k 4 --data "+store+start)
		assert.Contains(t, got.stdout, "clusters  4 of 4 used")
		assert.NotContains(t, got.stdout, "warning")
	}
}
