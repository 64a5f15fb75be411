package losses

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

func TestBuildGivesTheNode(t *testing.T) {
	want := G.NewScalar(G.NewGraph(), G.Float64, G.WithName("x"))
	got, err := build("cut", func() *G.Node { return must(want, nil) })
	require.NoError(t, err)
	assert.Same(t, want, got)
}

func TestBuildGivesTheErrorThatEndedTheFormula(t *testing.T) {
	cause := errors.New("no rows")
	ended := true
	n, err := build("cut", func() *G.Node {
		n := must[*G.Node](nil, cause)
		ended = false
		return n
	})
	assert.Nil(t, n)
	assert.EqualError(t, err, "losses: cut: no rows")
	assert.ErrorIs(t, err, cause)
	assert.True(t, ended, "the formula went on after the error")
}
