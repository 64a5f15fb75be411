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

// classified is the cross-entropy of logits, rows×c, and its gradient to them.
func classified(t require.TestingT, c int, labels []int, logits ...float64) (loss float64, grad []float64) {
	g := G.NewGraph()
	z := G.NewMatrix(g, tensor.Float64, G.WithName("logits"), G.WithShape(len(labels), c),
		G.WithValue(tensor.New(tensor.WithShape(len(labels), c), tensor.WithBacking(append([]float64{}, logits...)))))
	n, err := losses.CrossEntropy(z, labelNode(g, labels), nil)
	require.NoError(t, err)
	require.True(t, n.IsScalar())
	d, err := G.Grad(n, z)
	require.NoError(t, err)
	var value, slope G.Value
	vm := G.NewTapeMachine(g.SubgraphRoots(G.Read(n, &value), G.Read(d[0], &slope)))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	return elements(value)[0], elements(slope)
}

func labelNode(g *G.ExprGraph, labels []int) *G.Node {
	return G.NewVector(g, tensor.Int, G.WithName("labels"), G.WithShape(len(labels)),
		G.WithValue(tensor.New(tensor.WithShape(len(labels)), tensor.WithBacking(labels))))
}

func TestCrossEntropyByHand(t *testing.T) {
	third := math.Log(3)
	for what, c := range map[string]struct {
		labels []int
		logits []float64
		want   float64
		grad   []float64
	}{
		"equal shares":        {[]int{1}, []float64{2, 2}, math.Ln2, []float64{.5, -.5}},
		"the mean of two":     {[]int{0, 0}, []float64{third, 0, 0, third}, (math.Log(4./3) + math.Log(4)) / 2, []float64{-.125, .125, -.375, .375}},
		"padding counts none": {[]int{0, -1}, []float64{third, 0, 100, 7}, math.Log(4. / 3), []float64{-.25, .25, 0, 0}},
		"no labels":           {[]int{-1, -1}, []float64{1, 2, 3, 4}, 0, []float64{0, 0, 0, 0}},
		"far wrong":           {[]int{1}, []float64{1e5, -1e5}, 2e5, []float64{1, -1}},
	} {
		t.Run(what, func(t *testing.T) {
			got, grad := classified(t, 2, c.labels, c.logits...)
			assert.InDelta(t, c.want, got, 1e-12)
			assert.InDeltaSlice(t, c.grad, grad, 1e-12)
		})
	}
}

// At least 0; a shift of a row's logits changes nothing; each row of the
// gradient sums to 0; rows without a label, whatever their logits, change
// nothing.
func TestCrossEntropyProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, c := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "classes")
		labels := rapid.SliceOfN(rapid.IntRange(-1, c-1), rows, rows).Draw(t, "labels")
		logits := rapid.SliceOfN(rapid.Float64Range(-50, 50), rows*c, rows*c).Draw(t, "logits")
		want, grad := classified(t, c, labels, logits...)
		require.GreaterOrEqual(t, want, 0.)

		shift := rapid.Float64Range(-50, 50).Draw(t, "shift")
		moved, kept := make([]float64, len(logits)), []int{}
		var alone []float64
		for i, l := range labels {
			sum := 0.
			for j := i * c; j < (i+1)*c; j++ {
				moved[j] = logits[j] + shift
				if l < 0 {
					moved[j] = math.Inf(1)
				}
				sum += grad[j]
			}
			require.InDelta(t, 0, sum, 1e-12)
			if l >= 0 {
				kept, alone = append(kept, l), append(alone, logits[i*c:(i+1)*c]...)
			}
		}
		got, _ := classified(t, c, labels, moved...)
		require.InDelta(t, want, got, 1e-11)
		if len(kept) > 0 {
			got, _ = classified(t, c, kept, alone...)
			require.InDelta(t, want, got, 1e-12)
		}
	})
}

func TestCrossEntropyGradient(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		assert.NoError(t, gradcheck.Check(gradcheck.Case{
			Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
				z := G.NewTensor(g, dt, 3, G.WithName("logits"), G.WithShape(2, 2, 3), G.WithInit(func(dt tensor.Dtype, s ...int) any {
					return spread(dt, 12)
				}))
				return gradcheck.One(losses.CrossEntropy(z, labelNode(g, []int{2, 0, -1, 1}), nil))
			},
		}, gradcheck.Options{}), dt)
	}
}

// spread is n different numbers between −2 and 2.
func spread(dt tensor.Dtype, n int) any {
	wide, narrow := make([]float64, n), make([]float32, n)
	for i := range wide {
		wide[i] = 2 * math.Sin(float64(5*i))
		narrow[i] = float32(wide[i])
	}
	if dt == tensor.Float32 {
		return narrow
	}
	return wide
}

func TestCrossEntropyRefusals(t *testing.T) {
	g := G.NewGraph()
	z := G.NewMatrix(g, tensor.Float64, G.WithName("logits"), G.WithShape(2, 2))
	_, err := losses.CrossEntropy(nil, labelNode(g, []int{0}), nil)
	assert.EqualError(t, err, "losses: cross_entropy: the logits or the labels are nil, want a node each")
	_, err = losses.CrossEntropy(z, nil, nil)
	assert.Error(t, err)
	_, err = losses.CrossEntropy(z, G.NewVector(g, tensor.Int, G.WithName("three"), G.WithShape(3)), nil)
	assert.ErrorContains(t, err, "losses: cross_entropy: ops: CrossEntropy: 3 labels for 2 rows")
}

// Labels of places without a graph may be anything, Go's 0 or no class at all.
func TestCrossEntropyLeavesOutPlacesWithoutAGraph(t *testing.T) {
	g := G.NewGraph()
	z := matrix(g, "logits", 4, 2, []float64{math.Log(3), 0, 9, 1, 0, 0, math.NaN(), 1})
	labels, ids := labelNode(g, []int{0, 0, 0, 7}), G.NewVector(g, tensor.Int, G.WithName("ids"), G.WithShape(4),
		G.WithValue(tensor.New(tensor.WithBacking([]int{0, -1, 2, -1}))))
	n, err := losses.CrossEntropy(z, labels, ids)
	require.NoError(t, err)
	d, err := G.Grad(n, z)
	require.NoError(t, err)
	var value, slope G.Value
	vm := G.NewTapeMachine(g.SubgraphRoots(G.Read(n, &value), G.Read(d[0], &slope)))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	assert.InDelta(t, (math.Log(4./3)+math.Log(2))/2, elements(value)[0], 1e-15)
	assert.InDeltaSlice(t, []float64{-.125, .125, 0, 0, -.25, .25, 0, 0}, elements(slope), 1e-15)
	_, err = losses.CrossEntropy(z, labels, G.NewVector(g, tensor.Int, G.WithName("two"), G.WithShape(2)))
	assert.ErrorContains(t, err, "losses: cross_entropy: ops: IDMask: 2 ids, want 4")
}
