package layers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// nodewise is a layer that gives every node new features, and what those are
// by plain loops.
type nodewise struct {
	name     string
	layer    layers.Layer
	training bool
	counts   bool                                                          // counts edges, which jumps where an entry of a dense A leaves 0
	ref      func(graphs []plainGraph, w map[string][]float64) [][]float64 // of all nodes, graph by graph
}

// eachGraph is a reference that sees one graph at a time.
func eachGraph(ref func(g plainGraph, w map[string][]float64) [][]float64) func([]plainGraph, map[string][]float64) [][]float64 {
	return func(graphs []plainGraph, w map[string][]float64) (y [][]float64) {
		for _, g := range graphs {
			y = append(y, ref(g, w)...)
		}
		return y
	}
}

// checkNodewise compares each layer with its reference in every form: its
// values at the nodes, and its gradients to X, A's weights, and the weights.
// As padding differs between the forms, it changes nothing.
func checkNodewise(t *testing.T, cases ...nodewise) {
	for _, c := range cases {
		for _, f := range forms() {
			t.Run(strings.ReplaceAll(c.name+"/"+f.name, " ", "_"), func(t *testing.T) {
				apply := func(sc *param.Scope, in modes.Graph) error {
					_, err := c.layer.Apply(sc, in)
					return err
				}
				for i := range f.in {
					f.in[i].Fixed = c.counts && f.in[i].Name == "a"
				}
				want := c.ref(f.graphs, f.weights(t, c.training, apply))
				assert.NoError(t, gradcheck.Check(gradcheck.Case{
					Name: c.name, Inputs: f.in,
					Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return c.build(f, g, in) },
					Forward: func([]G.Value) ([][]float64, error) {
						return [][]float64{slices.Concat(want...)}, nil
					},
				}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
			})
		}
	}
}

func (c nodewise) build(f form, g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
	sc, fill, err := formScope(g, c.training)
	if err != nil {
		return nil, err
	}
	out, err := c.layer.Apply(sc, f.build(in))
	if err != nil {
		return nil, err
	}
	fill()
	rows := G.NodeFromAny(g, tensor.New(tensor.WithShape(len(f.rows)), tensor.WithBacking(slices.Clone(f.rows))), G.WithName("rows"))
	y, err := ops.Reshape(out.X.Dense, len(f.ids), out.X.Width())
	if err != nil {
		return nil, err
	}
	return gradcheck.One(ops.Gather(y, rows))
}

// refused applies a layer to five nodes and wants an error.
func refused(t *testing.T, l layers.Layer, want string) {
	t.Helper()
	f := forms()[0]
	g := G.NewGraph()
	sc, _, err := formScope(g, true)
	require.NoError(t, err)
	_, err = l.Apply(sc, f.build(f.nodes(g)))
	require.Error(t, err)
	assert.Equal(t, "layers: "+want, err.Error())
}

// refusedWithout applies a layer to a graph without edges, or features.
func refusedWithout(t *testing.T, l layers.Layer, change func(g *modes.Graph), want string) {
	t.Helper()
	f := forms()[0]
	g := G.NewGraph()
	sc, _, err := formScope(g, true)
	require.NoError(t, err)
	in := f.build(f.nodes(g))
	change(&in)
	_, err = l.Apply(sc, in)
	require.Error(t, err)
	assert.Equal(t, "layers: "+want, err.Error())
}

func withoutA(g *modes.Graph) { g.A = nil }

func withoutX(g *modes.Graph) { g.X = modes.Features{} }
