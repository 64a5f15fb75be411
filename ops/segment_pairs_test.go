package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func pairRows() []opRow {
	with := func(name string, u, v G.Value, count int, ids []int, want ...float64) opCase {
		c := opCase{name: name, want: want, in: []gradcheck.Input{input("u", u), input("v", v)}}
		if ids != nil {
			c.in, c.free = append(c.in, input("ids", idx(ids...))), nil
		}
		c.build = func(in G.Nodes) (*G.Node, error) {
			s := Segments{Count: count}
			if len(in) == 3 {
				s.IDs = in[2]
			}
			return PairSoftplus(in[0], in[1], s, 0, 1)
		}
		c.ref = func(in []G.Value) []float64 {
			n := width(in[0])
			out := make([]float64, count)
			us, vs := rowsIn(nums(in[0]), n), rowsIn(nums(in[1]), n)
			for s, rows := range members(in, 2, count) {
				for _, i := range rows {
					for _, j := range rows {
						l := 0.
						for c := range n {
							l += us[i][c] * vs[j][c]
						}
						out[s] += math.Log(1 + math.Exp(l))
					}
				}
			}
			return out
		}
		return c
	}
	// left is with without the pairs of 1 of a matrix, dense or as a pattern.
	left := func(c opCase, at []int, places G.Value, want ...float64) opCase {
		plain := c.ref
		c.want, c.in = want, append(c.in[:2:2], append([]gradcheck.Input{constantInput("except", places)}, c.in[2:]...)...)
		c.build = func(in G.Nodes) (*G.Node, error) {
			s := Segments{Count: 3}
			if len(in) == 4 {
				s.IDs = in[3]
			}
			return PairSoftplusExcept(in[0], in[1], in[2], s, 0, 1)
		}
		c.ref = func(in []G.Value) []float64 {
			n := width(in[0])
			us, vs, out := rowsIn(nums(in[0]), n), rowsIn(nums(in[1]), n), plain(append(in[:2:2], in[3:]...))
			ids := whole(in[3])
			for _, pair := range at {
				i, j, l := pair/10, pair%10, 0.
				for c := range n {
					l += us[i][c] * vs[j][c]
				}
				if ids[i] >= 0 && ids[i] == ids[j] {
					out[ids[i]] -= math.Log(1 + math.Exp(l))
				}
			}
			return out
		}
		return c
	}
	entries, _, err := PatternFromCOO(6, 6, []int{0, 0, 0, 1, 5, 3, 2}, []int{1, 4, 1, 0, 3, 3, 2})
	if err != nil {
		panic(err)
	}
	six := func() opCase {
		return with("", random(5, 6, 2), random(6, 6, 2), 3, []int{0, 0, -1, 1, 0, 1})
	}
	mixed := func() opCase {
		return with("", random(5, 3, 2, 2), random(6, 3, 2, 2), 3, []int{0, 0, 1, 1, 2, 2})
	}
	named := func(name string, c opCase) opCase { c.name = name; return c }
	log := func(x float64) float64 { return math.Log(1 + x) }
	e := math.E
	call := func(g *G.ExprGraph, s Segments, partners int, shape ...int) error {
		return second(PairSoftplus(float(g, 3, 2), float(g, shape...), s, partners, 1))
	}
	return []opRow{{
		op: "PairSoftplus",
		cases: []opCase{
			// Logits 0 and 1 in one segment, 4 in the other.
			with("by hand", mat(3, 1, 0, 1, 2), mat(3, 1, 0, 1, 2), 3, []int{0, 0, 2}, 3*log(1)+log(e), 0, log(e*e*e*e)),
			with("one segment", random(1, 4, 3), random(2, 4, 3), 1, nil),
			with("rank 3 and padding", random(3, 2, 3, 2), random(4, 2, 3, 2), 2, []int{0, 0, -1, 1, 0, 1}),
		},
		bad: []badCase{
			{"partners", func(g *G.ExprGraph) error { return call(g, OneSegment(), -1, 3, 2) }, "partners = -1"},
			{"shapes", func(g *G.ExprGraph) error { return call(g, OneSegment(), 0, 3, 1) }, "v has shape"},
			{"segments", func(g *G.ExprGraph) error { return call(g, Segments{}, 0, 3, 2) }, "number of segments = 0"},
			{"ids", func(g *G.ExprGraph) error { return call(g, Segments{IDs: index(g, 0), Count: 1}, 0, 3, 2) }, "segment ids"},
			{"vectors", func(g *G.ExprGraph) error {
				return second(PairSoftplus(float(g, 3), float(g, 3), OneSegment(), 0, 1))
			}, "want rank 2 or more"},
		},
	}, {
		op: "PairSoftplusExcept",
		cases: []opCase{
			// Of the logits 0, 0, 0 and 1 one 0 and the 1 are left out.
			named("by hand", left(with("", mat(3, 1, 0, 1, 2), mat(3, 1, 0, 1, 2), 3, []int{0, 0, 2}), []int{1, 11},
				mat(3, 3, 0, 1, 0, 0, 1, 0, 0, 0, 0), 2*log(1), 0, log(e*e*e*e))),
			named("entries, some twice and some between segments", left(six(), []int{1, 4, 10, 53, 33}, entries)),
			named("a dense matrix", left(six(), []int{1, 53}, mat(6, 6, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0))),
			named("dense matrices", left(mixed(), []int{1, 33, 54}, arr([]int{3, 2, 2}, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0))),
			named("one matrix for all", left(mixed(), []int{1, 23, 45}, mat(2, 2, 0, 1, 0, 0))),
		},
		bad: []badCase{
			{"nil", func(g *G.ExprGraph) error {
				return second(PairSoftplusExcept(float(g, 3, 2), float(g, 3, 2), nil, OneSegment(), 0, 1))
			}, "nil"},
			{"partners", func(g *G.ExprGraph) error {
				return second(PairSoftplusExcept(float(g, 3, 2), float(g, 3, 2), float(g, 3, 3), OneSegment(), -1, 1))
			}, "partners = -1"},
			{"matrix", func(g *G.ExprGraph) error {
				return second(PairSoftplusExcept(float(g, 3, 2), float(g, 3, 2), float(g, 2, 2), OneSegment(), 0, 1))
			}, "the pairs left out have shape (2, 2)"},
			{"vector", func(g *G.ExprGraph) error {
				return second(PairSoftplusExcept(float(g, 3, 2), float(g, 3, 2), float(g, 3), OneSegment(), 0, 1))
			}, "the pairs left out have shape (3)"},
		},
	}}
}

// Logits so large that one of them overflows and more than one product is
// taken.
func TestPairSoftplusOfManyLargeLogits(t *testing.T) {
	g, n := G.NewGraph(), 600
	u, v := make([]float64, n), make([]float64, n)
	want := 0.
	for i := range u {
		u[i], v[i] = float64(i-300), 3
	}
	for _, x := range u {
		want += float64(n) * softplus(3*x)
	}
	y := must[*G.Node](t)(PairSoftplus(node(g, "u", mat(n, 1, u...)), node(g, "v", mat(n, 1, v...)), OneSegment(), 0, 1))
	assert.InEpsilon(t, want, nums(eval(t, y)[0])[0], 1e-12)
}

// With partners the sum is that of all pairs in the mean over runs, and the
// gradient is that of the pairs of its run; with pairs left out or without.
func TestPairSoftplusOfPartners(t *testing.T) {
	p, _, err := PatternFromCOO(30, 30, []int{0, 1, 5, 7, 2}, []int{1, 2, 9, 5, 5})
	require.NoError(t, err)
	for name, pairs := range map[string]func(u, v *G.Node, s Segments, partners int) (*G.Node, error){
		"all": func(u, v *G.Node, s Segments, partners int) (*G.Node, error) {
			return PairSoftplus(u, v, s, partners, 7)
		},
		"some": func(u, v *G.Node, s Segments, partners int) (*G.Node, error) {
			return PairSoftplusExcept(u, v, node(u.Graph(), name(u.Graph()), p), s, partners, 7)
		},
	} {
		t.Run(name, func(t *testing.T) { ofPartners(t, pairs) })
	}
}

func ofPartners(t *testing.T, pairs func(u, v *G.Node, s Segments, partners int) (*G.Node, error)) {
	g := G.NewGraph()
	u, v, ids := node(g, "u", random(1, 30, 2)), node(g, "v", random(2, 30, 2)), node(g, "ids", idx(append(make([]int, 29), -1)...))
	s := Segments{IDs: ids, Count: 1}
	some := must[*G.Node](t)(Sum(must[*G.Node](t)(pairs(u, v, s, 5))))
	all := must[*G.Node](t)(pairs(u, v, s, 0))
	slopes, err := G.Grad(some, u, v)
	require.NoError(t, err)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	run := func(at int) float64 {
		require.NoError(t, SetDropoutRuns(g, []int{at}))
		require.NoError(t, vm.RunAll())
		defer vm.Reset()
		return nums(some.Value())[0]
	}
	mean, runs := 0., 400
	for i := range runs {
		mean += run(i) / float64(runs)
	}
	assert.InEpsilon(t, nums(all.Value())[0], mean, .01)
	assert.NotEqual(t, run(1), run(2))
	assert.Equal(t, run(3), run(3))
	for k, x := range (G.Nodes{u, v}) {
		run(3)
		slope, data := nums(slopes[k].Value())[5], x.Value().Data().([]float64)
		data[5] += 1e-6
		up := run(3)
		data[5] -= 2e-6
		down := run(3)
		data[5] += 1e-6
		assert.InDelta(t, (up-down)/2e-6, slope, 1e-6)
	}
}
