package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// ToSlots sorts the rows of an index by segment. Segment s has the slots from
// s·slots to s·slots + slots − 1. They hold its rows in the order of the index,
// and −1 where no row is left. Gather by the result turns packed rows into a
// padded tensor.
//
// Shapes: idx a vector of dtype Int, −1 for places that hold no row; the ids
// of s have an element a row, of which idx names some; without ids all rows
// are of segment 0. The result is a vector of Count·slots. Rows of no segment
// are left out.
// Gradient: none.
// Errors: an index or id out of range, or a segment with more rows than
// slots, when run.
func ToSlots(idx *G.Node, s Segments, slots int) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: ToSlots: %w", err)
	}
	if slots < 1 {
		return nil, fmt.Errorf("ops: ToSlots: slots = %d, want at least 1", slots)
	}
	return apply(&op{
		name: "ToSlots", attrs: fmt.Sprint(s.Count, slots), dtype: tensor.Int, kinds: "ii",
		shape: fixed(tensor.Shape{s.Count * slots}),
		any:   func(in []G.Value) (G.Value, error) { return toSlots(in, s.Count, slots) },
	}, s.with(idx)...)
}

func toSlots(in []G.Value, count, slots int) (G.Value, error) {
	idx, err := ints(in[0])
	if err != nil {
		return nil, err
	}
	var ids []int
	if len(in) == 2 {
		if ids, err = ints(in[1]); err != nil {
			return nil, err
		}
	}
	out, used := make([]int, count*slots), make([]int, count)
	for i := range out {
		out[i] = -1
	}
	for i, row := range idx {
		s := 0
		switch {
		case row < -1 || ids != nil && row >= len(ids):
			return nil, fmt.Errorf("index %d is %d, want 0 to %d, or -1 for padding", i, row, len(ids)-1)
		case row < 0:
			continue
		case ids != nil:
			s = ids[row]
		}
		switch {
		case s == -1:
			continue
		case s < -1 || s >= count:
			return nil, fmt.Errorf("id %d is %d, want 0 to %d, or -1 for padding", row, s, count-1)
		case used[s] == slots:
			return nil, fmt.Errorf("segment %d has more rows than %d slots", s, slots)
		}
		out[s*slots+used[s]] = row
		used[s]++
	}
	return tensor.New(tensor.WithShape(len(out)), tensor.WithBacking(out)), nil
}
