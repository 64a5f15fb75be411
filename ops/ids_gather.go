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
		shape: fixed(out, wantIndexPerRow), plan: new(keptPlan),
		f32: scatterAdd[float32], f64: scatterAdd[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(gatherOp(in[0].shape()), g, in[1])}
		},
	}
}

func scatterAdd[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	from, _ := split(c.in[0].Shape())
	p, err := c.plan(1, from, rows)
	if err != nil {
		return err
	}
	kernels.SegmentSum(c.out, c.float(0), p, n)
	return nil
}

func wantIndexPerRow(in []tensor.Shape) error {
	if rows, _ := split(in[0]); rows != in[1].TotalSize() {
		return fmt.Errorf("%d rows and %d indices, want one index a row", rows, in[1].TotalSize())
	}
	return nil
}

// GatherIDs takes ids by their indices, −1 where the index is padding: the
// segments of the rows that Gather takes.
//
// Shapes: ids and idx vectors of dtype Int; the result is shaped as idx.
func GatherIDs(ids, idx *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "GatherIDs", dtype: tensor.Int, kinds: "ii",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("the ids", in[0], 1, 1); err != nil {
				return nil, err
			}
			return in[1].Clone(), wantRank("the index", in[1], 1, 1)
		},
		any: func(in []G.Value) (G.Value, error) {
			from, err := ints(in[0])
			if err != nil {
				return nil, err
			}
			return mapIDs(in[1], len(from), func(i int) int { return from[i] })
		},
	}, ids, idx)
}

// MapIDs applies f to every id but −1, which stays; ids outside [0, bound)
// are an error when run. name tells f from another in the graph's node: two
// calls of one name must be of one function.
func MapIDs(ids *G.Node, name string, bound int, f func(id int) int) (*G.Node, error) {
	if f == nil || bound < 1 {
		return nil, fmt.Errorf("ops: MapIDs: f given: %v, bound = %d, want a function and at least 1", f != nil, bound)
	}
	return apply(&op{
		name: "MapIDs", attrs: fmt.Sprintf("%q %d", name, bound), dtype: tensor.Int, kinds: "i",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantRank("the ids", in[0], 1, 1)
		},
		any: func(in []G.Value) (G.Value, error) { return mapIDs(in[0], bound, f) },
	}, ids)
}

func mapIDs(ids G.Value, bound int, f func(id int) int) (G.Value, error) {
	x, err := ints(ids)
	if err != nil {
		return nil, err
	}
	out := make([]int, len(x))
	for i, v := range x {
		switch {
		case v == -1:
			out[i] = -1
		case v < 0 || v >= bound:
			return nil, fmt.Errorf("id %d is %d, want 0 to %d, or -1 for padding", i, v, bound-1)
		default:
			out[i] = f(v)
		}
	}
	return tensor.New(tensor.WithShape(len(out)), tensor.WithBacking(out)), nil
}

// IDMask is 1 for each id that is not padding and 0 for each that is, in the
// given shape and of the dtype of like, whose values it does not read.
func IDMask(ids, like *G.Node, shape ...int) (*G.Node, error) {
	dt, err := floatOf(like)
	if err != nil {
		return nil, fmt.Errorf("ops: IDMask: %w", err)
	}
	return apply(&op{
		name: "IDMask", attrs: fmt.Sprint(shape, dt), dtype: dt, kinds: "i",
		shape: fixed(shape, func(in []tensor.Shape) error {
			if tensor.Shape(shape).TotalSize() != in[0].TotalSize() {
				return fmt.Errorf("%d ids, want %d for the shape %v", in[0].TotalSize(), tensor.Shape(shape).TotalSize(), shape)
			}
			return nil
		}),
		f32: valid[float32], f64: valid[float64],
	}, ids)
}

// MaskIDs is ids where w is not 0, and −1, which is padding, elsewhere.
//
// Shapes: w, of floats, has as many elements as ids; the result is shaped as ids.
// Gradient: none.
func MaskIDs(ids, w *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "MaskIDs", dtype: tensor.Int, kinds: "if",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if n := in[0].TotalSize(); in[1].TotalSize() != n {
				return nil, fmt.Errorf("w has shape %v, want %d elements, one an id", in[1], n)
			}
			return in[0].Clone(), nil
		},
		any: func(in []G.Value) (G.Value, error) {
			if in[1].Dtype() == tensor.Float32 {
				return maskIDs[float32](in)
			}
			return maskIDs[float64](in)
		},
	}, ids, w)
}

func maskIDs[T Float](in []G.Value) (G.Value, error) {
	ids, err := ints(in[0])
	if err != nil {
		return nil, err
	}
	w, err := floats[T](in[1])
	if err != nil {
		return nil, err
	}
	out := make([]int, len(ids))
	for i, id := range ids {
		if out[i] = id; w[i] == 0 {
			out[i] = -1
		}
	}
	return tensor.New(tensor.WithShape(in[0].Shape().Clone()...), tensor.WithBacking(out)), nil
}

func valid[T Float](c *call[T]) error {
	ids, err := ints(c.in[0])
	if err != nil {
		return err
	}
	for i, id := range ids {
		c.out[i] = 0
		if id >= 0 {
			c.out[i] = 1
		}
	}
	return nil
}

// SlotIDs gives each of count graphs so many slots: the ids of a tensor with
// slots rows a graph. The slots of a graph that no id names are padding.
//
// Shapes: ids a vector of dtype Int; the result is a vector of count·slots.
func SlotIDs(ids *G.Node, count, slots int) (*G.Node, error) {
	if count < 1 || slots < 1 {
		return nil, fmt.Errorf("ops: SlotIDs: %d graphs of %d slots, want at least 1 of each", count, slots)
	}
	return apply(&op{
		name: "SlotIDs", attrs: fmt.Sprint(count, slots), kinds: "i", dtype: tensor.Int,
		shape: fixed(tensor.Shape{count * slots}),
		any: func(in []G.Value) (G.Value, error) {
			x, err := ints(in[0])
			if err != nil {
				return nil, err
			}
			out := make([]int, count*slots)
			for i := range out {
				out[i] = -1
			}
			for i, id := range x {
				switch {
				case id < -1 || id >= count:
					return nil, fmt.Errorf("id %d is %d, want 0 to %d, or -1 for padding", i, id, count-1)
				case id >= 0 && out[id*slots] < 0:
					for j := range slots {
						out[id*slots+j] = id
					}
				}
			}
			return tensor.New(tensor.WithShape(len(out)), tensor.WithBacking(out)), nil
		},
	}, ids)
}
