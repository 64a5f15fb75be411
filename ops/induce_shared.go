package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// InduceShared is Induce for a matrix that several graphs use: A[idx, idx] of
// the block-diagonal matrix that has copies blocks A, which is not formed.
// Row number b·N+i is row i of block b; the result is a sparse matrix of idx's
// size with an entry wherever both rows are of one block and A has it.
//
// Shapes: m N×N; idx a vector of M, without repetitions. The result's weights
// have copies times the capacity of m's, and are nil where m's are.
// Gradient: to m's weights, summed over the entries that each became.
// Errors: an index outside [−1, copies·N) or named twice, when run.
func InduceShared(m Sparse, idx *G.Node, copies int) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: InduceShared: %w", err)
	}
	if m.Rows != m.Cols || idx == nil || idx.Dims() != 1 || copies < 1 {
		return Sparse{}, fmt.Errorf("ops: InduceShared: a %d×%d matrix, indices %v and %d copies, want a square one, a vector and at least 1", m.Rows, m.Cols, idx, copies)
	}
	p, err := apply(&op{
		name: "InduceShared", attrs: fmt.Sprint(m.Rows, copies), dtype: tensor.Int, kinds: "pi",
		shape: fixed(tensor.Shape{1}),
		any:   func(in []G.Value) (G.Value, error) { return induce(in, m.Rows, copies) },
	}, m.Pattern, idx)
	if err != nil {
		return Sparse{}, err
	}
	size := idx.Shape()[0]
	return derived(m, p, size, size, (copies-1)*m.room())
}
