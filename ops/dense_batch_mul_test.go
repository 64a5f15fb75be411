package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

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
