package modes

import (
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// targetRows is the number of places for targets in a form.
func (f form) targetRows(l Level) int {
	switch l {
	case OfNodes:
		return f.rows
	case OfEdges:
		return max(1, f.edges)
	}
	return f.graphs
}

// targetPlaces is, for each of some graphs, the place of its first target.
func (f form) targetPlaces(l Level, graphs []*Host) []int {
	switch l {
	case OfNodes:
		return f.first(graphs)
	case OfEdges:
		at, first := 0, make([]int, len(graphs))
		for b, h := range graphs {
			first[b] = at
			at += l.rows(h)
		}
		return first
	}
	first := make([]int, len(graphs))
	for b := range first {
		first[b] = b
	}
	return first
}

// stackIDs is the graph of each of so many places, −1 where a place is empty.
func (l Level) stackIDs(graphs []*Host, first []int, places int) *tensor.Dense {
	ids := emptyPlaces(places)
	for b, h := range graphs {
		for i := range l.rows(h) {
			ids[first[b]+i] = b
		}
	}
	return denseOf(ids, places)
}

// stackClasses is the classes of the graphs index at their places, −1 elsewhere.
func (t Targets) stackClasses(index, first []int, places int) *tensor.Dense {
	labels := emptyPlaces(places)
	for b, i := range index {
		copy(labels[first[b]:], t.classes[i])
	}
	return denseOf(labels, places)
}

func emptyPlaces(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = -1
	}
	return x
}

// stackValues is the values of the graphs index at their places, and 1 for each
// that is known; both are 0 elsewhere.
func (t Targets) stackValues(index, first []int, places int, dt tensor.Dtype) (values, known *tensor.Dense) {
	if dt == tensor.Float32 {
		return stackedValues[float32](t, index, first, places)
	}
	return stackedValues[float64](t, index, first, places)
}

func stackedValues[T ops.Float](t Targets, index, first []int, places int) (values, known *tensor.Dense) {
	v, k := make([]T, places*t.width), make([]T, places*t.width)
	for b, i := range index {
		at := first[b] * t.width
		for j, x := range t.values[i] {
			if !math.IsNaN(x) {
				v[at+j], k[at+j] = T(x), 1
			}
		}
	}
	return denseOf(v, places, t.width), denseOf(k, places, t.width)
}
