package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// namedCliques is the lines of an edge list of four cliques of ten nodes in a
// ring, and those of a table of three features.
func namedCliques() (edges, features []string) {
	for c := range 4 {
		for i := range 10 {
			for j := range i {
				edges = append(edges, fmt.Sprintf("n%02d,n%02d", 10*c+i, 10*c+j))
			}
			features = append(features, fmt.Sprintf("n%02d,%d,%d,%d.5", 10*c+i, c, i%3, c*c))
		}
		edges = append(edges, fmt.Sprintf("n%02d,n%02d", 10*c, (10*c+11)%40))
	}
	return edges, features
}

// trainedOnNames trains on the cliques and returns the folder of the result.
func trainedOnNames(t *testing.T, args ...string) string {
	t.Helper()
	edges, _ := namedCliques()
	writeText(t, "a.csv", "source,target\n"+strings.Join(edges, "\n")+"\n")
	all := append([]string{"train", "--quiet", "--data", "a.csv", "--k", "4", "--epochs", "30", "--out", "out"}, args...)
	got := runWith(t.Context(), model.NewTrainer(), all...)
	require.Zero(t, got.code, got.stderr)
	return "out"
}

// predictedRows is the rows of `predict`, sorted, and what it said.
func predictedRows(t *testing.T, args ...string) (rows []string, said string) {
	t.Helper()
	got := runWith(t.Context(), nil, append([]string{"predict", "--model", "out/model.safetensors"}, args...)...)
	require.Zero(t, got.code, got.stderr)
	rows = strings.Split(strings.TrimSpace(got.stdout), "\n")
	slices.Sort(rows)
	return rows, got.stderr
}

func sortedFile(t *testing.T, file string) []string {
	t.Helper()
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	rows := strings.Split(strings.TrimSpace(string(b)), "\n")
	slices.Sort(rows)
	return rows
}

// TestPredictMatchesNodesByName predicts on the same graph with its lines in
// another order: the clusters have the same bits.
func TestPredictMatchesNodesByName(t *testing.T) {
	for name, args := range map[string][]string{
		"neighbours": nil, "onehot": {"--features-from", "onehot"}, "random": {"--features-from", "random", "--feature-dim", "7", "--seed", "5"},
		"spectral": {"--features-from", "spectral", "--feature-dim", "6"}, "degree": {"--features-from", "degree", "--features-as", "words"},
		"raw": {"--features-as", "raw", "--init", "random"}, "paper": {"--preset", "paper", "--epochs", "30"},
		"onehot raw": {"--features-from", "onehot", "--preset", "paper", "--epochs", "30"},
		"random raw": {"--features-from", "random", "--preset", "paper", "--epochs", "30"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			trainedOnNames(t, args...)
			edges, _ := namedCliques()
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(edges), func(i, j int) { edges[i], edges[j] = edges[j], edges[i] })
			writeText(t, "b.csv", "source,target\n"+strings.Join(edges, "\n")+"\n")
			rows, _ := predictedRows(t, "--data", "a.csv")
			assert.Equal(t, sortedFile(t, "out/assignments.csv"), rows)
			shuffled, said := predictedRows(t, "--data", "b.csv")
			if name == "degree" { // its sums over neighbours are in another order
				shuffled, rows = withoutShares(shuffled), withoutShares(rows)
			}
			assert.Equal(t, rows, shuffled)
			assert.NotContains(t, said, "position")
		})
	}
}

// withoutShares is rows without their last field.
func withoutShares(rows []string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r[:strings.LastIndex(r, ",")])
	}
	return out
}

// TestPredictOnAGraphThatChanged leaves a node out and adds one.
func TestPredictOnAGraphThatChanged(t *testing.T) {
	for _, args := range [][]string{nil, {"--features-as", "raw", "--init", "random", "--encoder", "gcn"}, {"--features-from", "onehot"}, {"--features-from", "random"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Chdir(t.TempDir())
			trainedOnNames(t, args...)
			edges, _ := namedCliques()
			changed := []string{"new,n33", "new,n34", "new,n35", "n36,new"}
			for _, e := range edges {
				if !strings.Contains(e, "n07") {
					changed = append(changed, e)
				}
			}
			writeText(t, "b.csv", "source,target\n"+strings.Join(changed, "\n")+"\n")
			rows, said := predictedRows(t, "--data", "b.csv")
			assert.Contains(t, said, `1 of 40 nodes not known to the model, such as new`)
			assert.Contains(t, said, `1 of 40 nodes of the training not in the graph, such as n07`)
			cluster := map[string]string{}
			for _, r := range rows {
				f := strings.Split(r, ",")
				cluster[f[0]] = f[1]
			}
			same := 0
			for _, r := range sortedFile(t, "out/assignments.csv") {
				if f := strings.Split(r, ","); f[0] != "node" && cluster[f[0]] == f[1] {
					same++
				}
			}
			assert.GreaterOrEqual(t, same, 37)
			if args == nil {
				assert.Equal(t, cluster["n34"], cluster["new"])
			}
		})
	}
}

func TestPredictMatchesColumnsByName(t *testing.T) {
	t.Chdir(t.TempDir())
	_, features := namedCliques()
	var other, one, more []string
	for _, f := range features {
		v := strings.Split(f, ",")
		other = append(other, strings.Join([]string{v[0], v[3], v[1], v[2]}, ","))
		one, more = append(one, v[0]+","+v[1]+","+v[3]), append(more, f+",1")
	}
	table := func(file, head string, rows []string) {
		writeText(t, file, head+"\n"+strings.Join(rows, "\n")+"\n")
	}
	table("f.csv", "id,x,y,z", features)
	table("other.csv", "id,z,x,y", other)
	table("lack.csv", "id,x,z", one)
	table("more.csv", "id,x,y,z,w", more)
	table("renamed.csv", "id,x,why,z", features)
	writeText(t, "none.csv", strings.Join(features, "\n")+"\n")
	trainedOnNames(t, "--features", "f.csv")
	want := sortedFile(t, "out/assignments.csv")
	rows, said := predictedRows(t, "--data", "a.csv", "--features", "f.csv")
	assert.Equal(t, want, rows)
	assert.Empty(t, said)
	rows, said = predictedRows(t, "--data", "a.csv", "--features", "other.csv")
	assert.Equal(t, want, rows)
	assert.Equal(t, "columns of features matched by name: they are in another order than in the training\n", said)
	rows, said = predictedRows(t, "--data", "a.csv", "--features", "none.csv")
	assert.Equal(t, want, rows)
	assert.Equal(t, "columns of features matched by position: the graph has no names of them\n", said)
	three := "want the 3 columns that the model was trained on: x, y, z"
	for file, why := range map[string]string{
		"lack.csv": `its features lack y; ` + three, "more.csv": `its features have w, unknown to the model; ` + three,
		"renamed.csv": `its features lack y and have why, unknown to the model; ` + three, "": "it has no features, " + three,
	} {
		args := []string{"predict", "--model", "out/model.safetensors", "--data", "a.csv"}
		if file != "" {
			args = append(args, "--features", file)
		}
		got := runWith(t.Context(), nil, args...)
		assert.Equal(t, 1, got.code, file)
		assert.Contains(t, got.stderr, "a.csv does not fit the model: "+why, file)
	}
}

// TestPredictSaysWhyAGraphDoesNotFit names the cause, and keeps how features
// were made.
func TestPredictSaysWhyAGraphDoesNotFit(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "other.csv", "source,target\nx,y\ny,z\nz,x\nz,v\nv,w\nw,u\nu,v\n")
	trainedOnNames(t)
	got := runWith(t.Context(), nil, "predict", "--model", "out/model.safetensors", "--data", "other.csv")
	assert.Equal(t, 1, got.code)
	assert.Equal(t, "trainclustering: other.csv does not fit the model: it was trained on the neighbours of its own nodes, in place of features, "+
		"and knows 0 of its 6 nodes: the graph has such as x, y, z, …, the training had such as n01, n00, n02, …\n"+
		"hint: train with --features, or with --features-from spectral or degree, for a model that fits other graphs\n", got.stderr)

	trainedOnNames(t, "--features-from", "spectral", "--feature-dim", "5")
	_, said := predictedRows(t, "--data", "other.csv")
	assert.Contains(t, said, "features made as in the training: spectral, 5 columns")
	assert.Contains(t, said, "the graph has other nodes than the training had")
	got = runWith(t.Context(), nil, "predict", "--model", "out/model.safetensors", "--data", "other.csv", "--features-from", "degree")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "--features-from = degree, want spectral, as the model was trained on")

	trainedOnNames(t, "--features-from", "degree", "--features-as", "words")
	for file, edges := range map[string]string{"small.csv": "x,y\ny,z\n", "large.csv": star(200)} {
		writeText(t, file, "source,target\n"+edges)
		_, said = predictedRows(t, "--data", file)
		assert.Contains(t, said, "features made as in the training: degree, 4 columns", file)
	}
}

// star is the edges of one node to n others.
func star(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "hub,s%d\n", i)
	}
	return b.String()
}

// TestPredictWithAFileThatHasNoNames takes nodes by their number, and says so.
func TestPredictWithAFileThatHasNoNames(t *testing.T) {
	data := generated(t)
	path := savedModel(t, data, 3, true) // as files were before they had names
	got := runWith(t.Context(), nil, "predict", "--model", path, "--data", data)
	require.Zero(t, got.code)
	assert.Equal(t, "columns of features matched by position: the model's file has no names of them\n", got.stderr)

	dir := t.TempDir()
	ring := filepath.Join(dir, "ring.npz")
	require.Zero(t, runWith(t.Context(), nil, "generate", "ring", "--out", ring).code)
	got = runWith(t.Context(), nil, "predict", "--model", savedModel(t, ring, 3, true), "--data", ring)
	require.Zero(t, got.code)
	assert.Equal(t, "nodes matched by position: the model's file has no names of them\n", got.stderr)
}
