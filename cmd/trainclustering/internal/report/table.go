package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// table stands behind a picture.
type table struct {
	Head []string
	Rows [][]string
	More string // what of it is left out, "" for nothing

	numbers []bool // of the columns, once judged
}

// Rows of a table on the page, at most.
const (
	nodeRows  = 1000
	otherRows = 200
)

// cut keeps the first rows.
func (t table) cut(most int, where string) table {
	if len(t.Rows) > most {
		t.More = fmt.Sprintf("The first %s of %s rows%s.", text.Grouped(most), text.Grouped(len(t.Rows)), where)
		t.Rows = t.Rows[:most]
	}
	return t
}

func nodeTable(d *Data) table {
	t := table{Head: []string{"node", "cluster", "edges"}}
	if d.Share != nil {
		t.Head = append(t.Head, "share")
	}
	if d.Labels != nil {
		t.Head = append(t.Head, "label")
	}
	for i, c := range d.Cluster {
		row := []string{d.Graph.name(i), itoa(c), text.Grouped(d.Graph.degree(i))}
		if d.Share != nil {
			row = append(row, fmt.Sprintf("%.3f", d.Share[i]))
		}
		if d.Labels != nil {
			row = append(row, d.className(d.Labels[i]))
		}
		t.Rows = append(t.Rows, row)
		if i > nodeRows {
			break
		}
	}
	if n := len(d.Cluster); n > nodeRows {
		t.Rows = t.Rows[:nodeRows]
		t.More = fmt.Sprintf("The first %s of %s nodes; the file of assignments has all.", text.Grouped(nodeRows), text.Grouped(n))
	}
	return t
}

func clusterTable(k *clusters) table {
	t := table{Head: []string{"cluster", "nodes", "edge weight inside", "to other clusters", "conductance"}}
	var total float64
	for c := range k.ids {
		total += 2*k.inside[c] + k.cut[c]
	}
	for c, id := range k.ids {
		volume := 2*k.inside[c] + k.cut[c]
		conductance := math.NaN()
		if side := math.Min(volume, total-volume); side > 0 {
			conductance = k.cut[c] / side
		}
		t.Rows = append(t.Rows, []string{itoa(id), text.Grouped(k.size[c]), quantity(k.inside[c]), quantity(k.cut[c]), figure(conductance)})
	}
	return t.cut(otherRows, ", the largest clusters first")
}

func joinTable(k *clusters) table {
	t := table{Head: []string{"cluster", "cluster", "edge weight between"}}
	for _, j := range k.joins {
		t.Rows = append(t.Rows, []string{itoa(k.ids[j.a]), itoa(k.ids[j.b]), quantity(j.weight)})
	}
	return t.cut(otherRows, ", the heaviest first")
}

// levelTable is the levels of a hierarchy, the finest first.
func levelTable(d *Data) table {
	t := table{Head: []string{"level", "clusters", "modularity"}}
	if d.Labels != nil {
		t.Head = append(t.Head, "NMI")
	}
	for i, l := range d.Levels {
		row := []string{itoa(i + 1), text.Grouped(l.Clusters), figure(l.Modularity)}
		if d.Labels != nil {
			row = append(row, figure(l.NMI))
		}
		t.Rows = append(t.Rows, row)
	}
	return t.cut(otherRows, "")
}

// valueTable is a table of numbers with names of rows and columns, each number
// written by write.
func valueTable(corner string, head, names []string, values [][]float64, write func(float64) string) table {
	t := table{Head: append([]string{corner}, head...)}
	for i, row := range values {
		cells := []string{names[i]}
		for _, v := range row {
			cells = append(cells, write(v))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t.cut(otherRows, "")
}

// judged is the table with its columns of numbers found, once for all its cells.
func (t table) judged() table {
	found := make([]bool, len(t.Head))
	for column := range t.Head {
		found[column] = t.Number(column)
	}
	t.numbers = found
	return t
}

// Number tells whether all cells of a column are numbers or missing.
func (t table) Number(column int) bool {
	if t.numbers != nil {
		return t.numbers[column]
	}
	if column == 0 {
		return false
	}
	for _, row := range t.Rows {
		if strings.ContainsFunc(row[column], func(r rune) bool { return !strings.ContainsRune("0123456789.,-+e±– ", r) }) {
			return false
		}
	}
	return len(t.Rows) > 0
}
