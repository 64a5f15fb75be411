package ops

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// gradOp is the gradient of ClusterSums by s, over its inputs and the gradient
// of its result. With a temperature it is that of what s is the softmax of.
func (o clusterSums) gradOp(temperature *float64) *op {
	g := &clusterSumsGrad{clusterSums: o, inv: 1}
	name := "ClusterSumsGrad"
	if temperature != nil {
		name, g.softmax, g.inv = fmt.Sprintf("ClusterSumsSoftMaxGrad{%v}", *temperature), true, 1 / *temperature
	}
	kinds := o.kinds()
	if o.weighted {
		kinds += "f"
	}
	out := &op{
		name: name, attrs: fmt.Sprint(o), kinds: kinds + "w", shape: like(0),
		f32: func(c *call[float32]) error { return runClusterSumsGrad(c, g) },
		f64: func(c *call[float64]) error { return runClusterSumsGrad(c, g) },
	}
	if temperature == nil {
		out.pastSoftmax = func(temperature float64) *op { return o.gradOp(&temperature) }
	}
	return out
}

// clusterSumsGrad is a gradient with the memory that it keeps from run to run.
type clusterSumsGrad struct {
	clusterSums
	softmax bool
	inv     float64

	back adjoint
}

func runClusterSumsGrad[T Float](c *call[T], o *clusterSumsGrad) error {
	sums, err := sumsOver[T](o.clusterSums, c.in)
	if err != nil {
		return err
	}
	g, err := floats[float64](c.in[len(c.in)-1])
	if err != nil {
		return err
	}
	grad := kernels.ClusterSumsGrad[T]{ClusterSums: sums, G: g, Twice: 2, Softmax: o.softmax, InvTemp: T(o.inv)}
	if o.edges {
		p, err := c.pattern(3, sums.M, sums.M)
		if err != nil {
			return err
		}
		if (o.weighted && !o.symmetric) || !p.Symmetric() {
			if grad.Add, err = turnedInside(c, o, p, grad); err != nil {
				return err
			}
			grad.Twice = 1
		}
	}
	grad.Set(c.out)
	return nil
}

// turnedInside is mᵀ·(s∘g_t), the part of the gradient of t by the columns of m.
func turnedInside[T Float](c *call[T], o *clusterSumsGrad, p *Pattern, grad kernels.ClusterSumsGrad[T]) ([]T, error) {
	var w []T
	if o.weighted {
		var err error
		if w, err = c.weights(4, p); err != nil {
			return nil, err
		}
	}
	return adjointOf(&o.back, p, w, grad.S, insideRow[T](grad.G, grad.K), nil, grad.K), nil
}

// insideRow is the row of g for t.
func insideRow[T Float](g []float64, k int) []T {
	row := make([]T, k)
	for j := range row {
		row[j] = T(g[SumInside*k+j])
	}
	return row
}

// scaledOp is s∘g_t, of s and the gradient g of ClusterSums: by the edges it is
// the gradient of the weights.
func scaledOp() *op {
	return &op{
		name: "ClusterSumsScaled", kinds: "fw", shape: like(0),
		f32: scaledInside[float32], f64: scaledInside[float64],
	}
}

func scaledInside[T Float](c *call[T]) error {
	g, err := floats[float64](c.in[1])
	if err != nil {
		return err
	}
	rows, k := split(c.shape)
	kernels.ColScale(c.out, c.float(0), insideRow[T](g, k), rows, k)
	return nil
}

// degreesOp is the gradient by the degrees, of s and the gradient g:
//
//	∂/∂d_i = Σ_c ( v_c s_ic + w_c s_ic² ) + 2m's
func degreesOp() *op {
	return &op{
		name: "ClusterSumsOfDegrees", kinds: "fw",
		shape: func(in []tensor.Shape) (tensor.Shape, error) { return tensor.Shape{in[0][0]}, nil },
		f32:   ofDegrees[float32], f64: ofDegrees[float64],
	}
}

func ofDegrees[T Float](c *call[T]) error {
	g, err := floats[float64](c.in[1])
	if err != nil {
		return err
	}
	_, k := split(c.in[0].Shape())
	s := c.float(0)
	volumes, spread, twoM := g[SumVolumes*k:], g[SumSpread*k:], g[SumTwoM*k]
	kernels.ForRows(len(c.out), 2*k, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			sum := twoM
			for j, v := range s[i*k : i*k+k] {
				sum += float64(v) * (volumes[j] + spread[j]*float64(v))
			}
			c.out[i] = T(sum)
		}
	})
	return c.err
}
