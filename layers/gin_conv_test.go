package layers_test

import (
	"math"
	"testing"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/ops"
)

// plainGIN is MLP((1 + ε)·x_i + Σ_j a_ij x_j) with tanh between its layers.
func plainGIN(eps float64, n layers.Neighbours, units ...int) func(plainGraph, map[string][]float64) [][]float64 {
	return func(g plainGraph, w map[string][]float64) [][]float64 {
		if e := w["ginconv/eps"]; e != nil {
			eps = e[0]
		}
		y := plainGather(g, n, g.x, formWidth)
		for i := range y {
			for c := range y[i] {
				y[i][c] += (1 + eps) * g.x[i][c]
			}
		}
		for l, u := range units {
			path := []string{"ginconv/dense", "ginconv/dense_1"}[l]
			y = plainMul(y, plainWeight(w[path+"/kernel"], u), u)
			for i := range y {
				for c := range y[i] {
					y[i][c] += w[path+"/bias"][c]
					if l < len(units)-1 {
						y[i][c] = math.Tanh(y[i][c])
					}
				}
			}
		}
		return y
	}
}

func TestGINConv(t *testing.T) {
	mean := layers.Neighbours{Aggregation: layers.Mean, ToColumns: true}
	deep := layers.NewGINConv(4, 2)
	deep.HiddenActivation, deep.Eps, deep.Neighbours = ops.Tanh, 0.25, mean
	trained := layers.NewGINConv(2)
	trained.TrainEps = true
	checkNodewise(
		t,
		nodewise{name: "one layer", layer: layers.NewGINConv(2), ref: eachGraph(plainGIN(0, layers.Neighbours{}, 2))},
		nodewise{name: "two layers and fixed ε", counts: true, layer: deep, ref: eachGraph(plainGIN(0.25, mean, 4, 2))},
		nodewise{name: "trained ε", layer: trained, ref: eachGraph(plainGIN(0, layers.Neighbours{}, 2))},
	)
}

func TestGINConvRefuses(t *testing.T) {
	refused(t, layers.NewGINConv(), "ginconv: Units = 0, want at least 1")
	refused(t, layers.NewGINConv(0, 1), "ginconv: Hidden[0] = 0, want at least 1")
	nan := layers.NewGINConv(1)
	nan.Eps = math.NaN()
	refused(t, nan, "ginconv: Eps = NaN, want a finite number")
	most := layers.NewGINConv(1)
	most.Aggregation = layers.Max
	refused(t, most, `ginconv: Aggregation = "max", want sum, mean or weighted_mean, which the MLP's first product may come before`)
	refusedWithout(t, layers.NewGINConv(1), withoutA, "ginconv: the graph has no adjacency, want A")
}
