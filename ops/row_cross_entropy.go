package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// CrossEntropy is the cross-entropy of the softmax of each row with the class
// that is the row's label, in nats:
//
//	y_i = log Σ_c exp(x_ic) − x_il,  l the label of i
//
// and 0 where the label is −1. No exponential overflows, and no digits are
// lost where the label's share is near 1; sums are taken in float64.
//
// Shapes: x rows×n of rank 2 to 4, labels of rows Int in [−1, n); the result
// is a vector of rows, of at least 0.
// Gradient: to x, g_i (softmax(x_i)_c − [c = l]), which sums to 0 over a row;
// 0 in rows without a label.
// Errors, when run: a label of n or more, or below −1.
func CrossEntropy(x, labels *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "CrossEntropy", kinds: "fi",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			rows, err := labelledRows(in)
			return tensor.Shape{rows}, err
		},
		f32: crossEntropy[float32], f64: crossEntropy[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(crossEntropyGradOp(), in[0], in[1], g)}
		},
	}, x, labels)
}

// labelledRows is the number of rows of input 0, which input 1 labels.
func labelledRows(in []tensor.Shape) (int, error) {
	if err := wantRank("x", in[0], 2, 4); err != nil {
		return 0, err
	}
	rows, _ := split(in[0])
	if n := in[1].TotalSize(); n != rows {
		return 0, fmt.Errorf("%d labels for %d rows, want one a row", n, rows)
	}
	return rows, nil
}

func crossEntropy[T Float](c *call[T]) error {
	return eachLabelled(c, func(i, label int, row []T) {
		c.out[i] = 0
		if label < 0 {
			return
		}
		top, at := largest(row)
		var rest float64 // Σ exp(x_c − max) but for the largest itself
		for j, v := range row {
			if j != at {
				rest += math.Exp(float64(v) - top)
			}
		}
		c.out[i] = T(math.Log1p(rest) + (top - float64(row[label])))
	})
}

// crossEntropyGradOp takes x, the labels, and the gradient of each row's
// entropy.
func crossEntropyGradOp() *op {
	return &op{
		name: "CrossEntropyGrad", kinds: "fif",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			_, err := labelledRows(in)
			return in[0].Clone(), err
		},
		f32: crossEntropyGrad[float32], f64: crossEntropyGrad[float64],
	}
}

func crossEntropyGrad[T Float](c *call[T]) error {
	g := c.float(2)
	return eachLabelled(c, func(i, label int, row []T) {
		out := c.out[i*len(row):][:len(row)]
		clear(out)
		if label < 0 {
			return
		}
		top, _ := largest(row)
		var sum, others float64
		for j, v := range row {
			e := math.Exp(float64(v) - top)
			sum += e
			if j != label {
				others += e
			}
		}
		for j, v := range row {
			share := math.Exp(float64(v)-top) / sum
			if j == label {
				share = -others / sum // share − 1, without its rounding
			}
			out[j] = T(float64(g[i]) * share)
		}
	})
}

// eachLabelled calls f for each row of input 0 with its label, input 1.
func eachLabelled[T Float](c *call[T], f func(i, label int, row []T)) error {
	rows, n := split(c.in[0].Shape())
	labels, err := c.index(1, n)
	if err != nil {
		return fmt.Errorf("labels: %w", err)
	}
	x := c.float(0)
	if c.err != nil {
		return nil
	}
	for i := range rows {
		f(i, labels[i], x[i*n:][:n])
	}
	return nil
}

// largest is the largest value of a row, which is not empty, and where it is.
func largest[T Float](row []T) (top float64, at int) {
	for j, v := range row {
		if v > row[at] {
			at = j
		}
	}
	return float64(row[at]), at
}
