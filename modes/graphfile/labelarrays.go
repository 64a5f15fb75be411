package graphfile

import (
	"bytes"
	"fmt"
	"math"
	"slices"
)

// npzLabels reads labels from the content of an npz file.
func (g *nodeTable) npzLabels(b []byte) error {
	z, err := openArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	name := z.first("labels", "y", "label", "node_label", "arr_0")
	if name == "" && len(z.names) == 1 {
		name = z.names[0]
	}
	if name == "" {
		return fmt.Errorf("no array of labels, want labels, y or label: the file holds %s", z.list())
	}
	a, err := z.open(name, 0)
	if err != nil {
		return err
	}
	defer func() { _ = a.r.Close() }()
	if err := g.arrayLabels(a); err != nil {
		return err
	}
	g.Changes = append(g.Changes, z.unused("labels: ")...)
	return nil
}

// arrayLabels reads labels from an array: a number a node, or a one-hot row.
func (g *nodeTable) arrayLabels(a *array) error {
	if a.shape[0] == 0 {
		return a.failf("is empty, want a label a node")
	}
	labels, names, err := a.labels()
	if err != nil {
		return err
	}
	rows := len(labels)
	first := g.firstID(rows)
	if err := g.asIndices(rows, first); err != nil {
		return fmt.Errorf("%s %w", a.name, err)
	}
	g.Labels, g.LabelNames = labels, names
	g.Changes = append(g.Changes, fmt.Sprintf("labels: %s, taken for the nodes from %d to %d", some(rows, "row"), first, first+rows-1))
	return nil
}

// labels is the class of each row.
func (a *array) labels() (labels []int, names []string, err error) {
	if isText(a.dtype.kind) {
		words, err := a.texts()
		labels, names = classesOf(words)
		return labels, names, err
	}
	if len(a.shape) == 1 || a.shape[1] == 1 {
		labels, err = ints[int](a, Unlabeled, math.MaxInt)
		return labels, nil, err
	}
	v, err := a.rowwise(0)
	if err != nil {
		return nil, nil, err
	}
	rows, cols := a.shape[0], a.shape[1]
	for i := range rows {
		row := v[i*cols : (i+1)*cols]
		hot := slices.Index(row, 1)
		for j, x := range row {
			if x != 0 && j != hot {
				return nil, nil, fmt.Errorf("%s[%d,%d] = %v, want 0 and one 1 in a row", a.name, i, j, x)
			}
		}
		labels = append(labels, hot) // −1, Unlabeled, where there is none
	}
	return labels, nil, nil
}
