package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// twoPairs is 0–2 and 1–3, with a loop of each row.
func twoPairs() *Pattern {
	return coo(4, 4, [2]int{0, 0}, [2]int{0, 2}, [2]int{1, 1}, [2]int{1, 3}, [2]int{2, 0}, [2]int{2, 2}, [2]int{3, 1}, [2]int{3, 3})
}

func factorCase(name string, k int, o FactorOptions, ids []int, want ...float64) opCase {
	in := []gradcheck.Input{input("p", twoPairs()), constantInput("w", vec(4, 4, 4, 4, 4, 4, 4, 4))}
	if ids != nil {
		in = append(in, input("ids", idx(ids...)))
	}
	in = append(in, input("x", mat(k, 1, firstFloats(k)...)))
	return opCase{name: name, in: in, want: want, build: func(n G.Nodes) (*G.Node, error) {
		s := OneSegment()
		if ids != nil {
			s = Segments{IDs: n[2], Count: 2}
		}
		shares, err := FactorShares(Sparse{Pattern: n[0], Weights: n[1], Rows: 4, Cols: 4, Capacity: 8}, k, o, s)
		if err != nil {
			return nil, err
		}
		return Linear(shares, n[len(n)-1], nil, Identity)
	}}
}

// firstFloats is 1, 2, …
func firstFloats(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// A block of twos of two rows is [2, 2]ᵀ·[2, 2] with norms that are the same.
func factorRows() []opRow {
	share := 1 / (1 + math.Exp(-2)) // softmax of 2 and 0
	m := func(g *G.ExprGraph) Sparse {
		return Sparse{Pattern: node(g, "p", looped()), Weights: float(g, 6), Rows: 4, Cols: 4}
	}
	raw := FactorOptions{Updates: 400, Raw: true}
	return []opRow{{
		op: "FactorShares",
		cases: []opCase{
			factorCase("two pairs", 2, raw, nil, 2, 4, 2, 4),
			factorCase("softmax", 2, FactorOptions{Updates: 400}, nil, share+2*(1-share), 2*share+(1-share), share+2*(1-share), 2*share+(1-share)),
			factorCase("one part", 1, FactorOptions{Updates: 3}, nil, 1, 1, 1, 1),
			factorCase("as many parts as rows", 4, raw, nil, 1, 2, 3, 4),
			factorCase("segments", 2, raw, []int{1, 0, 1, -1}, 1, 1, 2, 0),
		},
		bad: []badCase{
			{"no weights", func(g *G.ExprGraph) error {
				s := m(g)
				s.Weights = nil
				return second(FactorShares(s, 1, raw, OneSegment()))
			}, "weights given: false"},
			{"no parts", func(g *G.ExprGraph) error { return second(FactorShares(m(g), 0, raw, OneSegment())) }, "k = 0"},
			{"updates", func(g *G.ExprGraph) error {
				return second(FactorShares(m(g), 1, FactorOptions{Updates: -1}, OneSegment()))
			}, "Updates = -1"},
			{"no segments", func(g *G.ExprGraph) error { return second(FactorShares(m(g), 1, raw, Segments{})) }, "number of segments = 0"},
		},
	}}
}

func TestFactorSharesErrsWhenRun(t *testing.T) {
	for want, w := range map[string]float64{"is NaN": math.NaN(), "segment 0: the weights add up to +Inf": math.MaxFloat64} {
		g := G.NewGraph()
		y, err := FactorShares(Sparse{Pattern: node(g, "p", looped()), Weights: node(g, "w", vec(w, w, w, w, w, w)), Rows: 4, Cols: 4}, 2, FactorOptions{Updates: 5}, OneSegment())
		require.NoError(t, err)
		vm := G.NewTapeMachine(y.Graph())
		require.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}
