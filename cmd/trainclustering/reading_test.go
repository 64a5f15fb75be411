package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// piped runs the command with a text on its standard input.
func piped(t *testing.T, train model.Trainer, stdin string, args ...string) ran {
	var stdout, stderr bytes.Buffer
	p := &program{stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr, train: train}
	code := p.run(t.Context(), append([]string{"trainclustering"}, args...))
	return ran{code, stdout.String(), stderr.String()}
}

func TestInfo(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "e.csv", "id,Source,Target,Weight\n0,a,b,2\n1,b,c,1\n2,b,b,1\n")
	writeText(t, "f.csv", "id,x,y\na,1,2\nb,3,4\nc,5,6\nd,7,8\n")
	writeText(t, "l.csv", "id,club\na,red\nb,red\nc,\n")
	got := runWith(t.Context(), evenTrainer, "info", "e.csv", "--features", "f.csv", "--labels", "l.csv")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Equal(t, `file        e.csv
format      edge list, known by its ending
nodes       4
edges       2
weights     1 to 2, mean 1.5
degrees     0 to 2, mean 1
components  2, the largest of 3 nodes
isolated    1 node
names       a, b, c, …
features    2 columns, dense: x, y
labels      1 class: red; 2 nodes without one
at load     fields between commas, header on line 1, edges from column
              "Source" to "Target", weights from "Weight"; not used: "id"
            1 self loop dropped
            features: 2 columns for 4 rows, ids from column "id"
            features: 1 row of ids without an edge made nodes: "d"
            labels: 3 rows from column "club", ids from column "id"
            labels: 2 nodes without one: "c", "d"
`, got.stdout)
	assert.Equal(t, 2, runWith(t.Context(), evenTrainer, "info").code)
}

func TestReadingFlags(t *testing.T) {
	var seen *graphfile.Graph
	train := func(ctx context.Context, j model.Job) (*model.Fit, error) {
		seen = j.Graph
		return evenTrainer(ctx, j)
	}
	for args, want := range map[string][3]int{ // nodes, edges, columns of features
		"--columns 2,1":                          {4, 2, 0},
		"--columns 1,2,3":                        {4, 2, 0},
		"--header yes":                           {2, 1, 0},
		"--delimiter blank":                      {4, 2, 0},
		"--features-from degree":                 {4, 2, 2},
		"--features-from random --feature-dim 3": {4, 2, 3},
		"--features-from spectral":               {4, 2, 4},
	} {
		got := piped(t, train, "a b 7\nc d 1\n", append([]string{"train", "--data", "-", "--k", "2", "--epochs", "1"}, strings.Fields(args)...)...)
		require.Equal(t, 0, got.code, got.stderr)
		assert.Equal(t, want, [3]int{seen.Nodes, seen.Edges(), view.Features(seen)}, args)
	}
	for args, want := range map[string]string{
		"--columns 1":          "--columns = 1, want source,target or source,target,weight: names in the header, or numbers from 1",
		"--header maybe":       "--header = maybe, want yes, no or auto",
		"--nodes 0":            "--nodes = 0, want a whole number from 1 to 1073741823",
		"--decimal x":          "--decimal = x, want comma or point",
		"--features-from none": "--features-from = none, want neighbours, degree, onehot, spectral or random",
		"--feature-dim 0":      "--feature-dim = 0, want a whole number from 1 to 65536",
		"--labels=":            `--labels = "", want a path`,
	} {
		got := piped(t, train, "a b\n", append([]string{"train", "--data", "-"}, strings.Fields(args)...)...)
		assert.Equal(t, 2, got.code, args)
		first, _, _ := strings.Cut(got.stderr, "\n")
		assert.Equal(t, "trainclustering: "+want, first)
	}
	got := piped(t, train, "a,b\nb\n", "train", "--data", "-")
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stderr, "trainclustering: standard input:2: ")
}

// Weights whose squares float32 does not hold are refused by name, and trained
// in float64.
func TestLargeWeights(t *testing.T) {
	list := "1 2 3e38\n2 3 3e38\n3 1 3e38\n1 4 3e38\n4 2 3e38\n"
	args := []string{"train", "--data", "-", "--k", "2", "--epochs", "5", "--quiet"}
	got := piped(t, model.NewTrainer(), list, args...)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stderr, "want --dtype float64")
	got = piped(t, model.NewTrainer(), list, append(args, "--dtype", "float64")...)
	assert.Equal(t, 0, got.code, got.stderr)
	assert.NotContains(t, got.stderr, "NaN")
}

func TestAnInterruptWhileAGraphIsReadWaitsForNothing(t *testing.T) {
	for _, args := range [][]string{
		{"train", "--data", "-", "--out", "out"},
		{"compare", "--data", "-", "--methods", "dmon,mincut", "--out", "out"},
		{"evaluate", "clusters.csv", "--data", "-"},
		{"info", "-"},
		{"convert", "-", "out.gml", "--from", "edgelist"},
		{"shard", "--data", "-", "--out", "out"},
	} {
		t.Run(args[0], func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeText(t, "clusters.csv", "node,cluster\na,0\nb,1\n")
			ctx, cancel := context.WithCancel(t.Context())
			in, more := io.Pipe()
			defer more.Close()
			go func() {
				_, _ = io.WriteString(more, "a b\n") // it is being read, and never ends
				cancel()
			}()
			var stdout, stderr bytes.Buffer
			p := &program{stdin: in, stdout: &stdout, stderr: &stderr, train: evenTrainer}
			code := p.run(ctx, append([]string{"trainclustering"}, args...))
			assert.Equal(t, ran{130, "", "trainclustering: interrupted while standard input was read; nothing was written\n"},
				ran{code, stdout.String(), stderr.String()})
			assert.Equal(t, []string{".", "clusters.csv"}, filesUnder(t, "."))
		})
	}
}
