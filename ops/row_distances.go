package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// SquaredDistances is the squared Euclidean distance of every row of x to every
// row of c, by their differences, so that no digits are lost where they are
// near:
//
//	y_ij = Σ_f (x_if − c_jf)²
//
// Shapes: x rows×n, c m×n; the result is rows×m.
// Gradient: to x, 2 Σ_j g_ij (x_i − c_j); to c, 2 Σ_i g_ij (c_j − x_i).
func SquaredDistances(x, c *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "SquaredDistances", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			x, c := in[0], in[1]
			if x.Dims() < 2 || c.Dims() != 2 || x[x.Dims()-1] != c[1] {
				return nil, fmt.Errorf("shapes %v and %v, want rows×n and m×n", x, c)
			}
			return withLast(x, c[0]), nil
		},
		f32: distances[float32], f64: distances[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{
				d.apply(&op{
					name: "SquaredDistancesGrad", shape: like(0), f32: distancesGrad[float32], f64: distancesGrad[float64],
				}, in[0], in[1], g),
				d.apply(&op{
					name: "SquaredDistancesGradC", shape: like(1), f32: distancesGradC[float32], f64: distancesGradC[float64],
				}, in[0], in[1], g),
			}
		},
	}, x, c)
}

func distances[T Float](c *call[T]) error {
	x, k := c.float(0), c.float(1)
	m, n := c.in[1].Shape()[0], c.in[1].Shape()[1]
	kernels.ForRows(len(c.out)/m, m*n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for j := range m {
				sum := 0.
				for f, v := range x[i*n : (i+1)*n] {
					d := float64(v) - float64(k[j*n+f])
					sum += d * d
				}
				c.out[i*m+j] = T(sum)
			}
		}
	})
	return nil
}

// distancesGrad takes x, c and the gradient.
func distancesGrad[T Float](c *call[T]) error {
	x, k, g := c.float(0), c.float(1), c.float(2)
	m, n := c.in[1].Shape()[0], c.in[1].Shape()[1]
	sumsOfRows(c.out, n, m*n, func(i int, sum []float64) {
		for j := range m {
			addGap(sum, x[i*n:], k[j*n:], 2*g[i*m+j])
		}
	})
	return nil
}

// distancesGradC takes x, c and the gradient; each row of c by itself.
func distancesGradC[T Float](c *call[T]) error {
	x, k, g := c.float(0), c.float(1), c.float(2)
	m, n := c.shape[0], c.shape[1]
	sumsOfRows(c.out, n, len(x), func(j int, sum []float64) {
		for i := range len(x) / n {
			addGap(sum, k[j*n:], x[i*n:], 2*g[i*m+j])
		}
	})
	return nil
}

// addGap is y += w·(a − b).
func addGap[T Float](y []float64, a, b []T, w T) {
	a, b = a[:len(y)], b[:len(y)]
	for f, v := range a {
		y[f] += float64(w) * (float64(v) - float64(b[f]))
	}
}

// RowSquares is the square of each row's Euclidean norm: y_i = Σ_c x_ic².
//
// Shapes: x rows×n of rank 2 to 4; the result is a vector of rows.
// Gradient: to x, 2 g_i x_i.
func RowSquares(x *G.Node) (*G.Node, error) {
	if x == nil || x.Dims() < 2 {
		return nil, fmt.Errorf("ops: RowSquares: x is %v, want rank 2 or more", x)
	}
	rows, _ := split(x.Shape())
	return apply(&op{
		name: "RowSquares", attrs: fmt.Sprint(rows),
		shape: fixed(tensor.Shape{rows}),
		f32:   rowSquares[float32], f64: rowSquares[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowScaleOp(), in[0], d.apply(affineOp(2, 0), g))}
		},
	}, x)
}

func rowSquares[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	x := c.float(0)
	kernels.RowDot(c.out, x, x, rows, n)
	return nil
}
