package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestAddUpdate(t *testing.T) {
	store, err := NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	sc := store.Scope(g, true)
	frozen, err := sc.Param("frozen", Ones{}, Spec{Frozen: true}, 2)
	require.NoError(t, err)
	trained, err := sc.Param("trained", Ones{}, Spec{}, 2)
	require.NoError(t, err)
	long, err := sc.Param("long", Ones{}, Spec{}, 3)
	require.NoError(t, err)
	other := G.NewVector(g, tensor.Float64, G.WithShape(2), G.WithName("other"))

	require.NoError(t, sc.AddUpdate(frozen, trained))
	require.NoError(t, sc.Sub("below").AddUpdate(frozen, other))
	require.Len(t, sc.Updates(), 1, "the second call takes the place of the first")
	assert.Equal(t, "frozen", sc.Updates()[0].Path)
	assert.Same(t, other, sc.Updates()[0].Value)

	assert.EqualError(t, sc.AddUpdate(trained, other), "param: trained: update: the weight is trained, want a frozen one")
	assert.ErrorContains(t, sc.AddUpdate(other, trained), "is not a weight of this graph")
	assert.ErrorContains(t, sc.AddUpdate(frozen, long), "param: frozen: update of shape (3)")
	assert.ErrorContains(t, sc.AddUpdate(frozen, nil), "a nil node")
	assert.ErrorContains(t, sc.Sub("").AddUpdate(frozen, other), "want text without a slash")
}
