package ops

import (
	"errors"
	"fmt"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// SoftMax is the softmax of each row at a temperature τ > 0:
//
//	y_ic = exp(x_ic/τ − max) / Σ_k exp(x_ik/τ − max),  max = max_k x_ik/τ
//
// Shapes: x of rank 1 to 4, over its last axis; the result is shaped as x.
// Each row of the result sums to 1. In float32 a value too small to matter is
// exactly 0, since denormal numbers slow every later product down.
// Where x is a Linear without activation, both are one pass, and x itself is
// computed only if something else reads it.
// Gradient: to x, y ⊙ (g − Σ_k g_k y_k) / τ.
func SoftMax(x *G.Node, temperature float64) (*G.Node, error) {
	if !(temperature > 0) || math.IsInf(temperature, 1) || 1/temperature > math.MaxFloat32 {
		return nil, fmt.Errorf("ops: SoftMax: temperature = %v, want a number above 0", temperature)
	}
	if in := ofLinear(x); in != nil {
		return apply(linearSoftmaxOp(temperature), in...)
	}
	return apply(&op{
		name: "SoftMax", attrs: fmt.Sprint(temperature), temperature: temperature,
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantRank("x", in[0], 1, 4)
		},
		f32: func(c *call[float32]) error { return rowSoftmax(c, 1/temperature) },
		f64: func(c *call[float64]) error { return rowSoftmax(c, 1/temperature) },
		diff: func(d *derivation, _ []ref, y, g ref) []ref {
			return []ref{softmaxGrad(d, y, g, temperature)}
		},
	}, x)
}

// LogitsOf is the x of which a node is SoftMax(x, temperature), perhaps as a new
// node of the graph; nil where the node is none.
func LogitsOf(y *G.Node) (x *G.Node, temperature float64, err error) {
	if y == nil {
		return nil, 0, errors.New("ops: LogitsOf: the node is nil")
	}
	o := opOf(y)
	if o == nil || o.temperature == 0 {
		return nil, 0, nil
	}
	in := childrenOf(y)
	if len(in) == 1 {
		return in[0].node, o.temperature, nil
	}
	var bias *G.Node
	if len(in) == 3 {
		bias = in[2].node
	}
	x, err = Linear(in[0].node, in[1].node, bias, Identity)
	return x, o.temperature, err
}

// softmaxGrad is the gradient of what y is the softmax of.
func softmaxGrad(d *derivation, y, g ref, temperature float64) ref {
	if o, in := throughSoftmax(y, g, temperature); o != nil {
		return d.apply(o, in...)
	}
	return d.apply(softmaxGradOp(temperature), y, g)
}

// throughSoftmax is the op that makes the gradient g of the softmax y and goes on
// through it, and its inputs, where g is made by one that can.
func throughSoftmax(y, g ref, temperature float64) (*op, []ref) {
	o := opOf(g.node)
	if o == nil || o.pastSoftmax == nil {
		return nil, nil
	}
	in := childrenOf(g.node)
	if len(in) == 0 || in[0].node != y.node {
		return nil, nil
	}
	return o.pastSoftmax(temperature), in
}

func rowSoftmax[T Float](c *call[T], scale float64) error {
	rows, n := rowsOf(c.shape)
	kernels.RowSoftmax(c.out, c.float(0), rows, n, T(scale))
	return nil
}

// softmaxGradOp takes the softmax y and its gradient.
func softmaxGradOp(temperature float64) *op {
	return &op{
		name: "SoftMaxGrad", attrs: fmt.Sprint(temperature),
		shape: allSame,
		f32:   func(c *call[float32]) error { return rowSoftmaxGrad(c, 1/temperature) },
		f64:   func(c *call[float64]) error { return rowSoftmaxGrad(c, 1/temperature) },
	}
}

func rowSoftmaxGrad[T Float](c *call[T], scale float64) error {
	rows, n := rowsOf(c.shape)
	kernels.RowSoftmaxGrad(c.out, c.float(0), c.float(1), rows, n, T(scale))
	return nil
}

// SparseMax is the point of the probability simplex nearest to each row, by
// the Euclidean distance:
//
//	y_ic = max(0, x_ic − τ_i),  τ_i such that Σ_c y_ic = 1
//
// As a softmax, each row is at least 0 and sums to 1, but entries well below
// the largest are exactly 0: those that are more than 1 below it always.
//
// Shapes: x of rank 1 to 4, over its last axis; the result is shaped as x.
// Gradient: to x, g_c less the mean of g over the entries of the row that are
// not 0, at those entries, and 0 at the others. Where an entry reaches 0, it
// is that of the side on which it stays 0.
// A row with a value that is not a number gives NaN.
// Source: Martins and Astudillo, From Softmax to Sparsemax, ICML 2016,
// arXiv 1602.02068.
func SparseMax(x *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "SparseMax",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantRank("x", in[0], 1, 4)
		},
		f32: sparseMax[float32], f64: sparseMax[float64],
		diff: func(d *derivation, _ []ref, y, g ref) []ref {
			return []ref{d.apply(&op{
				name: "SparseMaxGrad", shape: allSame,
				f32: sparseMaxGrad[float32], f64: sparseMaxGrad[float64],
			}, y, g)}
		},
	}, x)
}

func sparseMax[T Float](c *call[T]) error {
	rows, n := rowsOf(c.shape)
	x := c.float(0)
	sorted := make([]float64, n)
	for r := range rows {
		in, out := x[r*n:(r+1)*n], c.out[r*n:(r+1)*n]
		top := float64(slices.Max(in)) // NaN if there is one
		for i, v := range in {
			sorted[i] = float64(v) - top
		}
		tau := threshold(sorted)
		for i, v := range in {
			out[i] = T(max(0, float64(v)-top-tau))
		}
	}
	return nil
}

// threshold is τ of a row, which it sorts.
func threshold(z []float64) float64 {
	slices.Sort(z)
	sum, tau := 0.0, 0.0
	for k := 1; k <= len(z); k++ {
		v := z[len(z)-k]
		if sum += v; 1+float64(k)*v <= sum {
			break
		}
		tau = (sum - 1) / float64(k)
	}
	return tau
}

// sparseMaxGrad takes the result y and its gradient.
func sparseMaxGrad[T Float](c *call[T]) error {
	rows, n := rowsOf(c.shape)
	y, g := c.float(0), c.float(1)
	for r := range rows {
		sum, support := 0.0, 0
		for i := r * n; i < (r+1)*n; i++ {
			if y[i] != 0 {
				sum += float64(g[i])
				support++
			}
		}
		mean := T(sum / float64(max(1, support)))
		for i := r * n; i < (r+1)*n; i++ {
			c.out[i] = 0
			if y[i] != 0 {
				c.out[i] = g[i] - mean
			}
		}
	}
	return nil
}
