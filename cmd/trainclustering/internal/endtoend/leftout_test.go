package endtoend

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// part is the graph of some nodes, in ascending order, and the edges between
// them.
func part(g *graphfile.Graph, nodes []int) *graphfile.Graph {
	at := make(map[int32]int32, len(nodes))
	for i, v := range nodes {
		at[int32(v)] = int32(i)
	}
	p := &graphfile.Graph{
		Nodes: len(nodes), RowPtr: []int32{0},
		Features: &graphfile.Features{Rows: len(nodes), Cols: g.Features.Cols},
	}
	f := p.Features
	if g.Features.Dense == nil {
		f.RowPtr = []int32{0}
	}
	for _, v := range nodes {
		for _, u := range g.Col[g.RowPtr[v]:g.RowPtr[v+1]] {
			if i, is := at[u]; is {
				p.Col = append(p.Col, i)
			}
		}
		p.RowPtr = append(p.RowPtr, int32(len(p.Col)))
		if g.Features.Dense != nil {
			f.Dense = append(f.Dense, g.Features.Dense[v*f.Cols:(v+1)*f.Cols]...)
			continue
		}
		from, to := g.Features.RowPtr[v], g.Features.RowPtr[v+1]
		f.Col = append(f.Col, g.Features.Col[from:to]...)
		if g.Features.Values != nil {
			f.Values = append(f.Values, g.Features.Values[from:to]...)
		}
		f.RowPtr = append(f.RowPtr, int32(len(f.Col)))
	}
	return p
}

// fifth draws one node of five, and gives those and the others, ascending.
func fifth(nodes int, seed uint64) (left, kept []int) {
	order := rand.New(rand.NewPCG(seed, 0)).Perm(nodes)
	out := make(map[int]bool, nodes/5)
	for _, v := range order[:nodes/5] {
		out[v] = true
	}
	for v := range nodes {
		if out[v] {
			left = append(left, v)
		} else {
			kept = append(kept, v)
		}
	}
	return left, kept
}

// clustersOf reads the second column of a table in a folder.
func clustersOf(t *testing.T, dir, name string) (clusters []int) {
	t.Helper()
	for _, row := range strings.Split(strings.TrimSpace(read(t, dir, name)), "\n")[1:] {
		c, err := strconv.Atoi(strings.Split(row, ",")[1])
		require.NoError(t, err)
		clusters = append(clusters, c)
	}
	return clusters
}

// of are the clusters of some nodes.
func of(clusters, nodes []int) (out []int) {
	for _, v := range nodes {
		out = append(out, clusters[v])
	}
	return out
}

func nmi(t *testing.T, a, b []int) float64 {
	t.Helper()
	v, err := metrics.NMI(a, b)
	require.NoError(t, err)
	return v
}

// leftOut trains on the graph without a fifth of its nodes, predicts all, and
// trains on all with the same seed and with another one. It gives the NMI over
// the nodes left out: of what was predicted with the training that saw them, of
// the two trainings that saw them, and of the predicted and the trained with
// the labels.
func leftOut(t *testing.T, data string, k int, seed uint64) (predicted, trained, predictedLabels, trainedLabels float64) {
	t.Helper()
	g, err := graphfile.Read(data)
	require.NoError(t, err)
	left, kept := fifth(g.Nodes, seed)
	dir := t.TempDir()
	require.NoError(t, graphfile.WriteNPZ(filepath.Join(dir, "part.npz"), part(g, kept)))
	train := fmt.Sprintf("train --quiet --k %d --data ", k)
	done(t, dir, fmt.Sprintf("%s part.npz --out part --seed %d", train, seed))
	done(t, dir, "predict --model part/model.safetensors --out predicted.csv --data "+data)
	done(t, dir, fmt.Sprintf("%s %s --out all --seed %d", train, data, seed))
	done(t, dir, fmt.Sprintf("%s %s --out again --seed %d", train, data, seed+100))

	guess := of(clustersOf(t, dir, "predicted.csv"), left)
	seen := of(clustersOf(t, dir, "all/assignments.csv"), left)
	again := of(clustersOf(t, dir, "again/assignments.csv"), left)
	labels := of(g.Labels, left)
	return nmi(t, guess, seen), nmi(t, again, seen), nmi(t, guess, labels), nmi(t, seen, labels)
}

func TestNodesLeftOutOfTrainingArePredicted(t *testing.T) {
	dir := t.TempDir()
	done(t, dir, "generate sbm --nodes 500 --clusters 4 --avg-degree 16 --feature-dim 16 --out g.npz")
	predicted, trained, labels, _ := leftOut(t, filepath.Join(dir, "g.npz"), 4, 1)
	assert.Greater(t, predicted, 0.9)
	assert.Greater(t, trained, 0.9)
	assert.Greater(t, labels, 0.9)
}

// TestNodesOfCoraLeftOut measures what docs/trainclustering.md says of Cora.
func TestNodesOfCoraLeftOut(t *testing.T) {
	folder := os.Getenv("GRAPHPOOL_DATA")
	if folder == "" || os.Getenv("TRAINCLUSTERING_LEFT_OUT") == "" {
		t.Skip("it takes minutes: set TRAINCLUSTERING_LEFT_OUT=1, and GRAPHPOOL_DATA to the folder that holds npz/cora.npz")
	}
	data := filepath.Join(folder, "npz", "cora.npz")
	for _, k := range []int{7, 16} {
		mean := 0.0
		for seed := range uint64(5) {
			predicted, trained, predictedLabels, trainedLabels := leftOut(t, data, k, seed)
			t.Logf("k %d, seed %d: predicted and seen %.3f, two that saw %.3f; with labels %.3f predicted, %.3f seen",
				k, seed, predicted, trained, predictedLabels, trainedLabels)
			mean += predicted / 5
		}
		assert.Greater(t, mean, 0.5, "k = %d", k)
	}
}
