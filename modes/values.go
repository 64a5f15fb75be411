package modes

import (
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// idsValue is the graph of each of so many rows, −1 for rows of none.
func idsValue(graphs []*Host, first []int, rows int) *tensor.Dense {
	ids := make([]int, rows)
	for i := range ids {
		ids[i] = -1
	}
	for b, h := range graphs {
		for i := range h.Nodes {
			ids[first[b]+i] = b
		}
	}
	return denseOf(ids, rows)
}

// x is the graphs' features, dense.
func (f form) x(graphs []*Host, first []int) *tensor.Dense {
	shape := []int{f.rows, f.width}
	if f.mode == Batch {
		shape = []int{f.graphs, f.rows / f.graphs, f.width}
	}
	if f.dt == tensor.Float32 {
		return denseOf(stackX[float32](graphs, first, f.rows, f.width), shape...)
	}
	return denseOf(stackX[float64](graphs, first, f.rows, f.width), shape...)
}

func stackX[T ops.Float](graphs []*Host, first []int, rows, width int) []T {
	out := make([]T, rows*width)
	for b, h := range graphs {
		part := out[first[b]*width:][:h.Nodes*width]
		switch {
		case h.X != nil:
			copy(part, elements[T](h.X))
		case h.SparseX != nil:
			scatter(part, h.SparseX.csr(h.Nodes, width))
		default:
			for i := range part {
				part[i] = 1
			}
		}
	}
	return out
}

// scatter adds the entries of m up in out, which is as large.
func scatter[T ops.Float](out []T, m csr) {
	for i := range m.rows {
		for e := m.ptr[i]; e < m.ptr[i+1]; e++ {
			out[i*m.cols+int(m.col[e])] += T(m.value(e))
		}
	}
}

// a is the graphs' adjacencies, dense: graphs×N×N.
func (f form) a(graphs []*Host) *tensor.Dense {
	n := f.rows / f.graphs
	if f.dt == tensor.Float32 {
		return denseOf(stackA[float32](graphs, f.graphs, n), f.graphs, n, n)
	}
	return denseOf(stackA[float64](graphs, f.graphs, n), f.graphs, n, n)
}

func stackA[T ops.Float](graphs []*Host, count, n int) []T {
	out := make([]T, count*n*n)
	for b, h := range graphs {
		m := h.adjacency()
		m.cols = n
		scatter(out[b*n*n:][:n*n], m)
	}
	return out
}

// e is the attributes of the graphs' edges, one graph after the other.
func (f form) e(graphs []*Host) *tensor.Dense {
	rows := max(1, f.edges)
	if f.dt == tensor.Float32 {
		return denseOf(stackE[float32](graphs, rows, f.attributes), rows, f.attributes)
	}
	return denseOf(stackE[float64](graphs, rows, f.attributes), rows, f.attributes)
}

func stackE[T ops.Float](graphs []*Host, rows, width int) []T {
	out := make([]T, rows*width)
	at := 0
	for _, h := range graphs {
		if h.E != nil {
			at += copy(out[at:], elements[T](h.E))
		}
	}
	return out
}
