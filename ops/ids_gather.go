package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Gather takes rows of x by their indices:
//
//	y_i = x_{idx_i}, and 0 where idx_i = −1
//
// Shapes: x rows×n or a vector of rows, idx any shape with M elements in all,
// of dtype Int; the result is M×n, or a vector of M.
// Gradient: to x, by ScatterAdd.
// Errors: an index outside [−1, rows), when run.
func Gather(x, idx *G.Node) (*G.Node, error) {
	if x == nil || idx == nil {
		return nil, fmt.Errorf("ops: Gather: a nil node")
	}
	if err := wantRank("x", x.Shape(), 1, 4); err != nil {
		return nil, fmt.Errorf("ops: Gather: %w", err)
	}
	return apply(gatherOp(withRows(x.Shape(), idx.Shape().TotalSize())), x, idx)
}

// gatherOp makes a result of shape out, which holds a row for each index.
func gatherOp(out tensor.Shape) *op {
	return &op{
		name: "Gather", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out),
		f32:   gather[float32], f64: gather[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(scatterAddOp(in[0].shape()), g, in[1])}
		},
	}
}

func gather[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	idx, err := c.index(1, rows)
	if err != nil {
		return err
	}
	kernels.Gather(c.out, c.float(0), idx, rows, n)
	return nil
}

// ScatterAdd adds rows up at their indices:
//
//	y_r = Σ_{i: idx_i = r} x_i
//
// Shapes: x M×n or a vector of M, idx any shape with M elements of dtype Int;
// the result is rows×n, or a vector of rows.
// Gradient: to x, by Gather. Index −1 drops the row.
// Errors: an index outside [−1, rows), when run.
func ScatterAdd(x, idx *G.Node, rows int) (*G.Node, error) {
	if x == nil || idx == nil {
		return nil, fmt.Errorf("ops: ScatterAdd: a nil node")
	}
	if rows < 1 {
		return nil, fmt.Errorf("ops: ScatterAdd: rows = %d, want at least 1", rows)
	}
	return apply(scatterAddOp(withRows(x.Shape(), rows)), x, idx)
}

func scatterAddOp(out tensor.Shape) *op {
	return &op{
		name: "ScatterAdd", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIndexPerRow),
		f32:   scatterAdd[float32], f64: scatterAdd[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(gatherOp(in[0].shape()), g, in[1])}
		},
	}
}

func scatterAdd[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	idx, err := c.index(1, rows)
	if err != nil {
		return err
	}
	kernels.ScatterAdd(c.out, c.float(0), idx, rows, n)
	return nil
}

func wantIndexPerRow(in []tensor.Shape) error {
	if rows, _ := split(in[0]); rows != in[1].TotalSize() {
		return fmt.Errorf("%d rows and %d indices, want one index a row", rows, in[1].TotalSize())
	}
	return nil
}
