package layers

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// star is a graph of three nodes with features x, of which node 0 hears the
// other two.
func star(t *testing.T, x *G.Node) modes.Graph {
	p, _, err := ops.PatternFromCOO(3, 3, []int{0, 0}, []int{1, 2})
	require.NoError(t, err)
	pattern, err := ops.NewPatternNode(x.Graph(), "pattern", p)
	require.NoError(t, err)
	a := modes.SparseAdj{Sparse: ops.Sparse{Pattern: pattern, Rows: 3, Cols: 3, Capacity: 2}}
	return modes.Graph{Mode: modes.Single, Graphs: 1, A: a, X: modes.Features{Dense: x}}
}

// Of two values far from 0 and near to each other the deviation is half their
// distance, and moves by a half with the larger one, in float32 too: as the
// messages of two neighbours, and as the rows of a graph.
func TestDeviationOfValuesFarFromZero(t *testing.T) {
	for _, pair := range [][2]float64{{500, 500.2}, {1000, 1000.1}, {30, 30.01}, {-70, -69}, {0, 4}} {
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			for name, f := range map[string]func(x *G.Node) (*G.Node, error){
				"neighbours": func(x *G.Node) (*G.Node, error) {
					return build(func() *G.Node { return Neighbours{Aggregation: Std}.gather(star(t, x), x) })
				},
				"rows": func(x *G.Node) (*G.Node, error) {
					return build(func() *G.Node {
						in := star(t, x)
						in.IDs = G.NodeFromAny(x.Graph(), tensor.New(tensor.WithShape(3), tensor.WithBacking([]int{-1, 0, 0})), G.WithName("ids"))
						return (&GlobalPool{}).read(nil, newReading(in), ReadoutStd)
					})
				},
			} {
				t.Run(fmt.Sprint(name, pair, dt), func(t *testing.T) {
					x := column(G.NewGraph(), dt, 7, pair[0], pair[1])
					y, err := f(x)
					require.NoError(t, err)
					total, err := ops.Sum(y)
					require.NoError(t, err)
					slopes, err := G.Grad(total, x)
					require.NoError(t, err)
					var value, slope G.Value
					vm := G.NewTapeMachine(x.Graph().SubgraphRoots(G.Read(total, &value), G.Read(slopes[0], &slope)))
					defer vm.Close()
					require.NoError(t, vm.RunAll())
					assert.InEpsilon(t, (pair[1]-pair[0])/2, value.Data(), 2e-3)
					got := fmt.Sprintf("%.2f", slope.Data())
					assert.Equal(t, "[0.00 -0.50 0.50]", got)
				})
			}
		}
	}
}

func column(g *G.ExprGraph, dt tensor.Dtype, x ...float64) *G.Node {
	var backing any = x
	if dt == tensor.Float32 {
		narrow := make([]float32, len(x))
		for i, v := range x {
			narrow[i] = float32(v)
		}
		backing = narrow
	}
	return G.NewMatrix(g, dt, G.WithName("x"), G.WithShape(len(x), 1), G.WithValue(tensor.New(tensor.WithShape(len(x), 1), tensor.WithBacking(backing))))
}

func TestDeviationGradient(t *testing.T) {
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "x", Value: tensor.New(tensor.WithShape(5, 2), tensor.WithBacking([]float64{9, 1, 8, 2, 3, 3, 1, 4, 6, -5}))}},
		Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			ids := G.NodeFromAny(g, tensor.New(tensor.WithShape(5), tensor.WithBacking([]int{0, 2, 0, -1, 0})), G.WithName("ids"))
			return gradcheck.One(build(func() *G.Node { return deviation(in[0], ops.Segments{IDs: ids, Count: 3}) }))
		},
	}, gradcheck.Options{}))
}
