package layers_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// The benchmarks below are whole training steps of one layer, in float32: the
// forward pass with the pooled features and adjacency, the losses, the
// gradients of the weights and of the features, and Adam. docs/performance
// runs the same steps in PyTorch.

// benchStep is a training step: the layer on the graphs that input makes, and
// the loss that score makes of its output.
func benchStep(b *testing.B, l layers.Layer, input func(*G.ExprGraph) (modes.Graph, error), score func(layers.Output) (*G.Node, error)) {
	b.Helper()
	store, err := param.NewStore(tensor.Float32, 1)
	require.NoError(b, err)
	sc := store.Scope(G.NewGraph(), true)
	in, err := input(sc.Graph())
	require.NoError(b, err)
	x, err := sc.Param("x", param.Normal{}, param.Spec{}, in.X.Dense.Shape()...)
	require.NoError(b, err)
	out, err := l.Apply(sc, in.WithX(x))
	require.NoError(b, err)
	loss, err := score(out)
	require.NoError(b, err)
	t, err := train.New(sc, loss, &benchAdam{train.NewAdam(1e-3), store.Get("x").Tensor}, train.Options{Outputs: benchKeep(out)})
	require.NoError(b, err)
	defer t.Close()
	for range 3 {
		_, err = t.Step()
		require.NoError(b, err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.Step(); err != nil {
			b.Fatal(err)
		}
	}
}

// benchAdam steps every weight but the features, whose gradient is computed as
// that of a layer between others.
type benchAdam struct {
	*train.Adam
	x *tensor.Dense
}

// Step implements gorgonia.Solver.
func (a *benchAdam) Step(model []G.ValueGrad) error {
	var rest []G.ValueGrad
	for _, w := range model {
		if w.Value() != G.Value(a.x) {
			rest = append(rest, w)
		}
	}
	return a.Adam.Step(rest)
}

// benchKeep is what a step computes whether or not the loss reads it: the
// pooled adjacency and the graph of each new node.
func benchKeep(out layers.Output) []*G.Node {
	var keep []*G.Node
	switch a := out.A.(type) {
	case modes.DenseAdj:
		keep = append(keep, a.Node)
	case modes.SparseAdj:
		keep = append(keep, a.Pattern)
		if a.Weights != nil {
			keep = append(keep, a.Weights)
		}
	}
	if out.IDs != nil {
		keep = append(keep, out.IDs)
	}
	return keep
}

// benchEdges is n undirected edges between so many nodes.
func benchEdges(r *rand.Rand, nodes, n int) (row, col []int) {
	seen := map[[2]int]bool{}
	for len(seen) < n {
		i, j := r.IntN(nodes), r.IntN(nodes)
		if e := [2]int{min(i, j), max(i, j)}; i != j && !seen[e] {
			seen[e] = true
			row, col = append(row, i, j), append(col, j, i)
		}
	}
	return row, col
}

// benchGraphs is graphs of sizes from lo to hi, each with so many edges.
func benchGraphs(b *testing.B, graphs, lo, hi, edges, width int, weighted bool) []*modes.Host {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var hosts []*modes.Host
	for range graphs {
		n := lo + r.IntN(hi-lo+1)
		row, col := benchEdges(r, n, edges)
		var weights []float64
		for range row {
			if weighted {
				weights = append(weights, r.Float64())
			}
		}
		h, err := modes.FromCOO(n, row, col, weights)
		require.NoError(b, err)
		h.X = tensor.New(tensor.WithShape(n, width), tensor.Of(tensor.Float32))
		hosts = append(hosts, h)
	}
	return hosts
}

// benchBatch runs a layer on 32 dense graphs of 100 nodes, 32 features and
// about 480 edges.
func benchBatch(b *testing.B, l layers.Layer) {
	b.Helper()
	graphs := benchGraphs(b, 32, 100, 100, 480, 32, false)
	for _, form := range []struct {
		name string
		make func(*G.ExprGraph, string, []*modes.Host, tensor.Dtype, modes.Budget) (modes.Graph, error)
	}{{"dense", modes.NewBatch}, {"sparse", modes.NewSparseBatch}} {
		b.Run("b=32/n=100/f=32/k=25/"+form.name, func(b *testing.B) {
			benchStep(b, l, func(g *G.ExprGraph) (modes.Graph, error) {
				return form.make(g, "in", graphs, tensor.Float32, modes.Budget{})
			}, benchSum)
		})
	}
}

// benchSum is the sum of the losses and of all that is pooled, so that every
// output has a gradient.
func benchSum(out layers.Output) (*G.Node, error) {
	terms := append([]losses.Term{}, out.Losses...)
	for _, n := range []*G.Node{out.X.Dense, out.A.(modes.DenseAdj).Node} {
		sum, err := ops.Sum(n)
		if err != nil {
			return nil, err
		}
		terms = append(terms, losses.Term{Weight: 1, Node: sum})
	}
	return losses.Total(terms)
}

func BenchmarkDiffPool(b *testing.B) { benchBatch(b, layers.NewDiffPool(25)) }

func BenchmarkMinCutPool(b *testing.B) { benchBatch(b, layers.NewMinCutPool(25)) }

func BenchmarkDMoNPool(b *testing.B) {
	l := layers.NewDMoNPool(25)
	l.OrthogonalityWeight = 1
	benchBatch(b, l)
}

// benchDisjoint runs a layer on 128 graphs of 30 to 50 nodes with 150 edges
// and 64 features.
func benchDisjoint(b *testing.B, l layers.Layer) {
	b.Helper()
	graphs := benchGraphs(b, 128, 30, 50, 150, 64, true)
	b.Run("b=128/n=40/f=64/ratio=0.5", func(b *testing.B) {
		benchStep(b, l, func(g *G.ExprGraph) (modes.Graph, error) {
			return modes.NewDisjoint(g, "in", graphs, tensor.Float32, modes.Budget{})
		}, benchSquares)
	})
}

// benchSquares is the sum of the squares of the pooled features.
func benchSquares(out layers.Output) (*G.Node, error) {
	squares, err := ops.Hadamard(out.X.Dense, out.X.Dense)
	if err != nil {
		return nil, err
	}
	return ops.Sum(squares)
}

func BenchmarkTopKPool(b *testing.B) { benchDisjoint(b, layers.NewTopKPool(0.5)) }

// The score is by PyG's network, a convolution that does not normalise.
func BenchmarkSAGPool(b *testing.B) {
	l := layers.NewSAGPool(0.5)
	l.GNN = layertest.Literal(&layers.GraphConv{Units: 1, Neighbours: layers.Neighbours{Unweighted: true, ToColumns: true}})
	benchDisjoint(b, l)
}
