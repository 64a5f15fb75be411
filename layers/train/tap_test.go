package train

import (
	"hash"
	"sync/atomic"
	"testing"

	"github.com/chewxy/hm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

// spy copies a matrix and counts its runs. The gradient of one spy is another.
type spy struct {
	runs     *atomic.Int32
	backward *spy
}

func (s *spy) Arity() int { return 1 }
func (s *spy) Type() hm.Type {
	m := G.TensorType{Dims: 2, Of: tensor.Float64}
	return hm.NewFnType(m, m)
}

func (s *spy) InferShape(in ...G.DimSizer) (tensor.Shape, error) {
	return in[0].(tensor.Shape).Clone(), nil
}
func (s *spy) ReturnsPtr() bool      { return true }
func (s *spy) OverwritesInput() int  { return -1 }
func (s *spy) CallsExtern() bool     { return false }
func (s *spy) String() string        { return "spy" }
func (s *spy) WriteHash(h hash.Hash) { h.Write([]byte{byte(len(s.String()))}) }
func (s *spy) DiffWRT(int) []bool    { return []bool{true} }

func (s *spy) Hashcode() uint32 {
	if s.backward == nil {
		return 1
	}
	return 2
}

func (s *spy) Do(in ...G.Value) (G.Value, error) {
	s.runs.Add(1)
	return G.CloneValue(in[0])
}

func (s *spy) SymDiff(_ G.Nodes, _, grad *G.Node) (G.Nodes, error) {
	n, err := G.ApplyOp(s.backward, grad)
	return G.Nodes{n}, err
}

func TestOnlyWhatIsNeededRuns(t *testing.T) {
	var forward, backward, aside atomic.Int32
	store := newStore(t, tensor.Float64)
	g := G.NewGraph()
	sc := store.Scope(g, true)
	x := G.NewMatrix(g, tensor.Float64, G.WithName("x"), G.WithShape(4, 3), G.WithValue(dense(tensor.Float64, inputs, 4, 3)))
	seen, err := G.ApplyOp(&spy{runs: &forward, backward: &spy{runs: &backward}}, x)
	require.NoError(t, err)
	w, err := sc.Param("w", param.Ones{}, param.Spec{}, 3, 2)
	require.NoError(t, err)
	out := G.Must(G.Mul(seen, w))
	_, err = G.ApplyOp(&spy{runs: &aside, backward: &spy{runs: &backward}}, out)
	require.NoError(t, err)
	tr, err := New(sc, G.Must(G.Mean(out)), NewAdam(.1), Options{})
	require.NoError(t, err)
	defer tr.Close()
	for range 3 {
		_, err = tr.Step()
		require.NoError(t, err)
	}
	assert.Equal(t, int32(3), forward.Load())
	assert.Zero(t, backward.Load(), "the gradient of an input is not asked for")
	assert.Zero(t, aside.Load(), "neither is a value that nothing uses")
}

func TestTapsAreNeverMergedAndHaveNoGradient(t *testing.T) {
	g := G.NewGraph()
	x := G.NewScalar(g, tensor.Float64, G.WithName("x"), G.WithValue(1.5))
	_, a, err := newTap(x)
	require.NoError(t, err)
	_, b, err := newTap(x)
	require.NoError(t, err)
	assert.NotSame(t, a, b)
	_, err = a.Op().(*tapOp).SymDiff(nil, nil, nil)
	assert.EqualError(t, err, "train: a tap has no gradient")
	assert.Equal(t, []bool{false}, a.Op().(*tapOp).DiffWRT(1))
	_, err = a.Op().Do()
	assert.EqualError(t, err, "train: tap got 0 values, want 1")
	_, err = a.Op().Do(nil)
	assert.Error(t, err)
}

// Two nodes of one hash are told apart from nodes that have theirs alone. The
// names were found by trying.
func TestSharesHash(t *testing.T) {
	g := G.NewGraph()
	a := G.NewScalar(g, tensor.Float64, G.WithName("56e9c860c0991094"))
	alone := G.NewScalar(g, tensor.Float64, G.WithName("alone"))
	assert.False(t, sharesHash(a))
	b := G.NewScalar(g, tensor.Float64, G.WithName("254aec3bbd392e98"))
	require.NotSame(t, a, b)
	assert.True(t, sharesHash(a))
	assert.True(t, sharesHash(b))
	assert.False(t, sharesHash(alone))
}
