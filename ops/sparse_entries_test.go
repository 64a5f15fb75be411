package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func entriesRows() []opRow {
	return []opRow{
		entryRow("EntryRows", EntryRows, []float64{10, 10, 30, 30, 40, 40, 0, 0}),
		entryRow("EntryCols", EntryCols, []float64{20, 10, 30, 30, 10, 20, 0, 0}),
		edgeSoftMaxRow(),
	}
}

func entryRow(op string, f func(Sparse) (*G.Node, error), want []float64) opRow {
	ids := func(name string, p *Pattern, want ...float64) opCase {
		x := []gradcheck.Input{input("x", vec(10, 20, 30, 40))}
		return sparseCase(name, p, nil, x, func(m Sparse, in G.Nodes) (*G.Node, error) {
			ids, err := f(m)
			if err != nil {
				return nil, err
			}
			return Gather(in[0], ids)
		}, nil, want...)
	}
	return opRow{op, []opCase{ids("oblong then gather", oblong(), want...), ids("no entries", empty(), 0, 0)}, []badCase{
		{"no room", func(g *G.ExprGraph) error {
			return second(f(Sparse{Pattern: node(g, "p", empty()), Rows: 2, Cols: 2}))
		}, "want at least 1"},
		{"no pattern", func(*G.ExprGraph) error { return second(f(Sparse{Rows: 1, Cols: 1, Capacity: 1})) }, "the pattern is nil"},
	}}
}

func edgeSoftMaxRow() opRow {
	soft := func(name string, p *Pattern, line Line, x G.Value, want ...float64) opCase {
		c := sparseCase(name, p, nil, []gradcheck.Input{input("x", x)}, func(m Sparse, in G.Nodes) (*G.Node, error) {
			return EdgeSoftMax(m, in[0], line)
		}, nil, want...)
		c.ref = func(in []G.Value) []float64 { return edgeSoftMax(in[0].(*Pattern), line, nums(in[1]), width(in[1])) }
		return c
	}
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", oblong()), Rows: 4, Cols: 3, Capacity: 6}
	}
	ln3 := math.Log(3)
	return opRow{"EdgeSoftMax", []opCase{
		soft("rows by hand", oblong(), PerRow, vec(0, ln3, 5, 5, ln3, 0, 9, 9), .25, .75, .5, .5, .75, .25, 0, 0),
		soft("columns by hand", oblong(), PerColumn, vec(0, ln3, 5, 5, 0, ln3, 9, 9), .25, .75, .5, .5, .25, .75, 0, 0),
		soft("rows and heads", looped(), PerRow, apart(1, 8, 3)),
		soft("columns and heads", looped(), PerColumn, apart(2, 8, 3)),
		soft("no entries", empty(), PerRow, vec(1, 2), 0, 0),
	}, []badCase{
		{"line", func(g *G.ExprGraph) error { return second(EdgeSoftMax(m(g), float(g, 6), 2)) }, "line = 2, want PerRow or PerColumn"},
		{"length of x", func(g *G.ExprGraph) error { return second(EdgeSoftMax(m(g), float(g, 5), PerRow)) }, "x has shape (5), want (6) or (6, n)"},
		{"rank of x", func(g *G.ExprGraph) error { return second(EdgeSoftMax(m(g), float(g, 6, 1, 1), PerRow)) }, "x has shape (6, 1, 1)"},
	}}
}

// edgeSoftMax is the definition, an entry at a time.
func edgeSoftMax(p *Pattern, line Line, x []float64, n int) []float64 {
	of := p.lines(line, p.NNZ())
	out := make([]float64, len(x))
	for e := range of {
		for c := range n {
			var sum float64
			for f := range of {
				if of[f] == of[e] {
					sum += math.Exp(x[f*n+c])
				}
			}
			out[e*n+c] = math.Exp(x[e*n+c]) / sum
		}
	}
	return out
}

// A pattern that does not fit is an error of the run.
func TestEntriesOfAnotherPattern(t *testing.T) {
	for want, p := range map[string]*Pattern{
		"the pattern is 2×2, want 4×3":                  empty(),
		"the pattern has 6 entries, want at most 5, th": oblong(),
	} {
		g := G.NewGraph()
		_, err := EntryRows(Sparse{Pattern: node(g, "p", p), Rows: 4, Cols: 3, Capacity: 5})
		require.NoError(t, err)
		vm := G.NewTapeMachine(g)
		assert.ErrorContains(t, vm.RunAll(), "ops: EntryRows: "+want)
		vm.Close()
	}
}

func edgesApartRows() []opRow {
	row := func(name string, f func(m Sparse) (*G.Node, error), want ...float64) opRow {
		return opRow{
			op: name,
			cases: []opCase{
				sparseCase("by hand", looped(), nil, []gradcheck.Input{input("x", vec(10, 20, 30, 40))}, func(m Sparse, in G.Nodes) (*G.Node, error) {
					at, err := f(m)
					if err != nil {
						return nil, err
					}
					return Gather(in[0], at)
				}, nil, want...),
			},
			bad: []badCase{
				{"no capacity", func(g *G.ExprGraph) error {
					return second(f(Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4}))
				}, "want at least 1"},
				{"no pattern", func(*G.ExprGraph) error { return second(f(Sparse{Rows: 4, Cols: 4})) }, "the pattern is nil"},
			},
		}
	}
	return []opRow{
		row("EdgesApart", EdgesApart, 10, 10, 10, 20, 0, 40, 0, 0),
	}
}

func gatherEdgesRows() []opRow {
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}
	}
	return []opRow{{
		op: "GatherEdges",
		cases: []opCase{
			// looped's entries are (0, 1), (0, 3), (0, 3), (1, 0), (1, 1), (3, 0).
			edgesCase("selected", mat(6, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), func(m Sparse, in G.Nodes) (Sparse, error) {
				return Induce(m, in[0])
			}, 11, 12, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
			sparseCase("a vector with self loops", looped(), nil, []gradcheck.Input{input("x", vec(1, 2, 3, 4, 5, 6))},
				func(m Sparse, in G.Nodes) (*G.Node, error) {
					sub, err := SelfLoops(m)
					if err != nil {
						return nil, err
					}
					return GatherEdges(sub, in[0])
				}, nil, 0, 1, 2, 3, 4, 5, 0, 0, 6, 0, 0, 0),
			edgesCase("of two signals", random(1, 7, 3), func(m Sparse, in G.Nodes) (Sparse, error) {
				return InduceShared(m, in[0], 2)
			}),
		},
		bad: []badCase{
			{"no capacity", func(g *G.ExprGraph) error {
				s := m(g)
				s.Capacity = 0
				return second(GatherEdges(s, float(g, 6, 2)))
			}, "want at least 1"},
			{"rank 3", func(g *G.ExprGraph) error { return second(GatherEdges(m(g), float(g, 6, 2, 2))) }, "want a vector or a matrix"},
			{"no pattern", func(g *G.ExprGraph) error { return second(GatherEdges(Sparse{Rows: 1, Cols: 1}, float(g, 1))) }, "the pattern is nil"},
		},
	}}
}

// edgesCase derives a pattern by derive, with the rows 3, none and 0.
func edgesCase(name string, x G.Value, derive func(m Sparse, in G.Nodes) (Sparse, error), want ...float64) opCase {
	c := sparseCase(name, looped(), nil, []gradcheck.Input{input("idx", idx(3, -1, 0)), input("x", x)},
		func(m Sparse, in G.Nodes) (*G.Node, error) {
			sub, err := derive(m, in)
			if err != nil {
				return nil, err
			}
			return GatherEdges(sub, in[1])
		}, nil, want...)
	if want == nil {
		c.ref = func(in []G.Value) []float64 {
			x := nums(in[2])
			return pad(append(append([]float64{}, x[15:18]...), x[3:9]...), 16*3)
		}
	}
	return c
}

func TestGatherEdgesRefusesWhatDoesNotFit(t *testing.T) {
	for want, build := range map[string]func(g *G.ExprGraph, m Sparse) error{
		"was not derived from another": func(g *G.ExprGraph, m Sparse) error { return second(GatherEdges(m, float(g, 6, 2))) },
		"2 rows of attributes, want at least": func(g *G.ExprGraph, m Sparse) error {
			sub, err := Induce(m, index(g, 3, 0))
			require.NoError(t, err)
			return second(GatherEdges(sub, float(g, 2, 2)))
		},
		"the pattern has 3 entries, want at most 2": func(g *G.ExprGraph, m Sparse) error {
			sub, err := Induce(m, index(g, 3, 0))
			require.NoError(t, err)
			sub.Capacity = 2
			return second(GatherEdges(sub, float(g, 6, 2)))
		},
	} {
		g := G.NewGraph()
		require.NoError(t, build(g, Sparse{Pattern: node(g, "p", looped()), Rows: 4, Cols: 4, Capacity: 6}))
		vm := G.NewTapeMachine(g)
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}
