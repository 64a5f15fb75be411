package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// InduceDense takes the rows and columns of a square dense matrix that idx
// names, A[idx, idx], for one graph or for each of several:
//
//	y_bij = a_b[idx_bi, idx_bj], and 0 where either index is −1
//
// Shapes: with graphs 0, a is N×N, idx a vector of K, and the result K×K. Else
// idx is a vector of graphs·K, K places a graph, and the result graphs×K×K; a
// is graphs×N×N, or one N×N that all graphs use. The places of graph b then
// hold row numbers counted over all graphs, b·N to b·N + N−1.
// Gradient: to a, each element from the places that took it; that of a matrix
// used by several graphs is summed over them.
// Errors: an index out of range or of another graph, when run.
func InduceDense(a, idx *G.Node, graphs int) (*G.Node, error) {
	out, err := induceDenseShape(a, idx, graphs)
	if err != nil {
		return nil, fmt.Errorf("ops: InduceDense: %w", err)
	}
	return apply(induceDenseOp(out), a, idx)
}

func induceDenseShape(a, idx *G.Node, graphs int) (tensor.Shape, error) {
	if a == nil || idx == nil {
		return nil, fmt.Errorf("a nil node")
	}
	s := a.Shape()
	d := s.Dims()
	if d < 2 || d > 3 || s[d-1] != s[d-2] || d == 3 && s[0] != graphs {
		return nil, fmt.Errorf("a has shape %v for %d graphs, want N×N, or a batch of %d", s, graphs, graphs)
	}
	if idx.Dims() != 1 || graphs < 0 || graphs > 0 && idx.Shape()[0]%graphs != 0 {
		return nil, fmt.Errorf("the indices have shape %v for %d graphs, want a vector with as many places for each", idx.Shape(), graphs)
	}
	k := idx.Shape()[0] / max(1, graphs)
	if graphs == 0 {
		return tensor.Shape{k, k}, nil
	}
	return tensor.Shape{graphs, k, k}, nil
}

// induceDenseOp takes a and the indices.
func induceDenseOp(out tensor.Shape) *op {
	return &op{
		name: "InduceDense", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out), f32: induceDense[float32], f64: induceDense[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(induceDenseGradOp(in[0].shape()), g, in[1])}
		},
	}
}

// induceDenseGradOp takes a gradient of the result and the indices.
func induceDenseGradOp(out tensor.Shape) *op {
	return &op{
		name: "InduceDenseGrad", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out), f32: induceDenseGrad[float32], f64: induceDenseGrad[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(induceDenseOp(in[0].shape()), g, in[1])}
		},
	}
}

func induceDense[T Float](c *call[T]) error {
	a := c.float(0)
	clear(c.out)
	return c.induced(c.in[0].Shape(), c.shape, func(from, to int) { c.out[to] = a[from] })
}

func induceDenseGrad[T Float](c *call[T]) error {
	g := c.float(0)
	clear(c.out)
	return c.induced(c.shape, c.in[0].Shape(), func(to, from int) { c.out[to] += g[from] })
}

// induced calls f for each element of a matrix of shape a and the element of
// the induced one of shape y that it is, in the order of the latter. The
// indices are input 1.
func (c *call[T]) induced(a, y tensor.Shape, f func(of, at int)) error {
	n, k, graphs := a[a.Dims()-1], y[y.Dims()-1], batchOf(y)
	idx, err := c.index(1, graphs*n)
	if err != nil {
		return err
	}
	for s, r := range idx {
		if r >= 0 && r/n != s/k {
			return fmt.Errorf("index %d is %d, a row of graph %d, want one of graph %d", s, r, r/n, s/k)
		}
	}
	for s, r := range idx {
		if r < 0 {
			continue
		}
		if a.Dims() == 2 {
			r %= n
		}
		first := s / k * k
		for j, col := range idx[first : first+k] {
			if col >= 0 {
				f(r*n+col%n, s*k+j)
			}
		}
	}
	return nil
}
