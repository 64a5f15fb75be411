package ops

import (
	"fmt"

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
	for _, a := range activations() {
		cases = append(cases, twoLinear(a))
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

// twoLinear is a linear layer behind another one: the gradient of the first is a
// product, which its weights' gradients take apart (see factorsOf).
func twoLinear(a Activation) opCase {
	c := plainCase(titleOf(a)+", another layer behind", func(in G.Nodes) (*G.Node, error) {
		h, err := Linear(in[0], in[1], in[2], a)
		if err != nil {
			return nil, err
		}
		return Linear(h, in[3], nil, Identity)
	}, func(in []G.Value) []float64 {
		h := linearReference(in[:3], a)
		return times(rowsIn(h, width(in[1])), nums(in[3]), width(in[3]))
	}, values(apart(1, 4, 3), random(2, 3, 5), random(3, 5), random(4, 5, 2)))
	c.free = []int{2}
	return c
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

func batchMulRows() []opRow {
	return []opRow{{
		op: "BatchMul",
		cases: append(batchMulCases(),
			batchMulCase("by hand", mat(2, 2, 1, 2, 3, 4), mat(2, 1, 1, 10), false, false, 21, 43),
			batchMulCase("by hand, left transposed", mat(2, 2, 1, 2, 3, 4), mat(2, 1, 1, 10), true, false, 31, 42),
			batchMulCase("one", mat(1, 1, 3), mat(1, 1, 4), true, true, 12)),
		bad: []badCase{
			{"inner sizes", badBatchMul([]int{2, 3}, []int{2, 3}), "want B×m×k and B×k×n"},
			{"batches", badBatchMul([]int{2, 1, 1}, []int{3, 1, 1}), "want B×m×k and B×k×n"},
			{"vector", badBatchMul([]int{3}, []int{3, 1}), "a has shape (3), want rank 2 to 3"},
			{"rank 4", badBatchMul([]int{3, 3}, []int{1, 1, 3, 1}), "b has shape"},
		},
	}}
}

func badBatchMul(a, b []int) func(g *G.ExprGraph) error {
	return func(g *G.ExprGraph) error { return second(BatchMul(float(g, a...), float(g, b...), false, false)) }
}

// batchMulCases is every transposition of every batch: none, one a matrix, and
// one matrix for all on either side, of rank 2 or 3.
func batchMulCases() []opCase {
	const m, k, n = 2, 3, 4
	var cases []opCase
	for _, batch := range [][2][]int{{nil, nil}, {{2}, {2}}, {{2}, nil}, {nil, {2}}, {{2}, {1}}, {{1}, {2}}, {nil, {1}}, {{1}, nil}} {
		for _, trans := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
			a, b := []int{m, k}, []int{k, n}
			if trans[0] {
				a = []int{k, m}
			}
			if trans[1] {
				b = []int{n, k}
			}
			name := fmt.Sprint("batches ", batch, " transposed ", trans)
			cases = append(cases, batchMulCase(name, random(1, append(batch[0], a...)...), random(2, append(batch[1], b...)...), trans[0], trans[1]))
		}
	}
	return cases
}

func batchMulCase(name string, a, b G.Value, transA, transB bool, want ...float64) opCase {
	return plainCase(name, func(in G.Nodes) (*G.Node, error) {
		return BatchMul(in[0], in[1], transA, transB)
	}, func(in []G.Value) []float64 {
		x, y := matrices(in[0], transA), matrices(in[1], transB)
		var out []float64
		for i := range max(len(x), len(y)) {
			b := y[i%len(y)]
			var flat []float64
			for _, row := range b {
				flat = append(flat, row...)
			}
			out = append(out, times(x[i%len(x)], flat, len(b[0]))...)
		}
		return out
	}, values(a, b), want...)
}

// matrices is the matrices of v, transposed if asked.
func matrices(v G.Value, trans bool) [][][]float64 {
	s := v.Shape()
	m, n := s[len(s)-2], s[len(s)-1]
	var out [][][]float64
	for _, flat := range rowsIn(nums(v), m*n) {
		a := rowsIn(flat, n)
		if trans {
			a = transposed(a)
		}
		out = append(out, a)
	}
	return out
}
