package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

func TestRun(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out, filepath.Join(t.TempDir(), "model.safetensors")))
	assert.Equal(t, `1 compiled graph, the loss fell below a tenth: true
loaded: *main.edgePool, the same predictions: true
`, out.String())
}

// twoPaths is the paths 0 – 1 – 2 – 3 and 4 – 5 – 6 with a feature a node, and
// room for two nodes and two edges more.
func twoPaths(g *G.ExprGraph) (modes.Graph, error) {
	var hosts []*modes.Host
	for _, n := range []int{4, 3} {
		var row, col []int
		for i := 1; i < n; i++ {
			row, col = append(row, i-1, i), append(col, i, i-1)
		}
		weights := make([]float64, len(row))
		for e := range weights {
			weights[e] = 1
		}
		h, err := modes.FromCOO(n, row, col, weights)
		if err != nil {
			return modes.Graph{}, err
		}
		h.X = tensor.New(tensor.WithShape(n, 1), tensor.Of(tensor.Float64))
		hosts = append(hosts, h)
	}
	return modes.NewDisjoint(g, "paths", hosts, tensor.Float64, modes.Budget{Nodes: 9, Edges: 12})
}

// features are such that of the path of four the outer edges are contracted, 0
// – 1 and 2 – 3, and of the other 5 – 6. Two rows of padding follow.
func features() *tensor.Dense {
	return tensor.New(tensor.WithShape(9, 1), tensor.WithBacking([]float64{2, 1, .5, 1.5, -1, .25, .5, 9, 9}))
}

// pooled is the layer on the paths, with w = 1.
func pooled(g *G.ExprGraph, x *G.Node) (layers.Output, error) {
	store, err := param.NewStore(tensor.Float64, 1)
	if err != nil {
		return layers.Output{}, err
	}
	in, err := twoPaths(g)
	if err != nil {
		return layers.Output{}, err
	}
	p := &edgePool{Kernel: param.Spec{Init: param.Ones{}}}
	return p.Apply(store.Scope(g, true), in.WithX(x))
}

// The values are worked by hand: nodes of two ends come first, in the order of
// their entries, and then those that stay alone.
func Example() {
	g := G.NewGraph()
	out, err := pooled(g, G.NodeFromAny(g, features(), G.WithName("x")))
	if err != nil {
		fmt.Println(err)
		return
	}
	degree, err := out.A.Degree(out.X.Dense)
	if err != nil {
		fmt.Println(err)
		return
	}
	values, err := train.Forward(out.X.Dense, out.IDs, degree)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f\n", values[0].Data())
	fmt.Println(values[1].Data())
	fmt.Println(values[2].Data())
	// Output:
	// [5.858 3.762 1.259 -1.000 0.000 0.000 0.000 0.000 0.000]
	// [0 0 1 1 -1 -1 -1 -1 -1]
	// [1 1 1 1 0 0 0 0 0]
}

// The gradients to the features and to w, on both machines.
func TestGradients(t *testing.T) {
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "x", Value: features()}},
		Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			out, err := pooled(g, in[0])
			return G.Nodes{out.X.Dense}, err
		},
	}, gradcheck.Options{}))
}

func TestOtherModesAreRefused(t *testing.T) {
	g := G.NewGraph()
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	in, err := twoPaths(g)
	require.NoError(t, err)
	in.Mode = modes.Single
	_, err = (&edgePool{}).Apply(store.Scope(g, true), in)
	assert.ErrorContains(t, err, "in single mode, want a sparse one in disjoint mode")
}

// The pooler is short: at most 80 lines of code.
func TestLinesOfCode(t *testing.T) {
	f, err := os.Open("edgepool.go")
	require.NoError(t, err)
	defer f.Close()
	count := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := strings.TrimSpace(s.Text()); line != "" && !strings.HasPrefix(line, "//") {
			count++
		}
	}
	assert.LessOrEqual(t, count, 80)
}
