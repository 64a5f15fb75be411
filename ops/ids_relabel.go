package ops

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Relabel gives each cluster a place: the places of the clusters of a segment
// are in the order of their ids, whatever gaps these have. The same id in two
// segments is two clusters.
//
// Without apart the clusters of all segments stand one after the other from
// place 0 on. With apart, segment s has the same number of places from
// s·places/Count on.
//
// Shapes: cluster a vector of rows of dtype Int, an id of at least 0 for each
// row, −1 for one of no cluster; the result is a vector of rows, −1 for rows of
// no cluster or of no segment.
// Gradient: none. Time: O(rows log rows).
// Errors: an id below −1, or more clusters than places, when run.
func Relabel(cluster *G.Node, s Segments, places int, apart bool) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: Relabel: %w", err)
	}
	if places < 1 || apart && places%s.Count != 0 {
		return nil, fmt.Errorf("ops: Relabel: places = %d for %d segments, want at least 1, and as many for each where they are apart", places, s.Count)
	}
	l := labels{count: s.Count, places: places, apart: apart}
	return apply(&op{
		name: "Relabel", attrs: fmt.Sprint(s.Count, places, apart), dtype: tensor.Int, kinds: "ii",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("the clusters", in[0], 1, 1); err != nil {
				return nil, err
			}
			return in[0].Clone(), wantIDs(1)(in)
		},
		any: l.run,
	}, s.with(cluster)...)
}

// labels is what Relabel knows at build.
type labels struct {
	count, places int
	apart         bool
}

func (l labels) run(in []G.Value) (G.Value, error) {
	cluster, err := ints(in[0])
	if err != nil {
		return nil, err
	}
	ids := make([]int, len(cluster)) // all of the one segment
	if len(in) == 2 {
		if ids, err = ints(in[1]); err != nil {
			return nil, err
		}
	}
	out, rows := make([]int, len(cluster)), make([]int32, 0, len(cluster))
	for i, c := range cluster {
		switch {
		case c < -1:
			return nil, fmt.Errorf("cluster of row %d is %d, want at least 0, or -1 for none", i, c)
		case ids[i] < -1 || ids[i] >= l.count:
			return nil, fmt.Errorf("id %d is %d, want 0 to %d, or -1 for padding", i, ids[i], l.count-1)
		case c < 0 || ids[i] < 0:
			out[i] = -1
		default:
			rows = append(rows, int32(i))
		}
	}
	order := func(a, b int32) int { return cmp.Or(cmp.Compare(ids[a], ids[b]), cmp.Compare(cluster[a], cluster[b])) }
	slices.SortFunc(rows, func(a, b int32) int { return cmp.Or(order(a, b), cmp.Compare(a, b)) })
	return intVector(out), l.number(out, rows, ids, order)
}

// number gives the rows, which are in the order of their clusters, the places
// of these.
func (l labels) number(out []int, rows []int32, ids []int, order func(a, b int32) int) error {
	place, end := -1, l.places
	for k, i := range rows {
		switch {
		case l.apart && (k == 0 || ids[i] != ids[rows[k-1]]):
			size := l.places / l.count
			place, end = ids[i]*size, (ids[i]+1)*size
		case k == 0 || order(rows[k-1], i) != 0:
			place++
		}
		if place >= end {
			if l.apart {
				return fmt.Errorf("segment %d has more clusters than %d places", ids[i], l.places/l.count)
			}
			return fmt.Errorf("more clusters than %d places", l.places)
		}
		out[i] = place
	}
	return nil
}

// intVector is a value of dtype Int with the elements x.
func intVector(x []int) G.Value { return tensor.New(tensor.WithShape(len(x)), tensor.WithBacking(x)) }

// ScatterIDs puts ids at their indices: y_{idx_i} = ids_i, and −1 where no index
// points to. Of several ids at one place the last one stays.
//
// Shapes: ids and idx vectors of as many Ints; the result is a vector of rows.
// An id of −1 changes nothing.
// Gradient: none.
// Errors: an index outside [−1, rows), when run.
func ScatterIDs(ids, idx *G.Node, rows int) (*G.Node, error) {
	if rows < 1 {
		return nil, fmt.Errorf("ops: ScatterIDs: rows = %d, want at least 1", rows)
	}
	return apply(&op{
		name: "ScatterIDs", attrs: fmt.Sprint(rows), dtype: tensor.Int, kinds: "ii",
		shape: fixed(tensor.Shape{rows}, func(in []tensor.Shape) error {
			if in[0].TotalSize() != in[1].TotalSize() {
				return fmt.Errorf("%d ids and %d indices, want as many", in[0].TotalSize(), in[1].TotalSize())
			}
			return nil
		}),
		any: func(in []G.Value) (G.Value, error) { return scatterIDs(in, rows) },
	}, ids, idx)
}

func scatterIDs(in []G.Value, rows int) (G.Value, error) {
	ids, err := ints(in[0])
	if err != nil {
		return nil, err
	}
	idx, err := ints(in[1])
	if err != nil {
		return nil, err
	}
	out := slices.Repeat([]int{-1}, rows)
	for i, at := range idx {
		switch {
		case at < -1 || at >= rows:
			return nil, fmt.Errorf("index %d is %d, want 0 to %d, or -1 for padding", i, at, rows-1)
		case at >= 0 && ids[i] >= 0:
			out[at] = ids[i]
		}
	}
	return intVector(out), nil
}

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
