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
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

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
