package param

import (
	"math"
	"testing"

	"github.com/graphpool/graphpool/ops/gradcheck"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func checkPenalty(t *testing.T, p Penalty, values []float64, want float64, shape ...int) {
	t.Helper()
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		err := gradcheck.Check(gradcheck.Case{
			Inputs: []gradcheck.Input{{Name: "w", Value: denseOf(dt, shape, append([]float64(nil), values...))}},
			Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				return gradcheck.One(p.Node(in[0]))
			},
			Forward: func([]G.Value) ([][]float64, error) { return [][]float64{{want}}, nil },
		}, gradcheck.Options{})
		assert.NoError(t, err, "%#v, %v", p, dt)
	}
}

func TestPenaltiesOfAMatrix(t *testing.T) {
	w := []float64{1, -2, 3, -4, 0.5, 2.5}
	checkPenalty(t, L1{0.01}, w, 0.13, 2, 3)
	checkPenalty(t, L2{0.01}, w, 0.365, 2, 3)
	checkPenalty(t, L1L2{0.1, 0.01}, w, 1.3+0.365, 2, 3)
	checkPenalty(t, L1L2{}, w, 0, 2, 3)
	checkPenalty(t, L1{0}, w, 0, 2, 3)
}

func TestPenaltiesOfOtherShapes(t *testing.T) {
	checkPenalty(t, L1{1}, []float64{1, -2, 3, -4}, 10, 4)
	checkPenalty(t, L2{1}, []float64{3}, 9, 1)
	checkPenalty(t, L2{1}, []float64{3}, 9, 1, 1)
	checkPenalty(t, L2{2}, []float64{1, 2, 3, 4, 5, 6, 7, 8}, 408, 2, 2, 2)
	checkPenalty(t, L1L2{1, 1}, []float64{2, -1}, 8, 2, 1)
}

// gradient is that of a penalty at w.
func gradient(t *testing.T, p Penalty, values []float64, shape ...int) []float64 {
	t.Helper()
	g := G.NewGraph()
	w := G.NewTensor(g, tensor.Float64, len(shape), G.WithShape(shape...), G.WithName("w"), G.WithValue(denseOf(tensor.Float64, shape, values)))
	n, err := p.Node(w)
	require.NoError(t, err)
	derivs, err := G.Grad(n, w)
	require.NoError(t, err)
	var v G.Value
	G.Read(derivs[0], &v)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	return v.Data().([]float64)
}

func TestL1HasNoGradientAtZero(t *testing.T) {
	assert.Equal(t, []float64{0, 0.5, -0.5, 0}, gradient(t, L1{0.5}, []float64{0, 2, -3, 0}, 4))
}

func TestPenaltyErrors(t *testing.T) {
	g := G.NewGraph()
	v := G.NewVector(g, tensor.Float64, G.WithShape(3), G.WithName("v"))
	m := G.NewMatrix(g, tensor.Float64, G.WithShape(3, 2), G.WithName("m"))
	for _, c := range []struct {
		p    Penalty
		w    *G.Node
		want string
	}{
		{L1{-1}, v, "l1: factor -1, want at least 0"},
		{L2{math.NaN()}, v, "l2: factor NaN, want at least 0"},
		{L1L2{L1: math.Inf(1)}, v, "l1_l2: l1: factor +Inf, want at least 0"},
		{L1L2{L2: -1}, v, "l1_l2: l2: factor -1, want at least 0"},
		{L1{1}, nil, "l1: the node is nil"},
		{OrthogonalPenalty{Factor: 1}, v, "orthogonal_regularizer: shape (3), want a matrix"},
		{OrthogonalPenalty{Factor: -1}, m, "orthogonal_regularizer: factor -1, want at least 0"},
		{OrthogonalPenalty{Mode: "row"}, m, `orthogonal_regularizer: Mode = "row", want rows or columns`},
	} {
		_, err := c.p.Node(c.w)
		assert.EqualError(t, err, c.want)
	}
}

// A million weights of 0.1 in float32 add up to 100,000 for L1: one after the
// other they would be 1% off.
func TestPenaltyOfManyWeightsInFloat32(t *testing.T) {
	const n = 1_000_000
	w := make([]float64, n)
	for i := range w {
		w[i] = .1
	}
	for p, want := range map[Penalty]float64{L1{1}: 1e5, L2{1}: 1e4} {
		g := G.NewGraph()
		node := G.NewVector(g, tensor.Float32, G.WithShape(n), G.WithName("w"), G.WithValue(denseOf(tensor.Float32, []int{n}, w)))
		y, err := p.Node(node)
		require.NoError(t, err)
		vm := G.NewTapeMachine(g)
		require.NoError(t, vm.RunAll())
		assert.InEpsilon(t, want, y.Value().Data().(float32), 1e-5, "%#v", p)
		require.NoError(t, vm.Close())
	}
}
