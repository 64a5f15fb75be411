package layers_test

import (
	"math"
	"testing"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
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
