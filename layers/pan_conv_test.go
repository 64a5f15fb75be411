package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

func TestPANConvRefuses(t *testing.T) {
	refused(t, layers.NewPANConv(0, 1), "panconv: Units = 0, want at least 1")
	refused(t, layers.NewPANConv(1, -1), "panconv: L = -1, want at least 0")
	small := layers.NewPANConv(1, 1)
	small.Capacity = -1
	refused(t, small, "panconv: Capacity = -1, want at least 0")
	refusedWithout(t, layers.NewPANConv(1, 1), withoutA, "panconv: the graph has no adjacency, want A")
}

// Room for too few entries is an error of the run that says so.
func TestPANConvCapacity(t *testing.T) {
	sc, in := path(1, 2, 3, 4)
	l := layers.NewPANConv(1, 2)
	l.Capacity = 3
	out, err := l.Apply(sc, in)
	require.NoError(t, err)
	_, err = train.Forward(out.X.Dense)
	assert.ErrorContains(t, err, "entries, want at most 3, the capacity")
}

// M has an entry wherever a walk of up to two steps leads.
func TestPANConvPassesItsOperatorOn(t *testing.T) {
	sc, in := path(1, 2, 3, 4)
	out, err := layers.NewPANConv(1, 2).Apply(sc, in)
	require.NoError(t, err)
	a, sparse := out.A.(modes.SparseAdj)
	require.True(t, sparse)
	stored, err := a.Stored(out.X.Dense)
	require.NoError(t, err)
	values, err := train.Forward(stored)
	require.NoError(t, err)
	assert.Equal(t, []float64{3, 4, 4, 3}, values[0].Data())
}
