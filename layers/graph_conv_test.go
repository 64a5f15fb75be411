package layers_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// plainGather is what reaches each node of g, by its definition.
func plainGather(g plainGraph, n layers.Neighbours, x [][]float64, cols int) [][]float64 {
	y := plainMatrix(len(g.x), cols)
	over := make([]float64, len(g.x))
	for _, e := range g.entries {
		to, from, w := e.row, e.col, e.w
		if n.ToColumns {
			to, from = from, to
		}
		if n.Unweighted {
			w = 1
		}
		if n.Aggregation == layers.Mean {
			over[to]++
		} else {
			over[to] += w
		}
		for c := range cols {
			y[to][c] += w * x[from][c]
		}
	}
	for i := range y {
		for c := range y[i] {
			if n.Aggregation != layers.Sum && n.Aggregation != "" && over[i] != 0 {
				y[i][c] /= over[i]
			}
		}
	}
	return y
}

// plainGraphConv is x_i·W_root + Σ_j a_ij x_j·W + b, of two units.
func plainGraphConv(n layers.Neighbours, path string) func(plainGraph, map[string][]float64) [][]float64 {
	return func(g plainGraph, w map[string][]float64) [][]float64 {
		y := plainMul(plainGather(g, n, g.x, formWidth), plainWeight(w[path+"/kernel"], 2), 2)
		root := plainMatrix(len(g.x), 2)
		if r := w[path+"/root"]; r != nil {
			root = plainMul(g.x, plainWeight(r, 2), 2)
		}
		for i := range y {
			for c := range y[i] {
				y[i][c] += root[i][c]
				if b := w[path+"/bias"]; b != nil {
					y[i][c] += b[c]
				}
			}
		}
		return y
	}
}

func TestGraphConv(t *testing.T) {
	var cases []nodewise
	for name, n := range map[string]layers.Neighbours{
		"sum":              {Aggregation: layers.Sum},
		"columns":          {ToColumns: true},
		"mean of columns":  {Aggregation: layers.Mean, ToColumns: true},
		"weighted mean":    {Aggregation: layers.WeightedMean},
		"unweighted":       {Unweighted: true},
		"unweighted means": {Aggregation: layers.WeightedMean, Unweighted: true, ToColumns: true},
	} {
		l := layers.NewGraphConv(2)
		l.Neighbours = n
		cases = append(cases, nodewise{name: name, layer: l, counts: n.Aggregation == layers.Mean, ref: eachGraph(plainGraphConv(n, "graphconv"))})
	}
	bare := layertest.Literal(&layers.GraphConv{Units: 2, NoRoot: true, Activation: ops.Tanh, Trainable: layers.Trainable{NoBias: true}})
	cases = append(cases, nodewise{name: "bare with tanh", layer: bare, ref: eachGraph(func(g plainGraph, w map[string][]float64) [][]float64 {
		y := plainGraphConv(layers.Neighbours{}, "graphconv")(g, w)
		for i := range y {
			for c := range y[i] {
				y[i][c] = math.Tanh(y[i][c])
			}
		}
		return y
	})})
	checkNodewise(t, cases...)
}

func TestGraphConvRefuses(t *testing.T) {
	refused(t, layers.NewGraphConv(0), "graphconv: Units = 0, want at least 1")
	refused(t, layertest.Literal(&layers.GraphConv{Units: 1, Neighbours: layers.Neighbours{Aggregation: "mode"}}),
		`graphconv: Aggregation = "mode", want sum, mean, weighted_mean, max, min or std`)
	refusedWithout(t, layers.NewGraphConv(1), withoutA, "graphconv: the graph has no adjacency, want A")
	refusedWithout(t, layers.NewGraphConv(1), withoutX, "graphconv: the graph has no features, want X")
	refused(t, layertest.Literal(&layers.GraphConv{Units: 2, Root: param.Spec{Init: param.Identity{}}, Trainable: layers.Trainable{Bias: param.Spec{Init: param.Identity{}}}}),
		"graphconv: param: graphconv/bias: identity: shape (2), want a matrix")
}

func TestSAGEConv(t *testing.T) {
	plain := layers.Neighbours{Aggregation: layers.Mean, Unweighted: true}
	byWeight := layers.Neighbours{Aggregation: layers.WeightedMean}
	normal := layers.NewSAGEConv(2)
	ignorant := layers.NewSAGEConv(2)
	normal.Neighbours, ignorant.Neighbours = plain, plain
	normal.Normalize = true
	weighted := layers.NewSAGEConv(2)
	weighted.Aggregation = layers.Mean
	checkNodewise(
		t,
		nodewise{name: "default", layer: layers.NewSAGEConv(2), ref: eachGraph(plainGraphConv(byWeight, "sageconv"))},
		nodewise{name: "weights ignored", layer: ignorant, ref: eachGraph(plainGraphConv(plain, "sageconv"))},
		nodewise{name: "weighted", counts: true, layer: weighted, ref: eachGraph(plainGraphConv(layers.Neighbours{Aggregation: layers.Mean}, "sageconv"))},
		nodewise{name: "normalized", layer: normal, ref: eachGraph(func(g plainGraph, w map[string][]float64) [][]float64 {
			y := plainGraphConv(plain, "sageconv")(g, w)
			for _, row := range y {
				norm := math.Hypot(row[0], row[1])
				row[0], row[1] = row[0]/norm, row[1]/norm
			}
			return y
		})},
	)
}

func TestSAGEConvRefuses(t *testing.T) {
	refused(t, layers.NewSAGEConv(-1), "sageconv: Units = -1, want at least 1")
	refusedWithout(t, layers.NewSAGEConv(1), withoutA, "sageconv: the graph has no adjacency, want A")
}

// Behind a soft pooler, whose clusters all are neighbours, A' changes what the
// layer gives, unless it is told to ignore weights.
func TestSAGEConvReadsCoarseWeights(t *testing.T) {
	for _, ignore := range []bool{false, true} {
		var got [2][]float64
		for i, self := range []float64{1, 3} {
			sc, in := path(1, 2, 3, 4)
			in.A = modes.DenseAdj{Node: G.NodeFromAny(sc.Graph(), tensor.New(tensor.WithShape(4, 4), tensor.WithBacking([]float64{
				self, 1, 1, 1, 1, self, 1, 1, 1, 1, self, 1, 1, 1, 1, self,
			})), G.WithName("coarse"))}
			l := layers.NewSAGEConv(1)
			l.Unweighted = ignore
			out, err := l.Apply(sc, in)
			require.NoError(t, err)
			values, err := train.Forward(out.X.Dense)
			require.NoError(t, err)
			got[i] = values[0].Data().([]float64)
		}
		assert.Equal(t, ignore, slices.Equal(got[0], got[1]))
	}
}
