package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// propagatedHost is a ring of n nodes with chords, f features, and weights
// where they are asked for.
func propagatedHost(t *testing.T, n, f int, weighted bool) *modes.Host {
	t.Helper()
	var rows, cols []int
	for i := range n {
		for _, j := range []int{i + 1, i + 3, i + 4} {
			rows, cols = append(rows, i, j%n), append(cols, j%n, i)
		}
	}
	p, order, err := ops.PatternFromCOO(n, n, rows, cols)
	require.NoError(t, err)
	x := make([]float64, n*f)
	for i := range x {
		x[i] = float64((i*i+3*i)%17)/8 - 1
	}
	h := &modes.Host{Nodes: n, Pattern: p, X: tensor.New(tensor.WithShape(n, f), tensor.WithBacking(x))}
	if weighted {
		h.Weights = make([]float64, len(order))
		for i, e := range order {
			h.Weights[e] = 1 + float64(i/2%5)/3
		}
	}
	return h
}

// valueAndGradients is what a layer gives on h, and the gradients of the sum
// of its squares to the weights. Where X is computed, nothing is kept.
func valueAndGradients(t *testing.T, l layers.Layer, h *modes.Host, computed bool) [][]float64 {
	t.Helper()
	store, err := param.NewStore(tensor.Float64, 3)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), true)
	in, err := modes.NewSingle(sc.Graph(), "g", h, tensor.Float64)
	require.NoError(t, err)
	if computed {
		in = in.WithX(G.Must(ops.Affine(in.X.Dense, 1, 0)))
	}
	out, err := l.Apply(sc, in)
	require.NoError(t, err)
	loss := G.Must(G.Sum(G.Must(ops.Hadamard(out.X.Dense, out.X.Dense))))
	grads, err := G.Grad(loss, sc.Learnables()...)
	require.NoError(t, err)
	values, err := train.Forward(append(G.Nodes{out.X.Dense}, grads...)...)
	require.NoError(t, err)
	all := make([][]float64, len(values))
	for i, v := range values {
		all[i] = append([]float64(nil), v.Data().([]float64)...)
	}
	return all
}

// TestKeptProductsChangeNothing compares each layer that keeps a product of its
// inputs with itself where it cannot.
func TestKeptProductsChangeNothing(t *testing.T) {
	all := map[string]layers.Layer{"gcn": layers.NewGCNConv(3), "gcn-skip": layers.NewGCNSkipConv(3), "gin": layers.NewGINConv(4, 3)}
	trained := layers.NewGINConv(3)
	trained.TrainEps, trained.Eps = true, .25
	all["gin, ε trained"] = trained
	for _, agg := range []layers.Aggregation{layers.Sum, layers.Mean, layers.WeightedMean} {
		for _, n := range []layers.Neighbours{{Aggregation: agg}, {Aggregation: agg, Unweighted: true}, {Aggregation: agg, ToColumns: true}} {
			conv, sage := layers.NewGraphConv(3), layers.NewSAGEConv(3)
			conv.Neighbours, sage.Neighbours = n, n
			name := string(agg)
			if n.Unweighted {
				name += " unweighted"
			}
			if n.ToColumns {
				name += " to columns"
			}
			all["graphconv "+name], all["sage "+name] = conv, sage
		}
	}
	for name, l := range all {
		for _, weighted := range []bool{false, true} {
			h := propagatedHost(t, 23, 5, weighted)
			kept, want := valueAndGradients(t, l, h, false), valueAndGradients(t, l, h, true)
			require.Len(t, kept, len(want), name)
			for i := range want {
				assert.InDeltaSlice(t, want[i], kept[i], 1e-10, "%s, weighted %v, value %d", name, weighted, i)
			}
		}
	}
}

// countOps counts the nodes of a graph whose op is written so.
func countOps(g *G.ExprGraph, name string) (n int) {
	for _, node := range g.AllNodes() {
		if op := node.Op(); op != nil && len(op.String()) >= len(name) && op.String()[:len(name)] == name {
			n++
		}
	}
	return n
}

// TestWhatIsKept looks for the kept product in the expression graph: it is
// there where A has entries enough for the products that it costs.
func TestWhatIsKept(t *testing.T) {
	for _, c := range []struct {
		name     string
		layer    layers.Layer
		features int // beside 6 entries a node
		want     int
	}{
		{"gcn", layers.NewGCNConv(2), 96, 1},
		{"gcn, few entries", layers.NewGCNConv(2), 97, 0},
		{"gcn-skip", layers.NewGCNSkipConv(2), 48, 1},
		{"gcn-skip, few entries", layers.NewGCNSkipConv(2), 49, 0},
		{"gin", layers.NewGINConv(2), 48, 1},
		{"gin, few entries", layers.NewGINConv(2), 49, 0},
		{"graphconv", layers.NewGraphConv(2), 96, 1},
		{"sage", layers.NewSAGEConv(2), 96, 1},
		{"sage, few entries", layers.NewSAGEConv(2), 97, 0},
		{"sage, projected", func() layers.Layer { l := layers.NewSAGEConv(2); l.Project = true; return l }(), 5, 0},
	} {
		store, err := param.NewStore(tensor.Float64, 3)
		require.NoError(t, err)
		sc := store.Scope(G.NewGraph(), true)
		in, err := modes.NewSingle(sc.Graph(), "g", propagatedHost(t, 23, c.features, false), tensor.Float64)
		require.NoError(t, err)
		_, err = c.layer.Apply(sc, in)
		require.NoError(t, err)
		assert.Equal(t, c.want, countOps(sc.Graph(), "PropagateLinear"), c.name)
	}
}
