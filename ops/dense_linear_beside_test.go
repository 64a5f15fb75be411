package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

func linearBesideRows() []opRow {
	layer := func(name string, a Activation, in []G.Value, want ...float64) opCase {
		c := plainCase(name, func(in G.Nodes) (*G.Node, error) {
			return LinearBeside(in[0], in[1], in[2], in[3], append(in, nil)[4], a)
		}, func(in []G.Value) []float64 {
			h := width(in[1])
			out := times(rowsIn(nums(in[0]), width(in[0])), nums(in[1]), h)
			for i, own := range times(rowsIn(nums(in[2]), width(in[2])), nums(in[3]), h) {
				out[i] += own
				if len(in) > 4 {
					out[i] += nums(in[4])[i%h]
				}
				out[i] = numberOf(a, out[i])
			}
			return out
		}, in, want...)
		c.free = []int{4}
		return c
	}
	cases := []opCase{
		layer("by hand", Identity, values(mat(2, 2, 1, 2, 3, 4), mat(2, 1, 1, 10), mat(2, 1, 5, -1), mat(1, 1, 2), vec(100)), 131, 141),
		layer("by hand without bias", ReLU, values(mat(1, 1, 3), mat(1, 2, 4, 1), mat(1, 1, 2), mat(1, 2, -7, 1)), 0, 5),
		layer("rank 4", Identity, values(random(1, 2, 1, 2, 3), random(2, 3, 2), random(3, 2, 1, 2, 1), random(4, 1, 2))),
	}
	for _, a := range activations() {
		cases = append(cases,
			layer(titleOf(a)+" with bias", a, values(apart(1, 4, 3), random(2, 3, 5), apart(3, 4, 2), random(4, 2, 5), random(5, 5))),
			layer(titleOf(a)+" without bias", a, values(apart(1, 4, 3), random(2, 3, 5), apart(3, 4, 2), random(4, 2, 5))))
	}
	return []opRow{{
		op: "LinearBeside", cases: cases,
		bad: []badCase{
			{"unknown activation", func(g *G.ExprGraph) error {
				return second(LinearBeside(float(g, 3, 2), float(g, 2, 2), float(g, 3, 2), float(g, 2, 2), nil, "gelu"))
			}, `activation = "gelu"`},
			{"no V", func(g *G.ExprGraph) error {
				return second(LinearBeside(float(g, 3, 2), float(g, 2, 2), float(g, 3, 2), nil, nil, ReLU))
			}, "z or V is nil"},
			{"sizes", func(g *G.ExprGraph) error {
				return second(LinearBeside(float(g, 3, 2), float(g, 2, 2), float(g, 3, 2), float(g, 3, 2), nil, ReLU))
			}, "z and V: x has shape (3, 2) and the kernel (3, 2), want 2 rows in the kernel"},
			{"rows", func(g *G.ExprGraph) error {
				return second(LinearBeside(float(g, 3, 2), float(g, 2, 2), float(g, 4, 2), float(g, 2, 2), nil, ReLU))
			}, "x·W has shape (3, 2) and z·V (4, 2), want one shape"},
			{"bias", func(g *G.ExprGraph) error {
				return second(LinearBeside(float(g, 3, 2), float(g, 2, 2), float(g, 3, 2), float(g, 2, 2), float(g, 3), ReLU))
			}, "the bias has shape (3), want (2)"},
		},
	}}
}

// The weights of both products get their gradients in one pass, as those of one do.
func TestWeightGradientsOfBothAreOnePass(t *testing.T) {
	g := G.NewGraph()
	x, w, z, v, b, w2 := float(g, 5, 3), float(g, 3, 4), float(g, 5, 2), float(g, 2, 4), float(g, 4), float(g, 4, 2)
	y := G.Must(Linear(G.Must(LinearBeside(x, w, z, v, b, SELU)), w2, nil, Identity))
	grads, err := G.Grad(G.Must(G.Sum(y)), w, v, b)
	require.NoError(t, err)
	var names []string
	for _, n := range g.SubgraphRoots(grads...).AllNodes() {
		if o, ok := n.Op().(*op); ok && n.Dims() == 2 && n.Shape()[0] == 5 {
			names = append(names, o.name)
		}
	}
	assert.ElementsMatch(t, []string{"Linear", "LinearBeside"}, names, "matrices of a row a node, of this package")
}
