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

// predicted is a loss of predictions, rows×t, and its gradient to them. known:
// 1 for each value that counts; nil: all.
type predicted func(x, y, where *G.Node) (*G.Node, error)

func (f predicted) of(t require.TestingT, cols int, x, y []float64, where func(g *G.ExprGraph) *G.Node) (loss float64, grad []float64) {
	g := G.NewGraph()
	a, b := matrix(g, "x", len(x)/cols, cols, append([]float64{}, x...)), matrix(g, "y", len(x)/cols, cols, y)
	var w *G.Node
	if where != nil {
		w = where(g)
	}
	n, err := f(a, b, w)
	require.NoError(t, err)
	require.True(t, n.IsScalar())
	d, err := G.Grad(n, a)
	require.NoError(t, err)
	var value, slope G.Value
	vm := G.NewTapeMachine(g.SubgraphRoots(G.Read(n, &value), G.Read(d[0], &slope)))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	return elements(value)[0], elements(slope)
}

// knownValues is where as floats in the shape of the targets.
func knownValues(cols int, known ...float64) func(g *G.ExprGraph) *G.Node {
	return func(g *G.ExprGraph) *G.Node { return matrix(g, "known", len(known)/cols, cols, known) }
}

func knownIDs(ids ...int) func(g *G.ExprGraph) *G.Node {
	return func(g *G.ExprGraph) *G.Node {
		return G.NewVector(g, tensor.Int, G.WithName("known ids"), G.WithShape(len(ids)), G.WithValue(tensor.New(tensor.WithShape(len(ids)), tensor.WithBacking(ids))))
	}
}

// binary is losses.BinaryCrossEntropy with those weights.
func binary(positive ...float64) predicted {
	return func(x, y, where *G.Node) (*G.Node, error) {
		return losses.BinaryCrossEntropy(x, y, where, positive)
	}
}

func TestBinaryCrossEntropyByHand(t *testing.T) {
	third := math.Log(3) // its sigmoid is 3/4
	v, grad := binary().of(t, 1, []float64{0, third}, []float64{1, 0}, nil)
	assert.InDelta(t, (math.Ln2+math.Log(4))/2, v, 1e-12)
	assert.InDeltaSlice(t, []float64{-.25, .375}, grad, 1e-12)
	v, grad = binary().of(t, 2, []float64{third, 5, 7, 7}, []float64{1, 0, 0, 0}, knownValues(2, 1, 0, 0, 0))
	assert.InDelta(t, math.Log(4./3), v, 1e-12)
	assert.InDeltaSlice(t, []float64{-.25, 0, 0, 0}, grad, 1e-12)
	v, _ = binary().of(t, 2, []float64{third, 0, 7, 7}, []float64{1, 0, 0, 0}, knownIDs(0, -1))
	assert.InDelta(t, (math.Log(4./3)+math.Ln2)/2, v, 1e-12)
	v, grad = binary(3).of(t, 1, []float64{0}, []float64{1}, nil)
	assert.InDelta(t, 3*math.Ln2, v, 1e-12)
	assert.InDeltaSlice(t, []float64{-1.5}, grad, 1e-12)
	v, grad = binary().of(t, 1, []float64{1e4, -1e4, 40}, []float64{0, 1, 1}, nil)
	assert.InDelta(t, (2e4+math.Exp(-40))/3, v, 1e-9)
	assert.InDeltaSlice(t, []float64{1. / 3, -1. / 3, 0}, grad, 1e-9)
	v, _ = binary().of(t, 1, []float64{40}, []float64{1}, nil)
	assert.InEpsilon(t, math.Exp(-40), v, 1e-9, "no digits are lost near 0")
	v, grad = binary().of(t, 1, []float64{3}, []float64{1}, knownIDs(-1))
	assert.Zero(t, v)
	assert.Equal(t, []float64{0}, grad, "nothing counts")
}

// properties wants a loss of predictions to be at least 0, to be the mean of
// of each value that counts, and to leave the others out.
func (f predicted) properties(t *testing.T, of func(x, y float64) float64) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "columns")
		n := rows * cols
		x := rapid.SliceOfN(rapid.Float64Range(-20, 20), n, n).Draw(t, "predictions")
		y := make([]float64, n)
		for i, one := range rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "targets") {
			if one {
				y[i] = 1
			}
		}
		known := make([]float64, n)
		want, count := 0., 0.
		for i, k := range rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "known") {
			if k {
				known[i] = 1
				want += of(x[i], y[i])
				count++
			}
		}
		want /= max(1, count)
		got, grad := f.of(t, cols, x, y, knownValues(cols, known...))
		require.InDelta(t, want, got, 1e-9)
		for i, k := range known {
			if k == 0 {
				require.Zero(t, grad[i])
				x[i] = rapid.SampledFrom([]float64{1e6, math.NaN(), math.Inf(1)}).Draw(t, "prediction that does not count")
				y[i] = rapid.SampledFrom([]float64{1e6, math.NaN(), math.Inf(-1)}).Draw(t, "target that does not count")
			}
		}
		again, slopes := f.of(t, cols, x, y, knownValues(cols, known...))
		require.Equal(t, got, again, "values that do not count change nothing")
		require.Equal(t, grad, slopes, "nor do they change a gradient")
	})
}

// A target that is not known may be NaN, as ids or floats say: no gradient is.
func TestUnknownTargetsMayBeNaN(t *testing.T) {
	nan := math.NaN()
	for name, f := range map[string]predicted{"squared": losses.SquaredError, "absolute": losses.AbsoluteError, "binary": binary(), "weighted binary": binary(3)} {
		for what, where := range map[string]func(*G.ExprGraph) *G.Node{"values": knownValues(1, 1, 0), "ids": knownIDs(4, -1)} {
			want, slopes := f.of(t, 1, []float64{1, 2}, []float64{0, 0}, where)
			v, grad := f.of(t, 1, []float64{1, 2}, []float64{0, nan}, where)
			assert.Equal(t, want, v, "%s by %s", name, what)
			assert.Equal(t, slopes, grad, "%s by %s", name, what)
			assert.Zero(t, grad[1], "%s by %s", name, what)
		}
	}
	v, grad := predicted(losses.SquaredError).of(t, 1, []float64{1, 2}, []float64{0, nan}, knownValues(1, 1, 0))
	assert.Equal(t, 1., v)
	assert.Equal(t, []float64{2, 0}, grad)
}

func TestBinaryCrossEntropyProperties(t *testing.T) {
	binary().properties(t, func(x, y float64) float64 { return y*math.Log1p(math.Exp(-x)) + (1-y)*math.Log1p(math.Exp(x)) })
}

func TestSquaredErrorProperties(t *testing.T) {
	predicted(losses.SquaredError).properties(t, func(x, y float64) float64 { return (x - y) * (x - y) })
}

func TestAbsoluteErrorProperties(t *testing.T) {
	predicted(losses.AbsoluteError).properties(t, func(x, y float64) float64 { return math.Abs(x - y) })
}

func TestSquaredErrorByHand(t *testing.T) {
	v, grad := predicted(losses.SquaredError).of(t, 2, []float64{1, 2, 3, 4}, []float64{1, 0, 0, 0}, nil)
	assert.Equal(t, 29./4, v)
	assert.Equal(t, []float64{0, 1, 1.5, 2}, grad)
	v, grad = predicted(losses.SquaredError).of(t, 2, []float64{1, 2, 3, 4}, []float64{1, 0, 0, 0}, knownIDs(5, -1))
	assert.Equal(t, 2., v)
	assert.Equal(t, []float64{0, 2, 0, 0}, grad)
}

func TestAbsoluteErrorByHand(t *testing.T) {
	v, grad := predicted(losses.AbsoluteError).of(t, 2, []float64{1, -2, 3, 4}, []float64{0, 0, 4, 0}, nil)
	assert.Equal(t, 2., v)
	assert.Equal(t, []float64{.25, -.25, -.25, .25}, grad)
	v, _ = predicted(losses.AbsoluteError).of(t, 2, []float64{1, -2, 3, 4}, []float64{0, 0, 4, 0}, knownIDs(-1, -1))
	assert.Zero(t, v)
}

// gradient checks the gradient of f by central differences.
func (f predicted) gradient(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		for _, where := range []func(g *G.ExprGraph) *G.Node{nil, knownIDs(0, -1, 1)} {
			assert.NoError(t, gradcheck.Check(gradcheck.Case{
				Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
					node := func(name string, from int) *G.Node {
						return G.NewMatrix(g, dt, G.WithName(name), G.WithShape(3, 2), G.WithInit(func(dt tensor.Dtype, _ ...int) any {
							if x, ok := spread(dt, from+6).([]float64); ok {
								return x[from:]
							}
							return spread(dt, from+6).([]float32)[from:]
						}))
					}
					var w *G.Node
					if where != nil {
						w = where(g)
					}
					return gradcheck.One(f(node("x", 0), node("y", 7), w))
				},
			}, gradcheck.Options{}), dt)
		}
	}
}

func TestBinaryCrossEntropyGradient(t *testing.T) {
	binary().gradient(t)
	binary(2, .5).gradient(t)
}

func TestSquaredErrorGradient(t *testing.T)  { predicted(losses.SquaredError).gradient(t) }
func TestAbsoluteErrorGradient(t *testing.T) { predicted(losses.AbsoluteError).gradient(t) }

// refusals checks what every loss of predictions refuses.
func (f predicted) refusals(t *testing.T, name string) {
	g := G.NewGraph()
	x, y := matrix(g, "x", 2, 2, make([]float64, 4)), matrix(g, "y", 2, 2, make([]float64, 4))
	_, err := f(nil, y, nil)
	assert.EqualError(t, err, "losses: "+name+": the predictions or the targets are nil, want a node each")
	_, err = f(x, matrix(g, "z", 1, 4, make([]float64, 4)), nil)
	assert.EqualError(t, err, "losses: "+name+": predictions float64(2, 2) and targets float64(1, 4), want one shape and dtype")
	_, err = f(x, y, labelNode(g, []int{1, 2, 3}))
	assert.EqualError(t, err, "losses: "+name+": where has 3 elements, want one a row (2), or one for each of the 4 values")
	narrow := G.NewVector(g, tensor.Float32, G.WithName("narrow"), G.WithShape(2))
	_, err = f(x, y, narrow)
	assert.EqualError(t, err, "losses: "+name+": where is of dtype float32, want ids of int or float64")
	three := G.NewTensor(g, tensor.Float64, 3, G.WithName("three"), G.WithShape(1, 2, 3))
	_, err = f(three, three, nil)
	assert.EqualError(t, err, "losses: "+name+": the predictions have shape (1, 2, 3), want a vector or rows×T")
}

func TestBinaryCrossEntropyRefusals(t *testing.T) {
	binary().refusals(t, losses.NameBinaryCrossEntropy)
	g := G.NewGraph()
	x := matrix(g, "x", 2, 2, make([]float64, 4))
	_, err := losses.BinaryCrossEntropy(x, x, nil, []float64{1})
	assert.EqualError(t, err, "losses: binary_cross_entropy: positive: 1 weights, want 2, one a class")
	_, err = losses.BinaryCrossEntropy(x, x, nil, []float64{1, math.NaN()})
	assert.EqualError(t, err, "losses: binary_cross_entropy: positive[1] = NaN, want a finite number of at least 0")
	_, err = losses.BinaryCrossEntropy(x, x, nil, []float64{0, 0})
	assert.EqualError(t, err, "losses: binary_cross_entropy: positive: all weights are 0, want one above")
	v := G.NewVector(g, tensor.Float64, G.WithName("v"), G.WithShape(2))
	_, err = losses.BinaryCrossEntropy(v, v, nil, []float64{1})
	assert.EqualError(t, err, "losses: binary_cross_entropy: positive with a vector of logits, want a matrix")
}

func TestSquaredErrorRefusals(t *testing.T) {
	predicted(losses.SquaredError).refusals(t, losses.NameSquaredError)
}

func TestAbsoluteErrorRefusals(t *testing.T) {
	predicted(losses.AbsoluteError).refusals(t, losses.NameAbsoluteError)
}

// Equal logits have a loss of log 2 each. One after the other in float32 they
// would have a mean of 0.6887.
func TestMeanOfManyRowsInFloat32(t *testing.T) {
	const n = 1_000_000
	g := G.NewGraph()
	zero := func(name string, cols int) *G.Node {
		return floats(g, tensor.Float32, name, []int{n, cols}, make([]float64, n*cols))
	}
	z, two, labels := zero("z", 1), zero("two", 2), labelNode(g, make([]int, n))
	want := map[string]float64{}
	var names []string
	var roots G.Nodes
	add := func(name string, v float64, y *G.Node, err error) {
		require.NoError(t, err)
		names, roots, want[name] = append(names, name), append(roots, y), v
	}
	y, err := losses.BinaryCrossEntropy(z, z, nil, nil)
	add("binary cross entropy", math.Ln2, y, err)
	y, err = losses.CrossEntropy(two, labels, nil)
	add("cross entropy", math.Ln2, y, err)
	y, err = losses.ClassCrossEntropy(two, labels, nil, losses.ClassOptions{Weights: []float64{.1, 1}, Smoothing: .1})
	add("class cross entropy", (.9*.1+.05*1.1)*math.Ln2/.1, y, err)
	values := make([]G.Value, len(roots))
	for i, r := range roots {
		roots[i] = G.Read(r, &values[i])
	}
	vm := G.NewTapeMachine(g.SubgraphRoots(roots...))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	for i, name := range names {
		assert.InEpsilon(t, want[name], elements(values[i])[0], 1e-6, name)
	}
}
