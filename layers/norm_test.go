package layers_test

import (
	"math"
	"slices"
	"testing"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
)

func plainLayerNorm(perGraph bool) func(plainGraph, map[string][]float64) [][]float64 {
	return func(g plainGraph, w map[string][]float64) [][]float64 {
		y := plainMatrix(len(g.x), formWidth)
		for i := range y {
			over := g.x[i]
			if perGraph {
				over = slices.Concat(g.x...)
			}
			mean, variance := plainMoments(over)
			for c := range y[i] {
				y[i][c] = plainRescale(g.x[i][c], mean, variance, 1e-3, w, "layernorm", c)
			}
		}
		return y
	}
}

func TestLayerNorm(t *testing.T) {
	graph := layers.NewLayerNorm()
	graph.PerGraph = true
	bare := layers.NewLayerNorm()
	bare.NoGamma, bare.NoBeta = true, true
	checkNodewise(
		t,
		nodewise{name: "by node", layer: layers.NewLayerNorm(), ref: eachGraph(plainLayerNorm(false))},
		nodewise{name: "by graph", layer: graph, ref: eachGraph(plainLayerNorm(true))},
		nodewise{name: "bare", layer: bare, training: true, ref: eachGraph(plainLayerNorm(false))},
	)
}

func TestLayerNormRefuses(t *testing.T) {
	l := layers.NewLayerNorm()
	l.Eps = math.Inf(1)
	refused(t, l, "layernorm: Eps = +Inf, want a number of at least 0")
	refusedWithout(t, layers.NewLayerNorm(), withoutX, "layernorm: the graph has no features, want X")
}

func plainGraphNorm(g plainGraph, w map[string][]float64) [][]float64 {
	y := plainMatrix(len(g.x), formWidth)
	for c := range formWidth {
		col := plainColumn(g.x, c)
		mean, _ := plainMoments(col)
		var square float64
		for i := range col {
			col[i] -= w["graphnorm/alpha"][c] * mean
			square += col[i] * col[i] / float64(len(col))
		}
		for i := range col {
			y[i][c] = plainRescale(col[i], 0, square, 1e-5, w, "graphnorm", c)
		}
	}
	return y
}

func TestGraphNorm(t *testing.T) {
	checkNodewise(t, nodewise{name: "default", layer: layers.NewGraphNorm(), ref: eachGraph(plainGraphNorm)})
}

func TestGraphNormRefuses(t *testing.T) {
	refused(t, layertest.Literal(&layers.GraphNorm{Eps: -1}), "graphnorm: Eps = -1, want a number of at least 0")
	refusedWithout(t, layers.NewGraphNorm(), withoutX, "graphnorm: the graph has no features, want X")
}
