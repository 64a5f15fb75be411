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

// The gradients of two layers, one behind the other, come of one pass where
// nothing else reads what is between them, and are those of two passes.
func TestGradientsOfTwoLayersInOnePass(t *testing.T) {
	type model struct {
		name  string
		first func(x, w, b *G.Node) (*G.Node, error)
	}
	for _, m := range []model{
		{"LinearGradAndNext", func(x, w, b *G.Node) (*G.Node, error) { return Linear(x, w, b, SELU) }},
		{"PropagateLinearGradAndNext", func(x, w, b *G.Node) (*G.Node, error) {
			p, err := NewPatternNode(x.Graph(), "p", looped())
			if err != nil {
				return nil, err
			}
			return PropagateLinear(Sparse{Pattern: p, Rows: 4, Cols: 4}, x, w, b, SELU)
		}},
	} {
		gradients := func(bias, softmax, readTwice bool) (grads [][]float64, names map[string]bool) {
			g := G.NewGraph()
			x := G.NewMatrix(g, G.Float64, G.WithShape(4, 3), G.WithName("x"), G.WithValue(random(1, 4, 3)))
			w, b, v := node(g, "w", random(2, 3, 5)), node(g, "b", random(3, 5)), node(g, "v", random(4, 5, 2))
			wrt := []*G.Node{w, b, v}
			var c *G.Node
			if bias {
				c = node(g, "c", random(5, 2))
				wrt = append(wrt, c)
			}
			h := must[*G.Node](t)(m.first(x, w, b))
			z := must[*G.Node](t)(Linear(h, v, c, Identity))
			if softmax {
				z = must[*G.Node](t)(SoftMax(z, 2))
			}
			loss := must[*G.Node](t)(Sum(must[*G.Node](t)(Hadamard(z, z))))
			if readTwice {
				none := must[*G.Node](t)(Sum(must[*G.Node](t)(Affine(h, 0, 0))))
				loss = must[*G.Node](t)(G.Add(loss, none))
			}
			nodes := must[G.Nodes](t)(G.Grad(loss, wrt...))
			for _, value := range eval(t, nodes...) {
				grads = append(grads, nums(value))
			}
			names = map[string]bool{}
			for _, n := range g.SubgraphRoots(nodes...).AllNodes() {
				if o, ok := n.Op().(*op); ok {
					names[o.name] = true
				}
			}
			return grads, names
		}
		for _, bias := range []bool{false, true} {
			for _, softmax := range []bool{false, true} {
				one, names := gradients(bias, softmax, false)
				assert.True(t, names[m.name] && !names["MulTN"], "%v", names)
				two, names := gradients(bias, softmax, true)
				assert.True(t, !names[m.name] && names["MulTN"], "%v", names)
				for i := range one {
					assert.InDeltaSlice(t, two[i], one[i], 1e-13, m.name)
				}
			}
		}
	}
}
