package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// narrowed is a node of float64 in the dtype of another, as the table wants it.
func narrowed(n *G.Node, err error) func(like *G.Node) (*G.Node, error) {
	return func(like *G.Node) (*G.Node, error) {
		if err != nil {
			return nil, err
		}
		return Convert(n, like.Dtype())
	}
}

func clusterSumsRows() []opRow {
	sums := func(name string, p *Pattern, w, s G.Value, symmetric, gram bool, want ...float64) opCase {
		return sparseCase(name, p, w, []gradcheck.Input{input("s", s)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			m.Symmetric = symmetric
			return narrowed(ClusterSums(in[0], &m, gram))(in[0])
		}, func(a [][]float64, in []G.Value) []float64 {
			return clusterSumsReference(a, nums(in[0]), width(in[0]), gram)
		}, want...)
	}
	path := coo(3, 3, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 2}, [2]int{2, 1})
	square := Sparse{Rows: 4, Cols: 4}
	return []opRow{{
		op: "ClusterSums",
		cases: []opCase{
			sums("by hand", path, nil, mat(3, 1, 1, 2, 3), false, true, 16, 8, 6, 18, 14, 4, 14),
			sums("symmetric", path, nil, random(1, 3, 2), false, false),
			sums("weights", path, random(2, 4), random(1, 3, 2), false, true),
			sums("weights said to be symmetric", path, vec(2, 2, 3, 3), random(1, 3, 2), true, true),
			sums("not symmetric", looped(), random(3, 6), random(4, 4, 3), false, true),
			sums("not symmetric, without weights", looped(), nil, random(4, 4, 3), false, false),
			sums("capacity beyond the entries", looped(), random(3, 9), random(4, 4, 17), false, true),
			plainCase("without a matrix", func(in G.Nodes) (*G.Node, error) {
				return narrowed(ClusterSums(in[0], nil, true))(in[0])
			}, nil, values(mat(2, 1, 2, 3)), 0, 0, 5, 0, 13, 0, 13),
			plainCase("of a softmax", func(in G.Nodes) (*G.Node, error) {
				s, err := SoftMax(in[0], .5)
				if err != nil {
					return nil, err
				}
				return narrowed(ClusterSums(s, nil, true))(s)
			}, nil, values(mat(2, 1, 2, 3)), 0, 0, 2, 0, 2, 0, 2),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				return second(ClusterSums(float(g, 4, 2), &Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, false))
			}, "a 4×3 matrix, want 4×4"},
			{"too few rows", func(g *G.ExprGraph) error {
				m := square
				m.Pattern = node(g, "p", looped())
				return second(ClusterSums(float(g, 3, 2), &m, false))
			}, "a 4×4 matrix, want 3×3"},
			{"no pattern", func(g *G.ExprGraph) error { return second(ClusterSums(float(g, 4, 2), &square, false)) }, "the pattern is nil"},
			{"vector", func(g *G.ExprGraph) error { return second(ClusterSums(float(g, 4), nil, false)) }, "want a matrix"},
			{"nil", func(*G.ExprGraph) error { return second(ClusterSums(nil, nil, false)) }, "s is"},
		},
	}, {
		op: "Convert",
		cases: []opCase{plainCase("there and back", func(in G.Nodes) (*G.Node, error) {
			x, err := Convert(in[0], tensor.Float64)
			if err != nil {
				return nil, err
			}
			return narrowed(Hadamard(x, x))(in[0])
		}, nil, values(mat(1, 2, 2, 3)), 4, 9)},
		bad: []badCase{
			{"nil", func(*G.ExprGraph) error { return second(Convert(nil, tensor.Float64)) }, "want a node of float32 or float64"},
			{"int", func(g *G.ExprGraph) error { return second(Convert(float(g, 2), tensor.Int)) }, "to = int, want float32 or float64"},
		},
	}}
}

// clusterSumsReference is the sums by their definitions.
func clusterSumsReference(a [][]float64, s []float64, k int, gram bool) []float64 {
	rows := SumGram
	if gram {
		rows += k
	}
	out := make([]float64, rows*k)
	as := times(a, s, k)
	for i, row := range a {
		d := 0.
		for _, w := range row {
			d += w
		}
		out[SumTwoM*k] += d
		for c, v := range s[i*k : (i+1)*k] {
			out[SumInside*k+c] += v * as[i*k+c]
			out[SumVolumes*k+c] += d * v
			out[SumSizes*k+c] += v
			out[SumSpread*k+c] += d * v * v
			out[SumSquares*k+c] += v * v
			for l, w := range s[i*k : (i+1)*k] {
				if gram {
					out[(SumGram+c)*k+l] += v * w
				}
			}
		}
	}
	return out
}

// The gradient of a softmax that only ClusterSums reads is made in its pass; of
// one that something else reads as well it is not. Both are the same.
func TestClusterSumsPastASoftmax(t *testing.T) {
	gradient := func(readTwice bool) (grad []float64, names map[string]bool) {
		g := G.NewGraph()
		p, err := NewPatternNode(g, "p", looped())
		require.NoError(t, err)
		z := node(g, "z", random(4, 4, 3))
		s, err := SoftMax(z, 2)
		require.NoError(t, err)
		sums, err := ClusterSums(s, &Sparse{Pattern: p, Rows: 4, Cols: 4}, true)
		require.NoError(t, err)
		loss, err := Norm(sums, 1)
		require.NoError(t, err)
		loss, err = Sum(loss)
		require.NoError(t, err)
		if readTwice {
			zero, err := Affine(s, 0, 0)
			require.NoError(t, err)
			none, err := Sum(zero)
			require.NoError(t, err)
			loss, err = G.Add(loss, none)
			require.NoError(t, err)
		}
		grads, err := G.Grad(loss, z)
		require.NoError(t, err)
		names = map[string]bool{}
		for _, n := range g.SubgraphRoots(grads...).AllNodes() {
			if o, ok := n.Op().(*op); ok {
				names[o.name] = true
			}
		}
		var v G.Value
		G.Read(grads[0], &v)
		vm := G.NewTapeMachine(g)
		defer vm.Close()
		require.NoError(t, vm.RunAll())
		return nums(v), names
	}
	fused, names := gradient(false)
	assert.True(t, names["ClusterSumsSoftMaxGrad{2}"], "%v", names)
	assert.False(t, names["SoftMaxGrad"], "%v", names)
	apart, names := gradient(true)
	assert.True(t, names["SoftMaxGrad"], "%v", names)
	assert.InDeltaSlice(t, apart, fused, 1e-14)
}

// A sum of float32 over many rows, which are all rounded to one side, has the
// error of some rows.
func TestClusterSumsAreWide(t *testing.T) {
	const n = 1 << 17
	s := make([]float32, n)
	for i := range s {
		s[i] = 1.1
	}
	g := G.NewGraph()
	x := G.NewMatrix(g, tensor.Float32, G.WithShape(n, 1), G.WithValue(tensor.New(tensor.WithShape(n, 1), tensor.WithBacking(s))))
	sums, err := ClusterSums(x, nil, false)
	require.NoError(t, err)
	var v G.Value
	G.Read(sums, &v)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	assert.InEpsilon(t, n*float64(float32(1.1)), v.Data().([]float64)[SumSizes], 6e-7)
}
