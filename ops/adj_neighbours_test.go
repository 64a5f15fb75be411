package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// path is 0–1–2–3 with some directions left out, and 4 apart.
func path() *Pattern { return coo(5, 5, [2]int{0, 1}, [2]int{2, 1}, [2]int{2, 3}, [2]int{3, 2}) }

func pathDense() []float64 {
	var a []float64
	for _, row := range dense(path(), []float64{.5, -1, 2, 1}) {
		a = append(a, row...)
	}
	return a
}

func localMaximaRows() []opRow {
	return []opRow{{
		op: "LocalMaxima",
		cases: []opCase{
			maximaCase("unweighted", path(), nil, vec(1, 3, 2, 4, 0), nil, 1, 3, 40, 20, 50),
			maximaCase("places for some", path(), nil, vec(1, 3, 2, 4, 0), nil, 1, 2, 40, 20),
			maximaCase("places for more", path(), nil, vec(1, 3, 2, 4, 0), nil, 1, 5, 40, 20, 50, 0, 0),
			maximaCase("the highest of many", path(), nil, vec(9, 3, 9, 4, 0), nil, 1, 1, 10),
			maximaCase("equal neighbours", path(), nil, vec(7, 7, 7, 7, 7), nil, 1, 5, 10, 20, 30, 40, 50),
			maximaCase("weights", path(), vec(.5, -1, 2, 1), vec(1, 3, 2, 4, 0), nil, 1, 3, 40, 20, 50),
			maximaCase("segments", path(), vec(.5, -1, 2, 1), vec(1, 3, 2, 4, 0), []int{1, 1, 1, 1, -1}, 3, 2, 0, 0, 40, 20, 0, 0),
			maximaCase("repeated", coo(2, 2, [2]int{0, 1}), nil, mat(2, 2, 1, 2, 4, 3), []int{0, 0, 1, 1}, 2, 2, 20, 0, 30, 0),
		},
		bad: badMaxima(func(g *G.ExprGraph, v *G.Node, s Segments, slots int) error {
			return second(LocalMaxima(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}, v, s, slots))
		}, badCase{"oblong", func(g *G.ExprGraph) error {
			return second(LocalMaxima(Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3}, float(g, 4), OneSegment(), 1))
		}, "the matrix is 4×3, want a square one"}, badCase{"no pattern", func(g *G.ExprGraph) error {
			return second(LocalMaxima(Sparse{Rows: 2, Cols: 2}, float(g, 2), OneSegment(), 1))
		}, "the pattern is nil"}),
	}, {
		op: "LocalMaximaDense",
		cases: []opCase{
			maximaDenseCase("one matrix", mat(5, 5, pathDense()...), vec(1, 3, 2, 4, 0), nil, 1, 3, 40, 20, 50),
			maximaDenseCase("shared", mat(2, 2, 0, 3, 0, 0), mat(2, 2, 1, 2, 4, 3), []int{0, 0, 1, 1}, 2, 2, 20, 0, 30, 0),
			maximaDenseCase("a batch", arr([]int{2, 2, 2}, 0, 0, 3, 0, 0, 0, 0, 0), mat(2, 2, 1, 2, 4, 3), []int{0, 0, 1, 1}, 2, 2, 20, 0, 30, 40),
			maximaDenseCase("a batch with padding", arr([]int{2, 2, 2}, 0, 1, 1, 0, 0, 1, 1, 0), mat(2, 2, 1, 2, 4, 5), []int{0, 0, 1, -1}, 2, 1, 20, 30),
		},
		bad: badMaxima(func(g *G.ExprGraph, v *G.Node, s Segments, slots int) error {
			return second(LocalMaximaDense(float(g, 2, 2), v, s, slots))
		}, badCase{"oblong", func(g *G.ExprGraph) error {
			return second(LocalMaximaDense(float(g, 2, 3), float(g, 2), OneSegment(), 1))
		}, "the matrix has shape (2, 3)"}, badCase{"another batch", func(g *G.ExprGraph) error {
			return second(LocalMaximaDense(float(g, 2, 2, 2), float(g, 8), OneSegment(), 1))
		}, "8 rows and 4 of the matrix"}),
	}}
}

func badMaxima(f func(g *G.ExprGraph, v *G.Node, s Segments, slots int) error, more ...badCase) []badCase {
	return append(more, []badCase{
		{"no slots", func(g *G.ExprGraph) error { return f(g, float(g, 2), OneSegment(), 0) }, "slots = 0, want at least 1"},
		{"no segments", func(g *G.ExprGraph) error { return f(g, float(g, 2), Segments{}, 1) }, "number of segments = 0"},
		{"rows", func(g *G.ExprGraph) error { return f(g, float(g, 3), OneSegment(), 1) }, "3 rows and 2 of the matrix"},
		{"ids", func(g *G.ExprGraph) error {
			return f(g, float(g, 2), Segments{IDs: index(g, 0, 0, 0), Count: 1}, 1)
		}, "3 segment ids, want 2"},
	}...)
}

// maximaCase gathers 10, 20, … 50 by the maxima of v.
func maximaCase(name string, p *Pattern, w, v G.Value, ids []int, count, slots int, want ...float64) opCase {
	rest := maximaInputs(v, ids)
	return sparseCase(name, p, w, rest, func(m Sparse, in G.Nodes) (*G.Node, error) {
		return gatherAt(in, count, func(s Segments) (*G.Node, error) { return LocalMaxima(m, in[1], s, slots) })
	}, nil, want...)
}

// The dense matrix is held fixed: a step away from 0 makes an edge.
func maximaDenseCase(name string, a, v G.Value, ids []int, count, slots int, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in: append(maximaInputs(v, ids), constantInput("a", a)),
		build: func(in G.Nodes) (*G.Node, error) {
			last := len(in) - 1
			return gatherAt(in[:last], count, func(s Segments) (*G.Node, error) { return LocalMaximaDense(in[last], in[1], s, slots) })
		},
	}
}

func maximaInputs(v G.Value, ids []int) []gradcheck.Input {
	x := vec(10, 20, 30, 40, 50)
	if v.Shape().TotalSize() == 4 {
		x = vec(10, 20, 30, 40)
	}
	in := []gradcheck.Input{input("x", x), constantInput("v", v)}
	if ids != nil {
		in = append(in, input("ids", idx(ids...)))
	}
	return in
}

// gatherAt takes the rows of the first input that at names; the ids are the
// third.
func gatherAt(in G.Nodes, count int, at func(Segments) (*G.Node, error)) (*G.Node, error) {
	s := Segments{Count: count}
	if len(in) > 2 {
		if s.IDs = in[2]; s.IDs == nil {
			s.Count = 2
		}
	}
	n, err := at(s)
	if err != nil {
		return nil, err
	}
	return Gather(in[0], n)
}

func TestEntriesOfWeightZeroAreNoNeighbours(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", path()), Weights: node(g, "w", vec(0, 1, 1, 1)), Rows: 5, Cols: 5}
	y := must[*G.Node](t)(LocalMaxima(m, node(g, "v", vec(1, 3, 2, 4, 0)), OneSegment(), 5))
	assert.Equal(t, []int{3, 1, 0, 4, -1}, whole(eval(t, y)[0]))
}

func TestLocalMaximaRefusesNaN(t *testing.T) {
	g := G.NewGraph()
	v, ids := node(g, "v", vec(1, math.NaN(), 2)), index(g, -1, 0, 0)
	y := must[*G.Node](t)(LocalMaximaDense(node(g, "a", mat(3, 3, make([]float64, 9)...)), v, Segments{IDs: ids, Count: 1}, 1))
	vm := G.NewTapeMachine(y.Graph())
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "ops: LocalMaximaDense: v[1] is NaN")
}
