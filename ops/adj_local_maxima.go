package ops

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// LocalMaxima finds the rows whose value is at least the value of each of their
// neighbours in a sparse matrix. A row without neighbours is such a row. Each
// segment has the same number of slots. They hold its local maxima by falling
// value; of equal values the lower index comes first. Where there are more
// local maxima than slots, the lowest ones are left out.
//
// The matrix is read as undirected, an entry of weight 0 as none. Over several
// times as many rows as it has, every block of rows has the matrix.
//
// Shapes: m N×N, v one value a row, in any shape; the result is a vector of
// Count·slots of dtype Int, −1 where there are no more.
// Gradient: none; the choice is a constant.
// Errors: a value that is NaN, unless it is padding, when run.
func LocalMaxima(m Sparse, v *G.Node, s Segments, slots int) (*G.Node, error) {
	return localMaximaOf("LocalMaxima", adjacency{sparse: &m}, v, s, slots)
}

// LocalMaximaDense is LocalMaxima for a dense matrix, N×N or B×N×N.
func LocalMaximaDense(a, v *G.Node, s Segments, slots int) (*G.Node, error) {
	return localMaximaOf("LocalMaximaDense", adjacency{dense: a}, v, s, slots)
}

func localMaximaOf(name string, a adjacency, v *G.Node, s Segments, slots int) (*G.Node, error) {
	err := s.check()
	if err == nil && v == nil {
		err = fmt.Errorf("v is nil, want a node")
	}
	if err == nil && slots < 1 {
		err = fmt.Errorf("slots = %d, want at least 1", slots)
	}
	if err == nil {
		err = a.check(v.Shape().TotalSize())
	}
	if err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	of, kinds := a.inputs()
	at := 1 + len(of) // of the ids
	return apply(&op{
		name: name, attrs: fmt.Sprint(s.Count, slots, kinds), dtype: tensor.Int, kinds: "f" + kinds + "i",
		shape: fixed(tensor.Shape{s.Count * slots}, func(in []tensor.Shape) error {
			if at < len(in) && in[at].TotalSize() != in[0].TotalSize() {
				return fmt.Errorf("%d segment ids, want %d, one a row", in[at].TotalSize(), in[0].TotalSize())
			}
			return nil
		}),
		any: func(in []G.Value) (G.Value, error) {
			next, err := a.nearby(in[1:at])
			if err != nil {
				return nil, err
			}
			if in[0].Dtype() == tensor.Float32 {
				return localMaxima[float32](in, at, next, s.Count, slots)
			}
			return localMaxima[float64](in, at, next, s.Count, slots)
		},
	}, s.with(append([]*G.Node{v}, of...)...)...)
}

func localMaxima[T Float](in []G.Value, at int, next nearby, count, slots int) (G.Value, error) {
	v, err := floats[T](in[0])
	if err != nil {
		return nil, err
	}
	var zeros []int
	c := call[T]{in: in, zeros: &zeros}
	ids, err := c.ids(at, len(v), count)
	if err != nil {
		return nil, err
	}
	found := make([][]int, count)
	for i, s := range ids {
		if s < 0 {
			continue
		}
		if v[i] != v[i] {
			return nil, fmt.Errorf("v[%d] is NaN", i)
		}
		top := true
		next(i, func(j int) { top = top && (v[j] <= v[i] || ids[j] != s) })
		if top {
			found[s] = append(found[s], i)
		}
	}
	out := make([]int, count*slots)
	for s, rows := range found {
		slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(v[b], v[a]) })
		to := out[s*slots : (s+1)*slots]
		for j := copy(to, rows); j < slots; j++ {
			to[j] = -1
		}
	}
	return tensor.New(tensor.WithShape(len(out)), tensor.WithBacking(out)), nil
}
