package shard

import (
	"cmp"
	"slices"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// hostRows is the adjacency of h.
func hostRows(h *modes.Host) rows32 {
	switch {
	case h.Pattern != nil:
		return rows32{h.Pattern.Ptr(), h.Pattern.Col(), float32s(h.Weights)}
	case h.DenseA == nil:
		return rows32{ptr: make([]int32, h.Nodes+1)}
	}
	a := rows32{ptr: make([]int32, h.Nodes+1), weight: []float32{}}
	for i, v := range denseValues(h.DenseA) {
		if v != 0 {
			a.col, a.weight = append(a.col, int32(i%h.Nodes)), append(a.weight, v)
		}
		a.ptr[i/h.Nodes+1] = int32(len(a.col))
	}
	return a
}

// float32s narrows x; nil stays nil.
func float32s(x []float64) []float32 {
	if x == nil {
		return nil
	}
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

// denseValues is the matrix t, row by row.
func denseValues(t *tensor.Dense) []float32 {
	x, ok := t.Data().([]float32)
	if !ok {
		x = float32s(t.Data().([]float64)) // Host.Check lets no other through
	}
	rows, cols := t.Shape()[0], t.Shape()[1]
	by := t.Strides()
	if len(by) != 2 || by[0] == cols && by[1] == 1 {
		return x[:rows*cols]
	}
	out := make([]float32, 0, rows*cols)
	for i := range rows {
		for j := range cols {
			out = append(out, x[i*by[0]+j*by[1]])
		}
	}
	return out
}

// hostFeatures is the features of h, as Source has them.
func hostFeatures(h *modes.Host) (int, func(lo, hi int64, x []float32) error) {
	if s := h.SparseX; s != nil {
		p, values := s.Pattern, float32s(s.Values)
		n := int64(p.Cols())
		return p.Cols(), func(lo, hi int64, x []float32) error {
			clear(x)
			for i := lo; i < hi; i++ {
				for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
					v := float32(1)
					if values != nil {
						v = values[e]
					}
					x[(i-lo)*n+int64(p.Col()[e])] += v
				}
			}
			return nil
		}
	}
	if h.X == nil {
		return 0, nil
	}
	all, n := denseValues(h.X), int64(h.X.Shape()[1])
	return int(n), func(lo, hi int64, x []float32) error {
		copy(x, all[lo*n:hi*n])
		return nil
	}
}

// place is an entry of A, its weight among the entries of one place.
type place struct {
	i, j int32
	w    float32
}

// lopsided finds an entry of A without its equal across the diagonal.
func (a rows32) lopsided(nodes int) (i, j int32, is bool) {
	there, back := a.places(nodes, false), a.places(nodes, true)
	for p, e := range there {
		if e != back[p] {
			if comparePlaces(e, back[p]) < 0 {
				return e.i, e.j, true
			}
			return back[p].j, back[p].i, true
		}
	}
	return 0, 0, false
}

// places is the entries of A, or of Aᵀ, in order.
func (a rows32) places(nodes int, transposed bool) []place {
	all := make([]place, 0, len(a.col))
	for i := range nodes {
		for p := a.ptr[i]; p < a.ptr[i+1]; p++ {
			e := place{int32(i), a.col[p], 1}
			if a.weight != nil {
				e.w = a.weight[p]
			}
			if transposed {
				e.i, e.j = e.j, e.i
			}
			all = append(all, e)
		}
	}
	slices.SortFunc(all, comparePlaces)
	return all
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j), cmp.Compare(a.w, b.w))
}
