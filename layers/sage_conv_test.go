package layers_test

import (
	"math"
	"testing"

	"github.com/graphpool/graphpool/layers"
)

func TestSAGEConv(t *testing.T) {
	plain := layers.Neighbours{Aggregation: layers.Mean, Unweighted: true}
	normal := layers.NewSAGEConv(2)
	normal.Normalize = true
	weighted := layers.NewSAGEConv(2)
	weighted.Unweighted = false
	checkNodewise(
		t,
		nodewise{name: "default", layer: layers.NewSAGEConv(2), ref: eachGraph(plainGraphConv(plain, "sageconv"))},
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
