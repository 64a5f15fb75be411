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
