package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

// The weights of a layer on an input get their gradients in one pass: the
// gradient of its activation, and what is behind it, are never whole matrices.
func TestWeightGradientsAreOnePass(t *testing.T) {
	g := G.NewGraph()
	x, w, b, w2 := float(g, 5, 3), float(g, 3, 4), float(g, 4), float(g, 4, 2)
	y := G.Must(Linear(G.Must(Linear(x, w, b, SELU)), w2, nil, Identity))
	grads, err := G.Grad(G.Must(G.Sum(y)), w, b)
	require.NoError(t, err)
	var names []string
	for _, n := range g.SubgraphRoots(grads...).AllNodes() {
		if o, ok := n.Op().(*op); ok && n.Dims() == 2 && n.Shape()[0] == 5 {
			names = append(names, o.name)
		}
	}
	assert.Equal(t, []string{"Linear", "Linear"}, names, "matrices of a row a node, of this package")
}
