package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// The rows of ClusterSums.
const (
	SumInside  = kernels.ClusterInside  // t_c = Σ_ij a_ij s_ic s_jc
	SumVolumes = kernels.ClusterVolumes // v_c = Σ_i d_i s_ic
	SumSizes   = kernels.ClusterSizes   // Σ_i s_ic
	SumSpread  = kernels.ClusterSpread  // Σ_i d_i s_ic²
	SumSquares = kernels.ClusterSquares // Σ_i s_ic²
	SumTwoM    = kernels.ClusterTwoM    // Σ_i d_i in column 0, 0 in the others
	SumGram    = kernels.ClusterRows    // the first of the K rows of SᵀS
)

// ClusterSums is the sums over the nodes of one graph that losses of an
// assignment S are made of, in one pass over S: the rows SumInside to SumTwoM,
// and with gram the K rows of SᵀS from SumGram on. d_i is the sum of row i of m.
// A nil m leaves the rows that read A or d at 0.
//
// Shapes: s N×K, m N×N; the result is 1×6×K, or 1×(6+K)×K with gram, of
// float64 whatever s is: the sums are added up in float64.
// Gradient: to s and to m's weights. With S a SoftMax that nothing else reads,
// its gradient is part of the same pass.
// Memory: m·s, N×K, and no more.
func ClusterSums(s *G.Node, m *Sparse, gram bool) (*G.Node, error) {
	if s == nil || s.Dims() != 2 {
		return nil, fmt.Errorf("ops: ClusterSums: s is %v, want a matrix", s)
	}
	c := clusterSums{gram: gram}
	if m == nil {
		return apply(c.op(), s)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: ClusterSums: %w", err)
	}
	if n := s.Shape()[0]; m.Rows != n || m.Cols != n {
		return nil, fmt.Errorf("ops: ClusterSums: a %d×%d matrix, want %d×%d, a row for each of s", m.Rows, m.Cols, n, n)
	}
	c.edges, c.weighted, c.symmetric = true, m.Weights != nil, m.Symmetric
	product, err := SpMM(*m, s)
	if err != nil {
		return nil, err
	}
	degrees, err := RowSums(*m, s)
	if err != nil {
		return nil, err
	}
	return apply(c.op(), append([]*G.Node{s, product, degrees}, m.with()...)...)
}

// clusterSums says which inputs and sums there are. The inputs are s, and with
// edges m·s, the degrees, the pattern, and the weights where there are any.
type clusterSums struct{ edges, weighted, symmetric, gram bool }

// kinds is those of the inputs.
func (o clusterSums) kinds() string {
	if o.edges {
		return "fffp"
	}
	return "f"
}

func (o clusterSums) op() *op {
	return &op{
		name: "ClusterSums", attrs: fmt.Sprint(o), kinds: o.kinds(), dtype: tensor.Float64,
		wrt: []bool{true, false, o.weighted, false, o.weighted},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			k := in[0][1]
			if o.gram {
				return tensor.Shape{1, SumGram + k, k}, nil
			}
			return tensor.Shape{1, SumGram, k}, nil
		},
		f64: func(c *call[float64]) error {
			if c.in[0].Dtype() == tensor.Float32 {
				return runClusterSums[float32](c, o)
			}
			return runClusterSums[float64](c, o)
		},
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			grads := []ref{d.apply(o.gradOp(nil), append(in[:len(in):len(in)], g)...)}
			if !o.weighted {
				return grads
			}
			n, scaled := in[0].shape()[0], d.apply(scaledOp(), in[0], g)
			weights := d.apply(edgeDotOp(n, n, in[4].shape()), in[3], scaled, in[0])
			return append(grads, ref{}, d.apply(degreesOp(), in[0], g), ref{}, weights)
		},
	}
}

// sumsOver is what the first inputs of a call are to the kernels.
func sumsOver[T Float](o clusterSums, in []G.Value) (c kernels.ClusterSums[T], err error) {
	shape := in[0].Shape()
	c.M, c.K, c.Gram = shape[0], shape[1], o.gram
	if c.S, err = floats[T](in[0]); err != nil || !o.edges {
		return c, err
	}
	if c.P, err = floats[T](in[1]); err != nil {
		return c, err
	}
	c.D, err = floats[T](in[2])
	return c, err
}

func runClusterSums[T Float](c *call[float64], o clusterSums) error {
	sums, err := sumsOver[T](o, c.in)
	if err != nil {
		return err
	}
	sums.Set(c.out)
	return nil
}
