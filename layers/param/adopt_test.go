package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestAdopt(t *testing.T) {
	store, err := NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	sc := store.Scope(g, true)
	in := func(name string, v G.Value) *G.Node { return G.NodeFromAny(g, v, G.WithName(name)) }
	w := in("head/w", tensor.New(tensor.WithShape(2), tensor.WithBacking([]float64{1, 2})))
	require.NoError(t, sc.Adopt(Spec{Regularizer: L2{Factor: 1}}, w))
	require.NoError(t, sc.Adopt(Spec{}, w), "a second time changes nothing")
	assert.Equal(t, G.Nodes{w}, sc.Learnables())
	assert.Same(t, w.Value(), store.Get("head/w").Tensor)
	assert.Equal(t, L2{Factor: 1}, sc.Used()[0].Spec.Regularizer)

	again := G.NewGraph()
	other := G.NodeFromAny(again, tensor.New(tensor.WithShape(2), tensor.WithBacking([]float64{7, 8})), G.WithName("head/w"))
	require.NoError(t, store.Scope(again, false).Adopt(Spec{}, other))
	assert.Same(t, store.Get("head/w").Tensor, other.Value(), "the store's values, not the node's")

	short := G.NewVector(again, tensor.Float64, G.WithName("short"), G.WithShape(2))
	for want, n := range map[string]*G.Node{
		"param: adopt: node 0 is nil":                                            nil,
		"param: adopt: node 0 is nil, computed":                                  G.Must(G.Square(w)),
		"or of another graph":                                                    short,
		"param: adopt: scalar: it is bound to no tensor of float64":              in("scalar", G.NewF64(1)),
		"param: adopt: narrow: it is bound to no tensor of float64":              in("narrow", tensor.New(tensor.WithShape(1), tensor.WithBacking([]float32{1}))),
		"param: adopt: unset: it is bound to no tensor of float64":               G.NewVector(g, tensor.Float64, G.WithName("unset"), G.WithShape(2)),
		"param: adopt: head/w: the graph has a weight of that name, or the name": G.NewVector(g, tensor.Float64, G.WithName("head/w"), G.WithShape(3)),
	} {
		assert.ErrorContains(t, sc.Adopt(Spec{}, n), want)
	}
	store.Seal()
	assert.ErrorContains(t, sc.Adopt(Spec{}, in("new", tensor.New(tensor.WithShape(1), tensor.WithBacking([]float64{1})))), "param: adopt: new: not among the 1 weights of the sealed store")
	wrong := G.NewGraph()
	n := G.NodeFromAny(wrong, tensor.New(tensor.WithShape(3), tensor.WithBacking([]float64{1, 2, 3})), G.WithName("head/w"))
	assert.ErrorContains(t, store.Scope(wrong, true).Adopt(Spec{}, n), "param: adopt: head/w: shape (2) is stored, (3) wanted")
	assert.Error(t, (*Scope)(nil).Adopt(Spec{}, w))
}
