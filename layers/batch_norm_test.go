package layers_test

import (
	"math"
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

// plainMoments is the mean and variance of numbers.
func plainMoments(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, variance
}

// plainNodes is the features of all nodes, and column is one of their columns.
func plainNodes(graphs []plainGraph) (x [][]float64) {
	for _, g := range graphs {
		x = append(x, g.x...)
	}
	return x
}

func plainColumn(x [][]float64, c int) (col []float64) {
	for i := range x {
		col = append(col, x[i][c])
	}
	return col
}

// plainRescale is (x − mean)/√(variance + eps)·γ + β of column c.
func plainRescale(x, mean, variance, eps float64, w map[string][]float64, path string, c int) float64 {
	y := (x - mean) / math.Sqrt(variance+eps)
	if g := w[path+"/gamma"]; g != nil {
		y *= g[c]
	}
	if b := w[path+"/beta"]; b != nil {
		y += b[c]
	}
	return y
}

func plainBatchNorm(training bool) func([]plainGraph, map[string][]float64) [][]float64 {
	return func(graphs []plainGraph, w map[string][]float64) [][]float64 {
		x := plainNodes(graphs)
		y := plainMatrix(len(x), formWidth)
		for c := range formWidth {
			mean, variance := w["batchnorm/moving_mean"][c], w["batchnorm/moving_variance"][c]
			if training {
				mean, variance = plainMoments(plainColumn(x, c))
			}
			for i := range x {
				y[i][c] = plainRescale(x[i][c], mean, variance, 1e-3, w, "batchnorm", c)
			}
		}
		return y
	}
}

func TestBatchNorm(t *testing.T) {
	bare := layers.NewBatchNorm()
	bare.NoGamma, bare.NoBeta = true, true
	checkNodewise(
		t,
		nodewise{name: "training", layer: layers.NewBatchNorm(), training: true, ref: plainBatchNorm(true)},
		nodewise{name: "evaluation", layer: layers.NewBatchNorm(), ref: plainBatchNorm(false)},
		nodewise{name: "bare training", layer: bare, training: true, ref: plainBatchNorm(true)},
		nodewise{name: "bare evaluation", layer: bare, ref: plainBatchNorm(false)},
	)
}

// batchNorm trains a BatchNorm on x, of which only rows with ids of 0 are
// nodes, for some steps, and is its store.
func batchNorm(t *testing.T, x []float64, ids []int, steps int, l *layers.BatchNorm) *param.Store {
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	in := modes.Graph{Graphs: 1}
	in.X.Dense = G.NodeFromAny(g, tensor.New(tensor.WithShape(len(x), 1), tensor.WithBacking(x)), G.WithName("x"))
	in.IDs = G.NodeFromAny(g, tensor.New(tensor.WithShape(len(ids)), tensor.WithBacking(ids)), G.WithName("ids"))
	sc := store.Scope(g, true)
	out, err := l.Apply(sc, in)
	require.NoError(t, err)
	loss, err := ops.Sum(out.X.Dense)
	require.NoError(t, err)
	tr, err := train.New(sc, loss, train.NewAdam(0.1), train.Options{})
	require.NoError(t, err)
	defer tr.Close()
	for range steps {
		_, err := tr.Step()
		require.NoError(t, err)
	}
	return store
}

func moving(s *param.Store) (mean, variance any) {
	return s.Get("batchnorm/moving_mean").Tensor.Data(), s.Get("batchnorm/moving_variance").Tensor.Data()
}

// The nodes are 1 and 5: mean 3, variance 4. The third row is padding.
func TestBatchNormFollowsTheNodes(t *testing.T) {
	l := layers.NewBatchNorm()
	l.Momentum = 0.75
	mean, variance := moving(batchNorm(t, []float64{1, 5, 99}, []int{0, 0, -1}, 1, l))
	assert.Equal(t, []float64{0.75}, mean)
	assert.Equal(t, []float64{0.75*1 + 0.25*4}, variance)
	mean, variance = moving(batchNorm(t, []float64{1, 5, 99}, []int{0, 0, -1}, 2, l))
	assert.Equal(t, []float64{0.75*0.75 + 0.25*3}, mean)
	assert.Equal(t, []float64{0.75*1.75 + 0.25*4}, variance)
}

func TestBatchNormWithoutNodesStandsStill(t *testing.T) {
	mean, variance := moving(batchNorm(t, []float64{1, 5}, []int{-1, -1}, 3, layers.NewBatchNorm()))
	assert.Equal(t, []float64{0}, mean)
	assert.Equal(t, []float64{1}, variance)
}

// The running statistics are no weights to train, and evaluation has no
// updates.
func TestBatchNormStatisticsAreFrozen(t *testing.T) {
	f := forms()[0]
	for _, training := range []bool{true, false} {
		g := G.NewGraph()
		sc, _, err := formScope(g, training)
		require.NoError(t, err)
		_, err = layers.NewBatchNorm().Apply(sc, f.build(f.nodes(g)))
		require.NoError(t, err)
		assert.Len(t, sc.Learnables(), 2)
		assert.Len(t, sc.Updates(), map[bool]int{true: 2, false: 0}[training])
	}
}

func TestBatchNormRefuses(t *testing.T) {
	l := layers.NewBatchNorm()
	l.Momentum = 1.5
	refused(t, l, "batchnorm: Momentum = 1.5, want [0, 1]")
	l = layers.NewBatchNorm()
	l.Eps = -1
	refused(t, l, "batchnorm: Eps = -1, want a number of at least 0")
	refusedWithout(t, layers.NewBatchNorm(), withoutX, "batchnorm: the graph has no features, want X")
}
