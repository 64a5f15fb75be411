package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func inverseHopsRows() []opRow {
	third := 1. / 3
	pattern := func(g *G.ExprGraph) Sparse { return Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2} }
	return []opRow{{
		op: "InverseHops",
		cases: []opCase{
			hopsCase("unweighted", path(), nil, []int{0, 2, -1}, nil, 1, 5,
				1, .5, 0, 1, 1, 0, .5, 1, 0, third, 1, 0, 0, 0, 0),
			hopsCase("weights", path(), vec(.5, -1, 2, 1), []int{3, 4}, nil, 1, 5,
				third, 0, .5, 0, 1, 0, 1, 0, 0, 1),
			hopsCase("segments", path(), nil, []int{-1, -1, 3, 1}, []int{1, 1, 1, 1, -1}, 2, 5,
				third, 1, .5, 1, 1, 1, 1, .5, 0, 0),
			hopsCase("repeated", coo(2, 2, [2]int{1, 0}), nil, []int{1, 2}, []int{0, 0, 1, 1}, 2, 4, 1, 1, 1, 1),
		},
		bad: badHops(func(g *G.ExprGraph, idx, like *G.Node, s Segments, rows int) error {
			return second(InverseHops(pattern(g), idx, like, s, rows))
		}),
	}, {
		op: "InverseHopsDense",
		cases: []opCase{
			hopsDenseCase("one matrix", mat(5, 5, pathDense()...), []int{0, 2, -1}, nil, 1, 5,
				1, .5, 0, 1, 1, 0, .5, 1, 0, third, 1, 0, 0, 0, 0),
			hopsDenseCase("shared", mat(2, 2, 0, 0, 5, 0), []int{1, 2}, []int{0, 0, 1, 1}, 2, 4, 1, 1, 1, 1),
			hopsDenseCase("a batch", arr([]int{2, 2, 2}, 0, 1, 0, 0, 0, 0, 0, 0), []int{1, 2}, []int{0, 0, 1, 1}, 2, 4, 1, 1, 1, 0),
		},
		bad: badHops(func(g *G.ExprGraph, idx, like *G.Node, s Segments, rows int) error {
			return second(InverseHopsDense(float(g, 2, 2), idx, like, s, rows))
		}),
	}}
}

func badHops(f func(g *G.ExprGraph, idx, like *G.Node, s Segments, rows int) error) []badCase {
	return []badCase{
		{"no dtype", func(g *G.ExprGraph) error { return f(g, index(g, 0), nil, OneSegment(), 2) }, "is nil"},
		{"no index", func(g *G.ExprGraph) error { return f(g, nil, float(g, 2), OneSegment(), 2) }, "as many places"},
		{"odd places", func(g *G.ExprGraph) error {
			return f(g, index(g, 0, 1, 1), float(g, 2), Segments{IDs: index(g, 0, 1), Count: 2}, 2)
		}, "as many places for each of 2 segments"},
		{"rows", func(g *G.ExprGraph) error { return f(g, index(g, 0), float(g, 2), OneSegment(), 3) }, "3 rows and 2 of the matrix"},
		{"no rows", func(g *G.ExprGraph) error { return f(g, index(g, 0), float(g, 2), OneSegment(), 0) }, "0 rows"},
		{"ids", func(g *G.ExprGraph) error {
			return f(g, index(g, 0), float(g, 2), Segments{IDs: index(g, 0, 0, 0), Count: 1}, 2)
		}, "3 segment ids, want 2"},
		{"no segments", func(g *G.ExprGraph) error { return f(g, index(g, 0), float(g, 2), Segments{}, 2) }, "number of segments = 0"},
	}
}

func hopsCase(name string, p *Pattern, w G.Value, at, ids []int, count, rows int, want ...float64) opCase {
	return sparseCase(name, p, w, hopsInputs(at, ids), func(m Sparse, in G.Nodes) (*G.Node, error) {
		return InverseHops(m, in[1], in[0], hopsSegments(in, count), rows)
	}, nil, want...)
}

// The dense matrix is held fixed: a step away from 0 makes an edge.
func hopsDenseCase(name string, a G.Value, at, ids []int, count, rows int, want ...float64) opCase {
	return opCase{
		name: name, want: want,
		in: append(hopsInputs(at, ids), constantInput("a", a)),
		build: func(in G.Nodes) (*G.Node, error) {
			last := len(in) - 1
			return InverseHopsDense(in[last], in[1], in[0], hopsSegments(in[:last], count), rows)
		},
	}
}

func hopsInputs(at, ids []int) []gradcheck.Input {
	in := []gradcheck.Input{input("like", vec(1, 2)), input("idx", idx(at...))}
	if ids != nil {
		in = append(in, input("ids", idx(ids...)))
	}
	return in
}

func hopsSegments(in G.Nodes, count int) Segments {
	s := Segments{Count: count}
	if len(in) > 2 {
		s.IDs = in[2]
	}
	return s
}

func TestInverseHopsRefusesRowsOfAnotherSegment(t *testing.T) {
	g := G.NewGraph()
	m := Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}
	y := must[*G.Node](t)(InverseHops(m, index(g, 1, 0), float(g, 1), Segments{IDs: index(g, 0, 1), Count: 2}, 2))
	vm := G.NewTapeMachine(y.Graph())
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "ops: InverseHops: index 0 is 1, of segment 1, want a row of segment 0")
}
