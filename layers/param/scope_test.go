package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// twoLayers asks for the weights of a small model whose graph has n rows.
func twoLayers(t *testing.T, s *Store, n int) (*Scope, *G.Node) {
	t.Helper()
	g := G.NewGraph()
	sc := s.Scope(g, true)
	x := G.NewMatrix(g, s.Dtype(), G.WithName("x"), G.WithShape(n, 3))
	for range 2 {
		layer := sc.Sub("dense")
		w, err := layer.Param("kernel", GlorotUniform{}, Spec{}, 3, 3)
		require.NoError(t, err)
		x = G.Must(G.Mul(x, w))
	}
	return sc, x
}

func TestSubMakesNamesUniqueTheSameWayInEachGraph(t *testing.T) {
	s := newStore(t, tensor.Float64, 1)
	small, _ := twoLayers(t, s, 4)
	large, _ := twoLayers(t, s, 400)
	assert.Equal(t, []string{"dense/kernel", "dense_1/kernel"}, paths(s))
	for i, n := range small.Learnables() {
		m := large.Learnables()[i]
		assert.NotSame(t, n, m)
		assert.Same(t, n.Value(), m.Value(), "both graphs are bound to one tensor")
		assert.Equal(t, paths(s)[i], n.Name())
	}
}

func TestSubAvoidsNamesGivenBefore(t *testing.T) {
	sc := newStore(t, tensor.Float64, 1).Scope(G.NewGraph(), true)
	var got []string
	for _, name := range []string{"a", "a_1", "a", "a", "b"} {
		got = append(got, sc.Sub(name).Path())
	}
	assert.Equal(t, []string{"a", "a_1", "a_2", "a_3", "b"}, got)
	assert.Equal(t, "a_4/c", sc.Sub("a").Sub("c").Path())
}

func TestAgainSharesWeights(t *testing.T) {
	s := newStore(t, tensor.Float64, 1)
	layer := s.Scope(G.NewGraph(), true).Sub("encoder")
	apply := func(sc *Scope) *G.Node {
		n, err := sc.Sub("dense").Param("kernel", Ones{}, Spec{}, 2)
		require.NoError(t, err)
		return n
	}
	first := apply(layer)
	assert.Same(t, first, apply(layer.Reuse()))
	assert.NotSame(t, first, apply(layer))
	assert.Equal(t, []string{"encoder/dense/kernel", "encoder/dense_1/kernel"}, paths(s))
}

func TestParamTwiceIsOneNode(t *testing.T) {
	sc := newStore(t, tensor.Float64, 1).Scope(G.NewGraph(), true)
	a, err := sc.Param("w", Ones{}, Spec{}, 2)
	require.NoError(t, err)
	b, err := sc.Param("w", Ones{}, Spec{}, 2)
	require.NoError(t, err)
	assert.Same(t, a, b)
	assert.Len(t, sc.Learnables(), 1)
	_, err = sc.Param("w", Ones{}, Spec{}, 3)
	assert.EqualError(t, err, "param: w: shape (2) is stored, (3) wanted")
}

func TestParamErrors(t *testing.T) {
	g := G.NewGraph()
	sc := newStore(t, tensor.Float64, 1).Scope(g, true)
	_, err := sc.Sub("layer").Param("w", Ones{}, Spec{}, 2, 3)
	require.NoError(t, err)
	again := sc.Store().Scope(G.NewGraph(), true)
	_, err = again.Sub("layer").Param("w", Ones{}, Spec{}, 3, 2)
	assert.EqualError(t, err, "param: layer/w: shape (2, 3) is stored, (3, 2) wanted")
	_, err = sc.Param("w", Ones{}, Spec{})
	assert.EqualError(t, err, "param: w: shape (), want at least one axis")
	_, err = sc.Param("w", Ones{}, Spec{}, 2, 0)
	assert.EqualError(t, err, "param: w: shape (2, 0), want sizes of at least 1")
	_, err = sc.Param("a/b", Ones{}, Spec{}, 2)
	assert.EqualError(t, err, `param: a/b: name "a/b", want text without a slash`)
	_, err = sc.Sub("").Sub("c").Param("w", Ones{}, Spec{}, 2)
	assert.EqualError(t, err, `param: : name "", want text without a slash`)
	G.NewVector(g, tensor.Float64, G.WithName("taken"), G.WithShape(2))
	_, err = sc.Param("taken", Ones{}, Spec{}, 2)
	assert.EqualError(t, err, "param: taken: the graph already has a node of that name")
}

func TestSpecInitComesBeforeTheDefault(t *testing.T) {
	sc := newStore(t, tensor.Float64, 1).Scope(G.NewGraph(), true)
	n, err := sc.Param("w", Zeros{}, Spec{Init: Constant{3}}, 2)
	require.NoError(t, err)
	assert.Equal(t, []float64{3, 3}, n.Value().Data())
}

func TestFrozenWeightsAreNotLearnable(t *testing.T) {
	sc := newStore(t, tensor.Float64, 1).Scope(G.NewGraph(), false)
	_, err := sc.Param("mean", Zeros{}, Spec{Frozen: true}, 2)
	require.NoError(t, err)
	w, err := sc.Param("w", Zeros{}, Spec{}, 2)
	require.NoError(t, err)
	assert.Equal(t, G.Nodes{w}, sc.Learnables())
	assert.Len(t, sc.Used(), 2)
	assert.False(t, sc.Training())
}

func TestUnusedNamesWhatTheGraphLeavesOut(t *testing.T) {
	s := newStore(t, tensor.Float64, 1)
	twoLayers(t, s, 2)
	sc := s.Scope(G.NewGraph(), false)
	_, err := sc.Sub("dense").Param("kernel", Ones{}, Spec{}, 3, 3)
	require.NoError(t, err)
	assert.Equal(t, []string{"dense_1/kernel"}, sc.Unused())
}

func TestSeedsDifferByPathAndSeed(t *testing.T) {
	seen := map[uint64]string{}
	for _, seed := range []uint64{0, 1, 2} {
		root := newStore(t, tensor.Float32, seed).Scope(G.NewGraph(), true)
		for _, sc := range []*Scope{root, root.Sub("a"), root.Sub("a"), root.Sub("b")} {
			assert.Empty(t, seen[sc.Seed()])
			seen[sc.Seed()] = sc.Path() + "."
			assert.Equal(t, sc.Seed(), sc.Reuse().Seed())
		}
	}
}
