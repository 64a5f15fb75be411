package modes

import (
	"errors"
	"fmt"
	"math"

	"gorgonia.org/tensor"
)

// Level is what a target belongs to.
type Level int

// The levels.
const (
	OfGraphs Level = iota // one row a graph
	OfNodes               // one row a node
	OfEdges               // one row an entry of a sparse adjacency, in its order
)

// String is graphs, nodes or edges.
func (l Level) String() string {
	switch l {
	case OfGraphs:
		return "graphs"
	case OfNodes:
		return "nodes"
	case OfEdges:
		return "edges"
	}
	return fmt.Sprintf("Level(%d)", int(l))
}

// rows is the number of targets that h has.
func (l Level) rows(h *Host) int {
	switch l {
	case OfNodes:
		return h.Nodes
	case OfEdges:
		return len(h.adjacency().col)
	}
	return 1
}

// Targets is what a model is to learn of each graph of a [Loader]: a class, or
// numbers, for the graph, for each node or for each edge. GraphClasses and the
// functions beside it make them. The zero value is none.
type Targets struct {
	level   Level
	width   int         // columns of values
	classes [][]int     // of each graph, a row each
	values  [][]float64 // of each graph, rows×width; NaN: not known
}

// GraphClasses is the class of each graph, from 0; −1: not known.
func GraphClasses(labels []int) Targets {
	t := Targets{classes: make([][]int, len(labels))}
	for i := range labels {
		t.classes[i] = labels[i : i+1]
	}
	return t
}

// NodeClasses is the class of each node of each graph, from 0; −1: not known.
func NodeClasses(labels [][]int) Targets { return Targets{level: OfNodes, classes: labels} }

// EdgeClasses is the class of each entry of each graph's pattern, in its order
// (see Host.EdgeOrder), from 0; −1: not known.
func EdgeClasses(labels [][]int) Targets { return Targets{level: OfEdges, classes: labels} }

// GraphValues is numbers of each graph, graphs×T, or a vector of one each. NaN:
// not known.
func GraphValues(values *tensor.Dense) (Targets, error) {
	if err := checkValues(values); err != nil {
		return Targets{}, fmt.Errorf("modes: targets: %w", err)
	}
	t := Targets{width: widthOf(values)}
	x := elements[float64](values)
	for i := range values.Shape()[0] {
		t.values = append(t.values, x[i*t.width:(i+1)*t.width])
	}
	return t, nil
}

// NodeValues is numbers of each node of each graph, N×T a graph; nil for a
// graph without nodes. NaN: not known.
func NodeValues(values []*tensor.Dense) (Targets, error) { return valuesOf(OfNodes, values) }

// EdgeValues is numbers of each entry of each graph's pattern, in its order (see
// Host.EdgeOrder), a row of T each; nil for a graph without edges. NaN: not known.
func EdgeValues(values []*tensor.Dense) (Targets, error) { return valuesOf(OfEdges, values) }

// GraphLabelSets is, of so many labels, those that each graph has (multi-label
// classification), as values of 1 and 0.
func GraphLabelSets(sets [][]int, labels int) (Targets, error) {
	if err := checkColumns("labels", labels, 1); err != nil {
		return Targets{}, fmt.Errorf("modes: targets: %w", err)
	}
	t := Targets{width: labels, values: make([][]float64, len(sets))}
	for i, set := range sets {
		t.values[i] = make([]float64, labels)
		for _, l := range set {
			if l < 0 || l >= labels {
				return Targets{}, fmt.Errorf("modes: targets: label %d of graph %d, want 0 to %d", l, i, labels-1)
			}
			t.values[i][l] = 1
		}
	}
	return t, nil
}

func valuesOf(level Level, values []*tensor.Dense) (Targets, error) {
	t := Targets{level: level, values: make([][]float64, len(values))}
	for i, v := range values {
		if v == nil {
			continue
		}
		err := checkValues(v)
		if err == nil && t.width > 0 && widthOf(v) != t.width {
			err = fmt.Errorf("shape %v, want %d columns as before", v.Shape(), t.width)
		}
		if err != nil {
			return Targets{}, fmt.Errorf("modes: targets: graph %d: %w", i, err)
		}
		t.width, t.values[i] = widthOf(v), elements[float64](v)
	}
	if t.width == 0 {
		return Targets{}, errors.New("modes: targets: no graph has any, want values")
	}
	return t, nil
}

// widthOf is T: 1 of a vector.
func widthOf(v *tensor.Dense) int {
	if v.Dims() == 1 {
		return 1
	}
	return v.Shape()[1]
}

func checkValues(v *tensor.Dense) error {
	switch {
	case v == nil:
		return errors.New("no tensor, want rows×T values, or a vector of one a row")
	case v.Dims() < 1 || v.Dims() > 2 || v.Shape().TotalSize() < 1:
		return fmt.Errorf("shape %v, want rows×T values, or a vector of one a row", v.Shape())
	case v.Dtype() != tensor.Float32 && v.Dtype() != tensor.Float64:
		return fmt.Errorf("dtype %v, want float32 or float64", v.Dtype())
	}
	return nil
}

func (t Targets) none() bool { return t.classes == nil && t.values == nil }

// check errs unless t is the targets of the graphs.
func (t Targets) check(graphs []*Host) error {
	if t.none() {
		return nil
	}
	if n := max(len(t.classes), len(t.values)); n != len(graphs) {
		return fmt.Errorf("targets of %d graphs, want %d, as many as graphs", n, len(graphs))
	}
	for i, h := range graphs {
		if err := t.checkGraph(i, h); err != nil {
			return fmt.Errorf("targets: graph %d: %w", i, err)
		}
	}
	return nil
}

func (t Targets) checkGraph(i int, h *Host) error {
	if t.level == OfEdges && h.DenseA != nil {
		return errors.New("a dense adjacency, want a sparse one, whose entries have the targets")
	}
	want, have := t.level.rows(h), 0
	if t.classes != nil {
		have = len(t.classes[i])
		for r, c := range t.classes[i] {
			if c < -1 {
				return fmt.Errorf("class of row %d is %d, want at least 0, or −1 where it is not known", r, c)
			}
		}
	} else {
		have = len(t.values[i]) / t.width
		for r, v := range t.values[i] {
			if math.IsInf(v, 0) {
				return fmt.Errorf("value %d is %v, want a finite number, or NaN where it is not known", r, v)
			}
		}
	}
	if have != want {
		return fmt.Errorf("%d rows, want %d, one for each of its %v", have, want, t.level)
	}
	return nil
}

// mostColumns is the most columns that an option may ask for.
const mostColumns = 1 << 20

// checkColumns errs unless value, of that name, is from least to mostColumns.
func checkColumns(name string, value, least int) error {
	if value < least || value > mostColumns {
		return fmt.Errorf("%s = %d, want %d to %d", name, value, least, mostColumns)
	}
	return nil
}
