package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Induce takes the rows and columns of a square sparse matrix that idx names,
// A[idx, idx], as a sparse matrix of idx's size; A is never made dense.
//
// Entry (i, j) of the result stands for entry (idx_i, idx_j); rows and
// columns at padding (−1) are empty. Entries keep the order of their row.
// The result's weights have the capacity of m's, and are nil where m's are.
//
// Shapes: m N×N; idx a vector of M, without repetitions.
// Gradient: to m's weights, each from the entry that kept it.
// Errors: an index outside [−1, N) or named twice, when run.
func Induce(m Sparse, idx *G.Node) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Induce: %w", err)
	}
	if m.Rows != m.Cols || idx == nil || idx.Dims() != 1 {
		return Sparse{}, fmt.Errorf("ops: Induce: a %d×%d matrix and indices %v, want a square one and a vector", m.Rows, m.Cols, idx)
	}
	p, err := apply(&op{
		name: "Induce", attrs: fmt.Sprint(m.Rows), dtype: tensor.Int, kinds: "pi",
		shape: fixed(tensor.Shape{1}),
		any:   func(in []G.Value) (G.Value, error) { return induce(in, m.Rows, 1) },
	}, m.Pattern, idx)
	if err != nil {
		return Sparse{}, err
	}
	size := idx.Shape()[0]
	return derived(m, p, size, size, 0)
}

// derived is the sparse matrix of a pattern that was derived from m's, with
// m's weights carried over and room for extra more.
func derived(m Sparse, p *G.Node, rows, cols, extra int) (Sparse, error) {
	out := Sparse{Pattern: p, Rows: rows, Cols: cols, Capacity: m.room() + extra}
	if m.Weights == nil {
		return out, nil
	}
	var err error
	out.Weights, err = apply(edgeGatherOp(tensor.Shape{out.Capacity}), p, m.Weights)
	return out, err
}

// induce is the pattern of A[idx, idx] for the block-diagonal matrix of so many
// copies of the n×n pattern in input 0, and the indices in input 1.
func induce(in []G.Value, n, copies int) (G.Value, error) {
	p, err := sizedPattern(in[0], n, n)
	if err != nil {
		return nil, err
	}
	idx, err := ints(in[1])
	if err != nil {
		return nil, err
	}
	to, err := positions(idx, n*copies)
	if err != nil {
		return nil, err
	}
	ptr := make([]int32, len(idx)+1)
	cost := 1 + p.NNZ()/n
	kernels.ForRows(len(idx), cost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			_, row, block := p.rowOf(idx[i], to)
			for _, c := range row {
				if block[c] >= 0 {
					ptr[i+1]++
				}
			}
		}
	})
	for i := range idx {
		ptr[i+1] += ptr[i]
	}
	col, source := make([]int32, ptr[len(idx)]), make([]int32, ptr[len(idx)])
	kernels.ForRows(len(idx), cost, func(lo, hi int) {
		at := ptr[lo]
		for i := lo; i < hi; i++ {
			first, row, block := p.rowOf(idx[i], to)
			for e, c := range row {
				if j := block[c]; j >= 0 {
					col[at], source[at] = j, first+int32(e)
					at++
				}
			}
		}
	})
	return newPattern(len(idx), len(idx), ptr, col, source), nil
}

// rowOf is the first entry and the columns of a row of copies of p, none for
// padding, and the part of to that the columns index.
func (p *Pattern) rowOf(i int, to []int32) (first int32, cols, block []int32) {
	if i < 0 {
		return 0, nil, nil
	}
	n := p.Rows()
	first = p.csr.Ptr[i%n]
	return first, p.csr.Col[first:p.csr.Ptr[i%n+1]], to[i/n*n:][:n]
}

// positions is where idx names each of n things, −1 where it does not.
func positions(idx []int, n int) ([]int32, error) {
	to := make([]int32, n)
	for i := range to {
		to[i] = -1
	}
	for i, from := range idx {
		switch {
		case from == -1:
			continue
		case from < -1 || from >= n:
			return nil, fmt.Errorf("index %d is %d, want 0 to %d, or -1 for padding", i, from, n-1)
		case to[from] >= 0:
			return nil, fmt.Errorf("index %d is %d, as index %d is, want no repetition", i, from, to[from])
		}
		to[from] = int32(i)
	}
	return to, nil
}

// edgeGatherOp takes a derived pattern and the weights of the one it came
// from; an entry that is new has weight 1.
func edgeGatherOp(out tensor.Shape) *op {
	return &op{
		name: "EdgeGather", attrs: fmt.Sprint(out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out),
		f32:   edgeGather[float32], f64: edgeGather[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(edgeScatterOp(in[1].shape()), in[0], g)}
		},
	}
}

func edgeGather[T Float](c *call[T]) error {
	p, out, err := c.derived()
	if err != nil {
		return err
	}
	w := c.float(1)
	for e, from := range p.source {
		switch {
		case from < 0:
			out[e] = 1
		case int(from) >= len(w):
			return fmt.Errorf("%d edge weights, want at least %d, one an entry of the pattern", len(w), from+1)
		default:
			out[e] = w[from]
		}
	}
	return nil
}

// derived is the derived pattern in input 0 and its part of the output.
func (c *call[T]) derived() (*Pattern, []T, error) {
	p, err := patternOf(c.in[0])
	if err != nil {
		return nil, nil, err
	}
	if p.source == nil && p.NNZ() > 0 {
		return nil, nil, fmt.Errorf("the pattern was not derived from another")
	}
	out, err := c.entries(p)
	return p, out, err
}

// edgeScatterOp takes a derived pattern and the gradient of its weights, and
// gives that of the weights it came from.
func edgeScatterOp(out tensor.Shape) *op {
	return &op{
		name: "EdgeScatter", attrs: fmt.Sprint(out), kinds: "p",
		shape: fixed(out),
		f32:   edgeScatter[float32], f64: edgeScatter[float64],
	}
}

func edgeScatter[T Float](c *call[T]) error {
	p, err := patternOf(c.in[0])
	if err != nil {
		return err
	}
	g := c.float(1)
	clear(c.out)
	for e, from := range p.source {
		if from >= 0 {
			c.out[from] += g[e]
		}
	}
	return nil
}

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
