package ops

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func trianglesRows() []opRow {
	weights := func(m Sparse, _ G.Nodes) (*G.Node, error) {
		out, err := Triangles(m, m.Weights)
		return out.Weights, err
	}
	counts := func(p *Pattern) func(a [][]float64, _ []G.Value) []float64 {
		return func(a [][]float64, in []G.Value) []float64 {
			out := make([]float64, p.NNZ()+2)
			for i := range p.Rows() {
				for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
					for k := range a {
						out[e] += a[i][k] * a[k][p.Col()[e]]
					}
				}
			}
			return out
		}
	}
	// weighted is counts with the weight of each entry, in[0] being the vector.
	weighted := func(name string, p *Pattern, w G.Value, want ...float64) opCase {
		c := sparseCase(name, p, w, nil, weights, nil, want...)
		c.free = nil
		c.ref = func(in []G.Value) []float64 {
			out := counts(p)(dense(p, nums(in[1])), nil)
			for e := range p.NNZ() {
				out[e] *= nums(in[1])[e]
			}
			return out
		}
		return c
	}
	kite := coo(4, 4, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 0}, [2]int{1, 2}, [2]int{2, 3}, [2]int{2, 1}, [2]int{2, 0}, [2]int{3, 2})
	return []opRow{{
		op: "Triangles",
		cases: []opCase{
			weighted("by hand", kite, vec(1, 2, 3, 1, 9, 1, 1, 9, 0, 0), 2, 2, 3, 6, 0, 1, 3, 0, 0, 0),
			weighted("loops and entries stored twice", looped(), random(1, 8)),
			weighted("no entries", empty(), vec(4, 5), 0, 0),
			weighted("all entries", coo(3, 3, [2]int{0, 0}, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 2}, [2]int{1, 0}, [2]int{2, 0}, [2]int{2, 1}, [2]int{2, 2}), random(2, 10)),
		},
		bad: []badCase{
			{"oblong", func(g *G.ExprGraph) error {
				return second(Triangles(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3, Capacity: 6}, float(g, 1)))
			}, "want a square one"},
			{"no room", func(g *G.ExprGraph) error {
				return second(Triangles(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}, float(g, 1)))
			}, "neither weights nor a capacity"},
			{"no dtype", func(g *G.ExprGraph) error {
				return second(Triangles(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2, Capacity: 1}, nil))
			}, "nil"},
		},
	}}
}

// A hub of all and a ring: each edge of the ring is in one triangle with the
// hub, each edge of the hub in two. Weights that change count, and a pattern
// without weights is taken as of ones.
func TestTrianglesOfAWheel(t *testing.T) {
	const rim = 200
	var at [][2]int
	var want []float64
	for i := range rim {
		j := (i + 1) % rim
		at = append(at, [2]int{i, j}, [2]int{j, i}, [2]int{i, rim}, [2]int{rim, i})
	}
	p := coo(rim+1, rim+1, at...)
	for i := range rim + 1 {
		for _, j := range p.Col()[p.Ptr()[i]:p.Ptr()[i+1]] {
			if i == rim || j == rim {
				want = append(want, 2)
			} else {
				want = append(want, 1)
			}
		}
	}
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", p), Rows: rim + 1, Cols: rim + 1, Capacity: p.NNZ()}
	out := must[Sparse](t)(Triangles(m, float(g, 1)))
	assert.Equal(t, want, nums(eval(t, out.Weights)[0]))

	h := G.NewGraph()
	m.Pattern, m.Weights = node(h, "p", p), node(h, "w", arr([]int{p.NNZ()}, slices.Repeat([]float64{1}, p.NNZ())...))
	out = must[Sparse](t)(Triangles(m, nil))
	vm := G.NewTapeMachine(h)
	defer vm.Close()
	for _, w := range []float64{1, 2, 2} {
		x := slices.Repeat([]float64{w}, p.NNZ())
		assert.NoError(t, G.Let(m.Weights, tensor.New(tensor.WithBacking(x))))
		assert.NoError(t, vm.RunAll())
		assert.Equal(t, w*w*w*want[0], nums(out.Weights.Value())[0])
		vm.Reset()
	}
}
