package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// weighed is the cross entropy of classes of logits, and its gradient.
func weighed(t require.TestingT, o losses.ClassOptions, c int, labels []int, where func(g *G.ExprGraph) *G.Node, logits ...float64) (float64, []float64) {
	f := predicted(func(z, _, w *G.Node) (*G.Node, error) {
		named := G.NewVector(z.Graph(), tensor.Int, G.WithName("classes"), G.WithShape(len(labels)),
			G.WithValue(tensor.New(tensor.WithShape(len(labels)), tensor.WithBacking(append([]int{}, labels...)))))
		return losses.ClassCrossEntropy(z, named, w, o)
	})
	return f.of(t, c, logits, make([]float64, len(logits)), where)
}

func TestClassCrossEntropyByHand(t *testing.T) {
	third := math.Log(3) // shares 3/4 and 1/4
	plain := losses.ClassOptions{}
	v, grad := weighed(t, plain, 2, []int{0, 0}, knownIDs(0, -1), third, 0, 9, 9)
	assert.InDelta(t, math.Log(4./3), v, 1e-12, "a place without a graph is not of class 0")
	assert.InDeltaSlice(t, []float64{-.25, .25, 0, 0}, grad, 1e-12)
	v, _ = weighed(t, plain, 2, []int{0, -1}, nil, third, 0, 9, 9)
	assert.InDelta(t, math.Log(4./3), v, 1e-12)
	v, _ = weighed(t, losses.ClassOptions{Weights: []float64{1, 3}}, 2, []int{0, 1}, nil, third, 0, third, 0)
	assert.InDelta(t, (math.Log(4./3)+3*math.Log(4))/4, v, 1e-12)
	v, _ = weighed(t, losses.ClassOptions{Smoothing: .2}, 2, []int{0}, nil, third, 0)
	assert.InDelta(t, .9*math.Log(4./3)+.1*math.Log(4), v, 1e-12)
	v, _ = weighed(t, losses.ClassOptions{Smoothing: .2, Weights: []float64{1, 3}}, 2, []int{0}, nil, third, 0)
	assert.InDelta(t, .9*math.Log(4./3)+.3*math.Log(4), v, 1e-12)
	v, grad = weighed(t, losses.ClassOptions{Smoothing: .2, Weights: []float64{0, 3}}, 2, []int{0}, nil, third, 0)
	assert.Zero(t, v, "all labels have weight 0")
	assert.Equal(t, []float64{0, 0}, grad)
	v, _ = weighed(t, losses.ClassOptions{Smoothing: .5}, 2, []int{1, -1}, knownIDs(-1, 0), third, 0, 1, 2)
	assert.Zero(t, v, "no row counts")
}

// Rows that do not count may have any label, and logits that are NaN.
func TestRowsThatDoNotCountMayHoldAnything(t *testing.T) {
	third, nan := math.Log(3), math.NaN()
	for _, o := range []losses.ClassOptions{{}, {Weights: []float64{1, 3}}, {Smoothing: .2}, {Weights: []float64{1, 3}, Smoothing: .2}} {
		for what, where := range map[string]func(*G.ExprGraph) *G.Node{"values": knownOf(1, 0, 0), "ids": knownIDs(4, -1, -1)} {
			want, slopes := weighed(t, o, 2, []int{0}, nil, third, 0)
			v, grad := weighed(t, o, 2, []int{0, 7, -9}, where, third, 0, nan, nan, math.Inf(1), 1)
			assert.InDelta(t, want, v, 1e-12, "%v by %s", o, what)
			assert.InDeltaSlice(t, slopes, grad[:2], 1e-12, "%v by %s", o, what)
			assert.Equal(t, make([]float64, 4), grad[2:], "%v by %s", o, what)
		}
		v, grad := weighed(t, o, 2, []int{0, -1}, nil, third, 0, nan, nan)
		want, _ := weighed(t, o, 2, []int{0}, nil, third, 0)
		assert.InDelta(t, want, v, 1e-12, "%v", o)
		assert.Equal(t, make([]float64, 2), grad[2:], "%v", o)
	}
}

// knownOf is where as floats, one a row.
func knownOf(known ...float64) func(g *G.ExprGraph) *G.Node {
	return func(g *G.ExprGraph) *G.Node {
		return G.NewVector(g, tensor.Float64, G.WithName("known"), G.WithShape(len(known)), G.WithValue(tensor.New(tensor.WithBacking(known))))
	}
}

// The definition, on random logits, labels, weights and rows that count.
func TestClassCrossEntropyProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, c := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "classes")
		labels := rapid.SliceOfN(rapid.IntRange(-1, c-1), rows, rows).Draw(t, "labels")
		ids := rapid.SliceOfN(rapid.IntRange(-1, 2), rows, rows).Draw(t, "ids")
		z := rapid.SliceOfN(rapid.Float64Range(-30, 30), rows*c, rows*c).Draw(t, "logits")
		o := losses.ClassOptions{Smoothing: rapid.SampledFrom([]float64{0, .1, .9}).Draw(t, "smoothing")}
		weights := rapid.SliceOfN(rapid.Float64Range(.1, 4), c, c).Draw(t, "weights")
		if rapid.Bool().Draw(t, "weighted") {
			o.Weights = weights
		}
		w := func(c int) float64 {
			if o.Weights == nil {
				return 1
			}
			return weights[c]
		}
		want, total := 0., 0.
		for i, l := range labels {
			if l < 0 || ids[i] < 0 {
				continue
			}
			sum := 0.
			for k := range c {
				sum += math.Exp(z[i*c+k])
			}
			n := func(k int) float64 { return math.Log(sum) - z[i*c+k] }
			want += (1 - o.Smoothing) * w(l) * n(l)
			for k := range c {
				want += o.Smoothing / float64(c) * w(k) * n(k)
			}
			total += w(l)
		}
		if total > 0 {
			want /= total
		}
		got, grad := weighed(t, o, c, labels, knownIDs(ids...), z...)
		requireClose(t, want, got, 1e-10)
		require.GreaterOrEqual(t, got, -1e-12)
		for i := range rows {
			sum := 0.
			for _, g := range grad[i*c : (i+1)*c] {
				sum += g
				if labels[i] < 0 || ids[i] < 0 {
					require.Zero(t, g)
				}
			}
			require.InDelta(t, 0, sum, 1e-10)
		}
	})
}

func TestClassCrossEntropyGradient(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		for _, o := range []losses.ClassOptions{{}, {Smoothing: .3}, {Weights: []float64{1, 2, .5}}, {Smoothing: .3, Weights: []float64{1, 2, .5}}} {
			for _, ids := range [][]int{nil, {3, -1, 0, 0}} {
				assert.NoError(t, gradcheck.Check(gradcheck.Case{
					Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
						z := G.NewTensor(g, dt, 3, G.WithName("logits"), G.WithShape(2, 2, 3), G.WithInit(func(dt tensor.Dtype, _ ...int) any { return spread(dt, 12) }))
						var where *G.Node
						if ids != nil {
							where = knownIDs(ids...)(g)
						}
						return gradcheck.One(losses.ClassCrossEntropy(z, labelNode(g, []int{2, 0, -1, 1}), where, o))
					},
				}, gradcheck.Options{}), "%v %v", dt, o)
			}
		}
	}
}

func TestClassCrossEntropyRefusals(t *testing.T) {
	g := G.NewGraph()
	z := matrix(g, "z", 2, 2, make([]float64, 4))
	labels := labelNode(g, []int{0, 1})
	for want, o := range map[string]losses.ClassOptions{
		"losses: class_cross_entropy: Smoothing = 1, want [0, 1)":                            {Smoothing: 1},
		"losses: class_cross_entropy: Weights: 1 weights, want 2, one a class":               {Weights: []float64{1}},
		"losses: class_cross_entropy: Weights[0] = -1, want a finite number of at least 0":   {Weights: []float64{-1, 1}},
		"losses: class_cross_entropy: Weights[1] = +Inf, want a finite number of at least 0": {Weights: []float64{1, math.Inf(1)}},
		"losses: class_cross_entropy: Weights: all weights are 0, want one above":            {Weights: []float64{0, 0}},
	} {
		_, err := losses.ClassCrossEntropy(z, labels, nil, o)
		assert.EqualError(t, err, want)
	}
	_, err := losses.ClassCrossEntropy(nil, labels, nil, losses.ClassOptions{})
	assert.EqualError(t, err, "losses: class_cross_entropy: the logits or the labels are nil, want a node each")
	_, err = losses.ClassCrossEntropy(z, labels, G.NewVector(g, tensor.Int, G.WithName("ids"), G.WithShape(3)), losses.ClassOptions{})
	assert.ErrorContains(t, err, "losses: class_cross_entropy: where has 3 elements, want one a row (2)")
}

func TestClassWeights(t *testing.T) {
	assert.Equal(t, []float64{4. / 9, 4. / 3, 0}, losses.ClassWeights([]int{0, 0, 0, 1, -1, 7}, 3))
	assert.Equal(t, []float64{0}, losses.ClassWeights(nil, 1))
	assert.Nil(t, losses.ClassWeights([]int{0}, -1))
}
