package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Densify is a sparse matrix as a dense one, Rows×Cols; entries stored twice
// are added up.
//
// Gradient: to the weights, each from its place.
func Densify(m Sparse) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: Densify: %w", err)
	}
	if m.Weights == nil {
		return nil, fmt.Errorf("ops: Densify: the matrix has no weights, want them")
	}
	return apply(&op{
		name: "Densify", attrs: fmt.Sprint(m.Rows, m.Cols), kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{m.Rows, m.Cols}),
		f32:   func(c *call[float32]) error { return densify(c, m.Rows, m.Cols) },
		f64:   func(c *call[float64]) error { return densify(c, m.Rows, m.Cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(&op{
				name: "DensifyGrad", attrs: fmt.Sprint(in[1].shape()), kinds: "p", shape: fixed(in[1].shape()),
				f32: densifyGrad[float32], f64: densifyGrad[float64],
			}, in[0], g)}
		},
	}, m.Pattern, m.Weights)
}

func densify[T Float](c *call[T], rows, cols int) error {
	p, w, err := c.patternWeights(rows, cols)
	if err != nil {
		return err
	}
	clear(c.out)
	sums := placeSums(p, w)
	for i := range rows {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			c.out[i*cols+int(p.csr.Col[e])] = sums[e]
		}
	}
	return nil
}

// densifyGrad takes the pattern and the dense gradient.
func densifyGrad[T Float](c *call[T]) error {
	s := c.in[1].Shape()
	p, out, err := c.patternEntries(s[0], s[1])
	if err != nil {
		return err
	}
	g := c.float(1)
	for i := range s[0] {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			out[e] = g[i*s[1]+int(p.csr.Col[e])]
		}
	}
	return nil
}

// DensifyBlocks is the diagonal blocks of a sparse matrix as dense ones:
// blocks×N×N of one of blocks·N rows and columns. Entries stored twice are
// added up.
//
// Gradient: to the weights, each from its place.
// Errors: a matrix without weights; an entry outside the blocks, when run.
func DensifyBlocks(m Sparse, blocks int) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: DensifyBlocks: %w", err)
	}
	if m.Weights == nil {
		return nil, fmt.Errorf("ops: DensifyBlocks: the matrix has no weights, want them")
	}
	if m.Rows != m.Cols || blocks < 1 || m.Rows%blocks != 0 {
		return nil, fmt.Errorf("ops: DensifyBlocks: a %d×%d matrix in %d blocks, want a square one in blocks of one size", m.Rows, m.Cols, blocks)
	}
	n := m.Rows / blocks
	return apply(blocksOp(tensor.Shape{blocks, n, n}), m.Pattern, m.Weights)
}

// blocksOp takes the pattern and the weights.
func blocksOp(out tensor.Shape) *op {
	return &op{
		name: "DensifyBlocks", attrs: fmt.Sprint(out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out), f32: densifyBlocks[float32], f64: densifyBlocks[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(&op{
				name: "DensifyBlocksGrad", attrs: fmt.Sprint(in[1].shape()), kinds: "p", shape: fixed(in[1].shape()),
				f32: densifyBlocksGrad[float32], f64: densifyBlocksGrad[float64],
			}, in[0], g)}
		},
	}
}

func densifyBlocks[T Float](c *call[T]) error {
	p, w, err := c.patternWeights(c.shape[0]*c.shape[1], c.shape[0]*c.shape[1])
	if err != nil {
		return err
	}
	clear(c.out)
	sums := placeSums(p, w)
	return eachInBlocks(p, c.shape[1], func(e, at int) { c.out[at] = sums[e] })
}

// densifyBlocksGrad takes the pattern and the gradient of the blocks.
func densifyBlocksGrad[T Float](c *call[T]) error {
	s := c.in[1].Shape()
	p, out, err := c.patternEntries(s[0]*s[1], s[0]*s[1])
	if err != nil {
		return err
	}
	g := c.float(1)
	return eachInBlocks(p, s[1], func(e, at int) { out[e] = g[at] })
}

// eachInBlocks calls f for each entry and where it is among blocks n×n.
func eachInBlocks(p *Pattern, n int, f func(e, at int)) error {
	for i := range p.Rows() {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			j := int(p.csr.Col[e])
			if j/n != i/n {
				return fmt.Errorf("entry (%d, %d) is outside the blocks of %d, want none there", i, j, n)
			}
			f(int(e), i*n+j%n)
		}
	}
	return nil
}

// FromDense is a dense matrix as a sparse one: an entry for each element that is
// not 0, in the order of the elements. A batch of matrices becomes their
// block-diagonal matrix.
//
// Shapes: a N×N or B×N×N; the result is B·N×B·N, with room for all elements.
// Gradient: to the elements of a that are not 0.
func FromDense(a *G.Node) (Sparse, error) {
	if a == nil || a.Dims() < 2 || a.Dims() > 3 || a.Shape()[a.Dims()-1] != a.Shape()[a.Dims()-2] {
		return Sparse{}, fmt.Errorf("ops: FromDense: %v, want a node of shape (N, N) or (B, N, N)", a)
	}
	size := a.Shape().TotalSize()
	if size > math.MaxInt32 {
		return Sparse{}, fmt.Errorf("ops: FromDense: %d elements, want at most %d", size, math.MaxInt32)
	}
	n := a.Shape()[a.Dims()-1]
	p, err := apply(&op{
		name: "FromDense", dtype: tensor.Int, kinds: "f", shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) { return fromDense(in[0], n) },
	}, a)
	if err != nil {
		return Sparse{}, err
	}
	flat, err := Reshape(a, size)
	if err != nil {
		return Sparse{}, err
	}
	return derived(Sparse{Weights: flat}, p, size/n, size/n, 0)
}

func fromDense(a G.Value, n int) (G.Value, error) {
	there, err := nonZeroAt(a)
	if err != nil {
		return nil, err
	}
	rows := a.Shape().TotalSize() / n
	ptr := make([]int32, rows+1)
	var col, source []int32
	for i := range rows {
		for j := range n {
			if there(i*n + j) {
				col, source = append(col, int32(i/n*n+j)), append(source, int32(i*n+j))
			}
		}
		ptr[i+1] = int32(len(col))
	}
	return newPattern(rows, rows, ptr, col, source), nil
}
