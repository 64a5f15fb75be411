package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// InverseHops is one over a distance in a graph, counted in edges. The distance
// is from each row i to each row that the index names in i's segment, along
// the shortest path in a sparse matrix:
//
//	y_ic = 1/d(i, idx_c), 1 where i is idx_c itself, 0 where there is no path
//
// The matrix is read as undirected, an entry of weight 0 as none; other
// weights count alike. Over several times as many rows as it has, every block
// of rows has the matrix.
//
// Shapes: m N×N, idx a vector of Count·slots of dtype Int in which segment s
// has the places from s·slots on, −1 for none; the result is rows×slots, of
// the dtype of like, whose values it does not read. Rows of no segment give 0.
// Gradient: none. Time: a walk over the segment's edges for each index.
// Errors: an index out of range or of a row of another segment, when run.
func InverseHops(m Sparse, idx, like *G.Node, s Segments, rows int) (*G.Node, error) {
	return inverseHopsOf("InverseHops", adjacency{sparse: &m}, idx, like, s, rows)
}

// InverseHopsDense is InverseHops for a dense matrix, N×N or B×N×N.
func InverseHopsDense(a, idx, like *G.Node, s Segments, rows int) (*G.Node, error) {
	return inverseHopsOf("InverseHopsDense", adjacency{dense: a}, idx, like, s, rows)
}

func inverseHopsOf(name string, a adjacency, idx, like *G.Node, s Segments, rows int) (*G.Node, error) {
	dt, err := floatOf(like)
	if err == nil {
		err = s.check()
	}
	if err == nil && (idx == nil || idx.Shape().TotalSize()%s.Count != 0) {
		err = fmt.Errorf("the index is %v, want as many places for each of %d segments", idx, s.Count)
	}
	if err == nil {
		err = a.check(rows)
	}
	if err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	of, kinds := a.inputs()
	h := hops{adjacency: a, count: s.Count, slots: idx.Shape().TotalSize() / s.Count, idsAt: 1 + len(of)}
	return apply(&op{
		name: name, attrs: fmt.Sprint(s.Count, rows, kinds, dt), dtype: dt, kinds: "i" + kinds + "i",
		shape: fixed(tensor.Shape{rows, h.slots}, func(in []tensor.Shape) error {
			if h.idsAt < len(in) && in[h.idsAt].TotalSize() != rows {
				return fmt.Errorf("%d segment ids, want %d, one a row", in[h.idsAt].TotalSize(), rows)
			}
			return nil
		}),
		f32: func(c *call[float32]) error { return inverseHops(c, h) },
		f64: func(c *call[float64]) error { return inverseHops(c, h) },
	}, s.with(append([]*G.Node{idx}, of...)...)...)
}

// hops is what InverseHops knows at build.
type hops struct {
	adjacency
	count, slots, idsAt int
}

func inverseHops[T Float](c *call[T], h hops) error {
	rows := len(c.out) / h.slots
	next, err := h.nearby(c.in[1:h.idsAt])
	if err != nil {
		return err
	}
	ids, err := c.ids(h.idsAt, rows, h.count)
	if err != nil {
		return err
	}
	idx, err := c.index(0, rows)
	if err != nil {
		return err
	}
	clear(c.out)
	var queue []int
	for p, from := range idx {
		if from < 0 {
			continue
		}
		slot := p % h.slots
		if ids[from] != p/h.slots {
			return fmt.Errorf("index %d is %d, of segment %d, want a row of segment %d", p, from, ids[from], p/h.slots)
		}
		queue = append(queue[:0], from)
		c.out[from*h.slots+slot] = 1
		for last, d := 0, 1; last < len(queue); d++ { // a ring of rows at distance d − 1 at a time
			ring := queue[last:]
			last = len(queue)
			for _, i := range ring {
				next(i, func(j int) {
					if at := j*h.slots + slot; c.out[at] == 0 && ids[j] == ids[from] {
						c.out[at] = T(1 / float64(d))
						queue = append(queue, j)
					}
				})
			}
		}
	}
	return nil
}
