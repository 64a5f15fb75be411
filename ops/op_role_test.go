package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
)

func TestFactors(t *testing.T) {
	g := G.NewGraph()
	x, w, v, b := float(g, 4, 3), float(g, 3, 2), float(g, 3, 2), float(g, 2)
	z, own := float(g, 4, 5), float(g, 5, 2)
	p := must[*G.Node](t)(NewPatternNode(g, "p", coo(4, 4, [2]int{0, 1}, [2]int{1, 0})))
	m := Sparse{Pattern: p, Rows: 4, Cols: 4}
	weighted := m
	weighted.Weights = float(g, 2)
	linear := must[*G.Node](t)(Linear(x, w, b, Identity))
	for name, c := range map[string]struct {
		n           *G.Node
		left, right G.Nodes
	}{
		"Linear":                    {linear, G.Nodes{x}, G.Nodes{w}},
		"LinearBeside":              {must[*G.Node](t)(LinearBeside(x, w, z, own, b, Identity)), G.Nodes{x, z}, G.Nodes{w, own}},
		"Linear, activated":         {must[*G.Node](t)(Linear(x, w, b, ReLU)), G.Nodes{x}, G.Nodes{w}},
		"SoftMax of a Linear":       {must[*G.Node](t)(SoftMax(linear, 2)), G.Nodes{x}, G.Nodes{w}},
		"BatchMul":                  {must[*G.Node](t)(BatchMul(x, v, false, false)), G.Nodes{x}, G.Nodes{v}},
		"PropagateLinear":           {must[*G.Node](t)(PropagateLinear(m, x, w, b, ReLU)), G.Nodes{x}, G.Nodes{w}},
		"PropagateLinear, weighted": {must[*G.Node](t)(PropagateLinear(weighted, x, w, nil, ReLU)), G.Nodes{x, weighted.Weights}, G.Nodes{w}},
		"PropagateLinearBeside":     {must[*G.Node](t)(PropagateLinearBeside(weighted, x, w, v, b, ReLU)), G.Nodes{x, weighted.Weights}, G.Nodes{w, v}},
		"no product":                {must[*G.Node](t)(Hadamard(w, v)), nil, nil},
		"of Gorgonia":               {G.Must(G.Mul(x, w)), nil, nil},
		"of a Custom":               {must[*G.Node](t)(elementwise("Linear", "ff", nil, w, v)), nil, nil},
		"an input":                  {x, nil, nil},
		"nil":                       {nil, nil, nil},
	} {
		left, right := Factors(c.n)
		assert.Equal(t, c.left, G.Nodes(left), name)
		assert.Equal(t, c.right, G.Nodes(right), name)
	}
}
