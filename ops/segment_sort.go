package ops

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// SegmentSort is the indices of the first slots rows of each segment, in
// falling order of their last column; rows that tie there are told apart by
// the column before it, and so on; equal rows keep their order.
//
// Shapes: x rows×n of rank 2 to 4, or a vector of rows; the result is a vector
// of Count·slots of dtype Int, segment s having the places from s·slots on,
// −1 where it has no more rows.
// Gradient: none; the order is a constant.
// Errors: a value of a row compared that is NaN, when run.
func SegmentSort(x *G.Node, s Segments, slots int) (*G.Node, error) {
	if _, err := segmentShape("SegmentSort", x, s); err != nil {
		return nil, err
	}
	if slots < 1 {
		return nil, fmt.Errorf("ops: SegmentSort: slots = %d, want at least 1", slots)
	}
	return apply(&op{
		name: "SegmentSort", attrs: fmt.Sprint(s.Count, slots), dtype: tensor.Int, kinds: "fi",
		shape: fixed(tensor.Shape{s.Count * slots}, wantIDs(1)),
		any: func(in []G.Value) (G.Value, error) {
			if in[0].Dtype() == tensor.Float32 {
				return segmentSort[float32](in, s.Count, slots)
			}
			return segmentSort[float64](in, s.Count, slots)
		},
	}, s.with(x)...)
}

func segmentSort[T Float](in []G.Value, count, slots int) (G.Value, error) {
	x, err := floats[T](in[0])
	if err != nil {
		return nil, err
	}
	rows, n := split(in[0].Shape())
	var zeros []int
	c := call[T]{in: in, zeros: &zeros}
	ids, err := c.ids(1, rows, count)
	if err != nil {
		return nil, err
	}
	members := make([][]int, count)
	for i, s := range ids {
		if s < 0 {
			continue
		}
		for j, v := range x[i*n : (i+1)*n] {
			if v != v {
				return nil, fmt.Errorf("x[%d, %d] is NaN", i, j)
			}
		}
		members[s] = append(members[s], i)
	}
	out := make([]int, count*slots)
	for s, m := range members {
		slices.SortStableFunc(m, func(a, b int) int {
			for j := n - 1; j >= 0; j-- {
				if by := cmp.Compare(x[b*n+j], x[a*n+j]); by != 0 {
					return by
				}
			}
			return 0
		})
		to := out[s*slots : (s+1)*slots]
		for j := copy(to, m); j < slots; j++ {
			to[j] = -1
		}
	}
	return tensor.New(tensor.WithShape(len(out)), tensor.WithBacking(out)), nil
}
