package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

// Nodes of one hash are one to Gorgonia's compiler, so no two nodes of this
// package have one. These three pairs would, without a salt.
func TestNoTwoNodesHaveOneHash(t *testing.T) {
	for _, pair := range [][2]float64{{779503, 1000251}, {586238, 1003039}, {841204, 1007212}} {
		g := G.NewGraph()
		in := node(g, "x", vec(1))
		one, two := must[*G.Node](t)(Affine(in, pair[0], 0)), must[*G.Node](t)(Affine(in, pair[1], 0))
		require.Positive(t, two.Op().(*op).salt, "a pair that does not collide")
		require.NotEqual(t, one.Hashcode(), two.Hashcode())
		assert.Equal(t, two.Op().(*op).nodeHash([]*G.Node{in}, two.Shape()), two.Hashcode())
		product := must[*G.Node](t)(Hadamard(one, two))
		assert.InEpsilon(t, pair[0]*pair[1], nums(eval(t, product)[0])[0], 1e-12)
		again := must[*G.Node](t)(Affine(in, pair[1], 0))
		assert.Equal(t, two.ID(), again.ID(), "an equal expression is still one node")
		assert.Len(t, g.AllNodes(), 5, "the input, the pair, their product and its reader")
	}
}
