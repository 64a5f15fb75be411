package train

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// √w has an infinite slope at 0 under a loss of 0: the step errs and leaves
// all weights, those of finite gradients too.
func TestAGradientThatIsNotFiniteEndsTheStep(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		store := newStore(t, dt)
		sc := store.Scope(G.NewGraph(), true)
		w, err := sc.Param("w", param.Zeros{}, param.Spec{}, 5)
		require.NoError(t, err)
		v, err := sc.Param("v", param.Ones{}, param.Spec{}, 3)
		require.NoError(t, err)
		loss := G.Must(G.Add(G.Must(G.Sum(G.Must(G.Sqrt(w)))), G.Must(G.Sum(G.Must(G.Square(v))))))
		tr, err := New(sc, loss, NewAdam(0.1), Options{ClipNorm: 1})
		require.NoError(t, err)
		defer tr.Close()
		got, err := tr.Step()
		var bad *GradientError
		require.True(t, errors.As(err, &bad), "%v", err)
		assert.Equal(t, GradientError{Step: 0, Path: "w"}, *bad)
		assert.EqualError(t, err, "train: step 0: the gradient of w is not finite")
		assert.Equal(t, 3., got)
		assert.Equal(t, []float64{0, 0, 0, 0, 0}, floats(t, store.Get("w").Tensor))
		assert.Equal(t, []float64{1, 1, 1}, floats(t, store.Get("v").Tensor))
		assert.Zero(t, tr.Steps())
	}
}

// head is the model's output through a layer that Gorgonia's own functions
// make: out·W + b.
func head(m *model) (loss, w, b *G.Node) {
	w = G.NewMatrix(m.g, m.dtype, G.WithName("head/w"), G.WithShape(2, 3), G.WithValue(dense(m.dtype, []float64{1, 2, 3, 4, 5, 6}, 2, 3)))
	b = G.NewVector(m.g, m.dtype, G.WithName("head/b"), G.WithShape(3), G.WithValue(dense(m.dtype, []float64{0, 0, 0}, 3)))
	y := G.Must(G.BroadcastAdd(G.Must(G.Mul(m.out, w)), b, nil, []byte{0}))
	return G.Must(G.Mean(G.Must(G.Square(y)))), w, b
}

func TestAPlainHeadIsAdoptedOrRefused(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	loss, w, b := head(m)
	_, err := New(m.sc, loss, NewAdam(0.1), Options{})
	require.EqualError(t, err, "train: head/w: the loss multiplies by what looks like a weight and is not trained; want Scope.Adopt for it and its bias, or Options.Constants")
	require.NoError(t, m.sc.Adopt(param.Spec{}, w, b))
	tr, err := New(m.sc, loss, NewAdam(0.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	before := floats(t, w.Value())
	first, err := tr.Step()
	require.NoError(t, err)
	last := first
	for range 50 {
		last, err = tr.Step()
		require.NoError(t, err)
	}
	assert.Less(t, last, first/10)
	assert.NotEqual(t, before, floats(t, w.Value()))
	assert.NotEqual(t, []float64{0, 0, 0}, floats(t, b.Value()))
	assert.Same(t, w.Value(), m.sc.Store().Get("head/w").Tensor)

	// Another graph takes over the trained head, whatever its node is bound to.
	e := newModel(t, m.sc.Store(), param.Spec{}, param.Spec{})
	loss, w, b = head(e)
	require.NoError(t, e.sc.Adopt(param.Spec{}, w, b))
	values, err := Evaluate(loss)
	require.NoError(t, err)
	again, err := tr.Run()
	require.NoError(t, err)
	assert.InDelta(t, again, floats(t, values[0])[0], 1e-12)
}

func TestConstantsAreNotTrained(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	loss, w, _ := head(m)
	tr, err := New(m.sc, loss, NewAdam(0.1), Options{Constants: []*G.Node{w}})
	require.NoError(t, err)
	defer tr.Close()
	_, err = tr.Step()
	require.NoError(t, err)
	assert.Equal(t, []float64{1, 2, 3, 4, 5, 6}, floats(t, w.Value()))
}

// Data does not look like a weight: an adjacency from the left, features,
// targets, class weights; and a product of ops has its weight on the right.
func TestWhatLooksLikeAWeight(t *testing.T) {
	m := newModel(t, newStore(t, tensor.Float64), param.Spec{}, param.Spec{})
	a := G.NewMatrix(m.g, m.dtype, G.WithName("a"), G.WithShape(4, 4), G.WithValue(dense(m.dtype, make([]float64, 16), 4, 4)))
	each := G.NewMatrix(m.g, m.dtype, G.WithName("each"), G.WithShape(4, 2), G.WithValue(dense(m.dtype, targets, 4, 2)))
	data := G.Must(G.Sum(G.Must(G.HadamardProd(G.Must(G.Mul(a, m.out)), each))))
	assert.NoError(t, wantNoPlainWeights(m.sc, data, nil))
	named := ops.Custom{
		Name: "Linear", Inputs: "ff",
		F32: func(*ops.Run[float32]) error { return nil }, F64: func(*ops.Run[float64]) error { return nil },
	}
	assert.NoError(t, wantNoPlainWeights(m.sc, G.Must(G.Sum(must(t)(named.Apply(m.out, each)))), nil), "no product, whatever its name")
	w := G.NewMatrix(m.g, m.dtype, G.WithName("w"), G.WithShape(2, 3))
	batch := G.NewTensor(m.g, m.dtype, 3, G.WithName("w"), G.WithShape(1, 2, 3))
	p, err := ops.NewPattern(4, 4, []int32{0, 1, 2, 3, 4}, []int32{1, 0, 3, 2})
	require.NoError(t, err)
	adj := ops.Sparse{Pattern: must(t)(ops.NewPatternNode(m.g, "pattern", p)), Rows: 4, Cols: 4, Capacity: 4}
	own := must(t)(m.sc.Param("own", param.GlorotUniform{}, param.Spec{}, 2, 3))
	for name, y := range map[string]*G.Node{
		"Mul":                   G.Must(G.Mul(m.out, w)),
		"BatchedMatMul":         G.Must(G.BatchedMatMul(G.Must(G.Reshape(m.out, tensor.Shape{1, 4, 2})), batch)),
		"Linear":                must(t)(ops.Linear(m.out, w, nil, ops.ReLU)),
		"SoftMax":               must(t)(ops.SoftMax(must(t)(ops.Linear(m.out, w, nil, ops.Identity)), .5)),
		"BatchMul":              must(t)(ops.BatchMul(m.out, w, false, false)),
		"PropagateLinear":       must(t)(ops.PropagateLinear(adj, m.out, w, nil, ops.ReLU)),
		"PropagateLinearBeside": must(t)(ops.PropagateLinearBeside(adj, m.out, own, w, nil, ops.ReLU)),
	} {
		assert.ErrorContains(t, wantNoPlainWeights(m.sc, G.Must(G.Sum(y)), nil), "train: w: ", name)
	}
}

func must(t *testing.T) func(n *G.Node, err error) *G.Node {
	return func(n *G.Node, err error) *G.Node {
		require.NoError(t, err)
		return n
	}
}

// A graph is for training or for evaluation, and each is refused by the other.
func TestTheTrainingFlagIsChecked(t *testing.T) {
	store := newStore(t, tensor.Float64)
	m := newModel(t, store, param.Spec{}, param.Spec{})
	m.sc = store.Scope(m.g, false)
	_, err := New(m.sc, m.loss, NewAdam(0.1), Options{})
	assert.EqualError(t, err, "train: the graph was built for evaluation, want one built with Store.Scope(graph, true)")

	m = newModel(t, store, param.Spec{}, param.Spec{})
	_, err = Evaluate(m.out)
	require.NoError(t, err, "nothing in it acts differently in training")
	require.True(t, m.sc.Sub("dropout").Training())
	const want = "train: the graph was built for training, with dropout or statistics of the batch; " +
		"want a graph of its own, built with Store.Scope(graph, false) of the same store"
	_, err = Evaluate(m.out)
	assert.EqualError(t, err, want)
	_, err = NewEvaluator(m.out)
	assert.EqualError(t, err, want)
	_, err = Forward(m.out)
	assert.NoError(t, err)
	tr, err := New(m.sc, m.loss, NewAdam(0.1), Options{})
	require.NoError(t, err)
	_, err = tr.Step()
	assert.NoError(t, err)
	require.NoError(t, tr.Close())

	m = newModel(t, store, param.Spec{}, param.Spec{})
	m.sc = store.Scope(m.g, false)
	assert.False(t, m.sc.Training())
	_, err = Evaluate(m.out)
	assert.NoError(t, err)
}
