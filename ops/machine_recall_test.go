package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// recallable is layers whose result can be recalled, of inputs in.
func recallable(t *testing.T, in G.Nodes) map[string]*G.Node {
	node := must[*G.Node](t)
	return map[string]*G.Node{
		"Linear":                node(Linear(in[0], in[1], in[2], SELU)),
		"Linear, not activated": node(Linear(in[0], in[1], nil, Identity)),
		"Linear of a Linear":    node(Linear(node(Linear(in[0], in[1], nil, Tanh)), in[3], nil, ELU)),
		"LinearBeside":          node(LinearBeside(in[0], in[1], in[4], in[5], in[2], SELU)),
		"Activate":              node(Activate(node(Linear(in[0], in[1], nil, Identity)), Sigmoid)),
		"BiasActivate":          node(BiasActivate(node(Linear(in[0], in[1], nil, Identity)), in[2], ReLU)),
	}
}

// With its own value, Recall has the value and the gradients of what it stands
// for, which is not computed.
func TestRecall(t *testing.T) {
	inputs := func(g *G.ExprGraph) G.Nodes {
		return G.Nodes{
			node(g, "x", apart(1, 5, 3)), node(g, "w", random(2, 3, 4)), node(g, "b", random(3, 4)),
			node(g, "w2", random(4, 4, 4)), node(g, "z", apart(5, 5, 2)), node(g, "v", random(6, 2, 4)),
		}
	}
	for name := range recallable(t, inputs(G.NewGraph())) {
		t.Run(name, func(t *testing.T) {
			// run gives y, or what stands for it, a loss of it, and the gradients.
			run := func(known G.Value) []G.Value {
				g := G.NewGraph()
				in := inputs(g)
				y := recallable(t, in)[name]
				computed := y
				if known != nil {
					var ok bool
					var err error
					y, ok, err = Recall(y, node(g, "value", known))
					require.NoError(t, err)
					require.True(t, ok)
				}
				total := must[*G.Node](t)(Sum(must[*G.Node](t)(Linear(y, node(g, "last", random(7, 4, 2)), nil, Tanh))))
				var wrt G.Nodes
				for _, n := range in {
					if g.SubgraphRoots(total).AllNodes().Contains(n) {
						wrt = append(wrt, n)
					}
				}
				grads, err := G.Grad(total, wrt...)
				require.NoError(t, err)
				if known != nil {
					assert.False(t, g.SubgraphRoots(append(grads, total)...).AllNodes().Contains(computed), "it is computed again")
				}
				return eval(t, append(G.Nodes{y, total}, grads...)...)
			}
			want := run(nil)
			have := run(want[0])
			require.Len(t, have, len(want))
			for i := range want {
				assert.Equal(t, nums(want[i]), nums(have[i]))
			}
		})
	}
}

func TestRecallOfOthers(t *testing.T) {
	g := G.NewGraph()
	x, w := node(g, "x", random(1, 4, 3)), node(g, "w", random(2, 3, 2))
	p := must[*G.Node](t)(NewPatternNode(g, "p", coo(4, 4, [2]int{0, 1})))
	y := must[*G.Node](t)(Linear(x, w, nil, ReLU))
	value := node(g, "value", random(3, 4, 2))
	for name, n := range map[string]*G.Node{
		"an input":           value,
		"Hadamard":           must[*G.Node](t)(Hadamard(y, value)),
		"SoftMax":            must[*G.Node](t)(SoftMax(y, 1)),
		"keeps what it made": must[*G.Node](t)(PropagateLinear(Sparse{Pattern: p, Rows: 4, Cols: 4}, x, w, nil, ReLU)),
		"of Gorgonia":        G.Must(G.Add(y, value)),
	} {
		r, ok, err := Recall(n, value)
		require.NoError(t, err, name)
		assert.False(t, ok, name)
		assert.Nil(t, r, name)
	}
	_, _, err := Recall(nil, value)
	assert.EqualError(t, err, "ops: Recall: y or its value is nil, want nodes")
	_, _, err = Recall(y, x)
	assert.EqualError(t, err, "ops: Recall: the value is float64 of shape (4, 3), want float64 of (4, 2), as y")
	_, _, err = Recall(y, G.NewMatrix(g, tensor.Float32, G.WithShape(4, 2), G.WithName("single")))
	assert.EqualError(t, err, "ops: Recall: the value is float32 of shape (4, 2), want float64 of (4, 2), as y")
}
