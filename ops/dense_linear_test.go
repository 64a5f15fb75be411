package ops

import (
	G "gorgonia.org/gorgonia"
)

func linearRows() []opRow {
	linear := func(name string, a Activation, in []G.Value, want ...float64) opCase {
		c := plainCase(name, func(in G.Nodes) (*G.Node, error) {
			return Linear(in[0], in[1], append(in, nil)[2], a)
		}, func(in []G.Value) []float64 { return linearReference(in, a) }, in, want...)
		c.free = []int{2}
		return c
	}
	cases := []opCase{
		linear("by hand", Identity, values(mat(2, 2, 1, 2, 3, 4), mat(2, 2, 1, 0, 0, 10), vec(100, 200)), 101, 220, 103, 240),
		linear("by hand without bias", ReLU, values(mat(2, 2, 1, 2, 3, 4), mat(2, 1, 1, -1)), 0, 0),
		linear("one node", Identity, values(mat(1, 1, 3), mat(1, 1, 4), vec(5)), 17),
		linear("rank 4", Identity, values(random(1, 2, 1, 2, 3), random(2, 3, 2))),
	}
	for _, a := range activations() {
		cases = append(cases,
			linear(titleOf(a)+" with bias", a, values(apart(1, 4, 3), random(2, 3, 5), random(3, 5))),
			linear(titleOf(a)+" of rank 3", a, values(apart(4, 2, 2, 3), random(5, 3, 2), random(6, 2))),
			linear(titleOf(a)+" without bias", a, values(apart(7, 2, 3), random(8, 3, 2))))
	}
	return []opRow{{
		op: "Linear", cases: cases,
		bad: []badCase{
			{"unknown activation", func(g *G.ExprGraph) error { return second(Linear(float(g, 3, 2), float(g, 2, 2), nil, "gelu")) }, `activation = "gelu"`},
			{"sizes", func(g *G.ExprGraph) error { return second(Linear(float(g, 3, 2), float(g, 3, 2), nil, ReLU)) }, "want 2 rows in the kernel"},
			{"vector", func(g *G.ExprGraph) error { return second(Linear(float(g, 3), float(g, 3, 2), nil, ReLU)) }, "want rank 2 to 4"},
			{"kernel of rank 3", func(g *G.ExprGraph) error { return second(Linear(float(g, 3, 2), float(g, 1, 2, 2), nil, ReLU)) }, "the kernel has shape"},
			{"bias", func(g *G.ExprGraph) error { return second(Linear(float(g, 3, 2), float(g, 2, 2), float(g, 3), ReLU)) }, "the bias has shape (3), want (2)"},
			{"row of bias", func(g *G.ExprGraph) error {
				return second(Linear(float(g, 3, 2), float(g, 2, 2), float(g, 1, 2), ReLU))
			}, "the bias has shape (1, 2), want (2)"},
			{"mixed dtypes", func(g *G.ExprGraph) error { return second(Linear(float(g, 3, 2), single32(g, 2, 2), nil, ReLU)) }, "has dtype float32"},
		},
	}}
}

func linearReference(in []G.Value, a Activation) []float64 {
	h := width(in[1])
	out := times(rowsIn(nums(in[0]), width(in[0])), nums(in[1]), h)
	for i := range out {
		if len(in) == 3 {
			out[i] += nums(in[2])[i%h]
		}
		out[i] = numberOf(a, out[i])
	}
	return out
}

func biasActivateRows() []opRow {
	end := func(name string, a Activation, x, b G.Value, want ...float64) opCase {
		return plainCase(name, func(in G.Nodes) (*G.Node, error) {
			return BiasActivate(in[0], in[1], a)
		}, func(in []G.Value) []float64 {
			out := nums(in[0])
			for i := range out {
				out[i] = numberOf(a, out[i]+nums(in[1])[i%width(in[0])])
			}
			return out
		}, values(x, b), want...)
	}
	cases := []opCase{
		end("by hand", ReLU, mat(2, 2, 1, -2, 3, 4), vec(10, -3), 11, 0, 13, 1),
		end("one node", Identity, mat(1, 1, 3), vec(4), 7),
	}
	for _, a := range activations() {
		cases = append(cases,
			end(titleOf(a)+" of a matrix", a, apart(1, 4, 3), vec(0.01, 0.02, -0.01)),
			end(titleOf(a)+" of rank 3", a, apart(2, 2, 2, 2), vec(0.01, 0.02)))
	}
	return []opRow{{
		op: "BiasActivate", cases: cases,
		bad: []badCase{
			{"unknown activation", func(g *G.ExprGraph) error { return second(BiasActivate(float(g, 3, 2), float(g, 2), "gelu")) }, `activation = "gelu"`},
			{"bias", func(g *G.ExprGraph) error { return second(BiasActivate(float(g, 3, 2), float(g, 3), ReLU)) }, "want rows of n and (n)"},
			{"vector", func(g *G.ExprGraph) error { return second(BiasActivate(float(g, 2), float(g, 2), ReLU)) }, "want rows of n and (n)"},
		},
	}}
}
