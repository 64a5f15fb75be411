package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
)

func crossEntropyRows() []opRow {
	at := func(name string, x G.Value, labels []int, want ...float64) opCase {
		return plainCase(name, twoNodes(CrossEntropy), crossEntropyReference, values(x, idx(labels...)), want...)
	}
	return []opRow{{
		op: "CrossEntropy",
		cases: []opCase{
			at("by hand", mat(2, 2, 0, math.Log(3), 5, 5), []int{1, 0}, math.Log(4./3), math.Ln2),
			at("the wrong class", mat(1, 3, 0, 0, math.Log(2)), []int{0}, math.Log(4)),
			at("some without a label", random(1, 5, 3), []int{2, -1, 0, 1, -1}),
			at("no labels", random(2, 2, 3), []int{-1, -1}, 0, 0),
			at("one class", random(3, 3, 1), []int{0, -1, 0}, 0, 0, 0),
			at("rank 3", random(4, 2, 3, 4), []int{0, 1, 2, 3, -1, 3}),
		},
		bad: []badCase{
			{"vector", func(g *G.ExprGraph) error { return second(CrossEntropy(float(g, 3), index(g, 0, 1, 2))) }, "want rank 2 to 4"},
			{"too few labels", func(g *G.ExprGraph) error { return second(CrossEntropy(float(g, 3, 2), index(g, 0, 1))) }, "2 labels for 3 rows"},
			{"labels that are not whole", func(g *G.ExprGraph) error { return second(CrossEntropy(float(g, 3, 2), float(g, 3))) }, "want a tensor of int"},
		},
	}}
}

// crossEntropyReference is −log of the label's share.
func crossEntropyReference(in []G.Value) []float64 {
	s, labels := in[0].Shape(), nums(in[1])
	var out []float64
	for i, row := range rowsIn(nums(in[0]), s[len(s)-1]) {
		var sum float64
		for _, v := range row {
			sum += math.Exp(v)
		}
		y := 0.
		if labels[i] >= 0 {
			y = -math.Log(math.Exp(row[int(labels[i])]) / sum)
		}
		out = append(out, y)
	}
	return out
}

func TestCrossEntropyOfExtremeScores(t *testing.T) {
	x := mat(4, 3, 1e4, 0, -1e4, 1e4, 0, -1e4, math.Inf(-1), 7, math.Inf(-1), 0, -40, -50)
	for _, v := range []G.Value{x, single(x)} {
		g := G.NewGraph()
		y := must[*G.Node](t)(CrossEntropy(node(g, "x", v), node(g, "labels", idx(0, 2, 1, 0))))
		got := nums(eval(t, y)[0])
		assert.Equal(t, []float64{0, 2e4, 0}, got[:3])
		assert.InEpsilon(t, math.Exp(-40)+math.Exp(-50), got[3], 1e-6, "a share near 1 loses no digits")
	}
}

// Rows of the gradient sum to 0, also where the label's share rounds to 1.
func TestCrossEntropyGradientIsExactNearOne(t *testing.T) {
	x, labels := single(mat(1, 2, 0, -30)), idx(0)
	for _, vm := range machines() {
		got := vm.slopes(t, func(in G.Nodes) (*G.Node, error) {
			return CrossEntropy(in[0], node(in[0].Graph(), "labels", labels))
		}, x)[0]
		assert.InEpsilon(t, -math.Exp(-30), got[0], 1e-6, vm.name)
		assert.InEpsilon(t, math.Exp(-30), got[1], 1e-6, vm.name)
	}
}

func TestLabelsOutOfRangeAreErrors(t *testing.T) {
	for _, label := range []int{2, -2} {
		g := G.NewGraph()
		y := must[*G.Node](t)(CrossEntropy(float(g, 1, 2), index(g, label)))
		vm := G.NewTapeMachine(g)
		err := vm.RunAll()
		require.NoError(t, vm.Close())
		assert.ErrorContains(t, err, "ops: CrossEntropy: labels: index 0 is", "%v", y)
	}
}
