package layers_test

import (
	"testing"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
)

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
