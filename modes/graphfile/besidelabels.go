package graphfile

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// ReadLabels reads the classes of g's nodes from the file at path into g: text
// with a row a node (CSV, TSV), an npy or an npz file, packed or not. It takes
// the place of labels that g has.
//
// Text has the node's id in the column id, node or name, or in its first one,
// and its class in the column label, class, group, community, club and the
// like, or in the other one. Several columns of which each row has one 1 are
// classes too, one-hot, named by the header. Classes may be any words; whole
// numbers of at least 0 stay numbers, others are numbered in the order of the
// alphabet, and LabelNames has them. An empty field, NA and a node without a row
// are no class. Rows are matched by id; an id that is no node is left out. Both
// are counted and named in Changes. One column of as many rows as there are
// nodes has the classes of the nodes 0, 1, 2, …; a line more is a header.
//
// An array has no ids: its values, or the rows of a one-hot matrix, are those of
// the nodes 0, 1, 2, …. An npz file has it as labels, y, or the only array.
//
// It errs for an id with two classes, and where less than half of the rows are
// nodes.
func ReadLabels(path string, g *Graph) error {
	return g.beside(func(n *nodeTable) error { return n.readLabels(path) })
}

func (g *nodeTable) readLabels(path string) error {
	in, done, size, err := openBeside(path)
	if err != nil {
		return err
	}
	defer done()
	return g.labelsFrom(in, path, size)
}

func (g *nodeTable) labelsFrom(in *bufio.Reader, path string, size int64) error {
	head, _ := in.Peek(6)
	switch {
	case len(head) == 0:
		return fmt.Errorf("%s: empty file", path)
	case bytes.HasPrefix(head, []byte("\x93NUMPY")):
		a, err := openNPY(in, size, "the array", 0)
		if err != nil {
			return named(path, err)
		}
		return named(path, g.arrayLabels(a))
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		b, err := io.ReadAll(in)
		if err != nil {
			return fmt.Errorf("%s: cannot be read, the file may be cut off: %w", path, noEOF(err))
		}
		return named(path, g.npzLabels(b))
	}
	return g.tableLabels(in, path)
}

// labelRows gathers the classes of a table.
type labelRows struct {
	t      *besideTable
	index  *nodeIndex
	column int // of classes, −1: one-hot
	words  []string
	given  []bool // which nodes have a row
	rows   int
	header string // the first line of a lone column, where it is a header
	out    unmatched
}

// tableLabels reads labels from text.
func (g *nodeTable) tableLabels(in *bufio.Reader, name string) error {
	t, err := openTable(in, name)
	if err != nil {
		return err
	}
	r := &labelRows{t: t, index: newNodeIndex(g.Graph), words: make([]string, g.Nodes), given: make([]bool, g.Nodes)}
	if err := r.findColumn(); err != nil {
		return err
	}
	for {
		row, err := t.values()
		if err != nil {
			return err
		}
		if row == nil {
			break
		}
		if err := r.add(row); err != nil {
			return err
		}
	}
	r.dropHeader(g.Nodes)
	if t.id < 0 && r.rows != g.Nodes {
		return fmt.Errorf("%s: %d rows without ids, want %d, one a node, or rows of id,class", name, r.rows, g.Nodes)
	}
	if matched := r.rows - r.out.n; 2*matched < r.rows || matched == 0 {
		return fmt.Errorf("%s: %d of %d rows are of nodes, want more than half: ids of the file such as %s, of the graph such as %s",
			name, matched, r.rows, r.out.list(), quote(g.id(0)))
	}
	g.Labels, g.LabelNames = classesOf(r.words)
	r.tell(g.Graph)
	return nil
}

// findColumn finds the column of classes.
func (r *labelRows) findColumn() error {
	t := r.t
	if t.width == 1 {
		t.id = -1
		r.words, r.given = append(r.words, ""), append(r.given, false) // a header
		return nil
	}
	if t.width > 2 {
		if err := t.needID(); err != nil {
			return err
		}
	}
	for _, want := range classColumns() {
		for i, n := range t.names {
			if i != t.id && smooth(n) == want {
				r.column = i
				return nil
			}
		}
	}
	if t.width == 2 {
		r.column = 1 - t.id
		return nil
	}
	r.column = -1
	if t.id > 0 || len(t.first) == 0 {
		return nil
	}
	if _, err := r.hot(t.first); err != nil {
		return t.failf("%d columns, none of them called label or class, want two columns id,class, or 0 and 1 with one 1 a row", t.width)
	}
	return nil
}

// classColumns are the names of columns of classes, the best one first.
func classColumns() []string {
	return []string{
		"label", "labels", "class", "classes", "group", "community", "cluster", "club", "department", "category", "type", "y",
		"groundtruth", "gt", "target", "modularityclass", "value", "party", "faction", "conference", "subject",
	}
}

// dropHeader takes the first line of a lone column away where it names the column
// and there is one line more than nodes.
func (r *labelRows) dropHeader(nodes int) {
	if r.t.id >= 0 {
		return
	}
	first := r.words[0]
	isWord := func(s string) bool { _, whole := wholeLabel(s); return s != "" && !whole }
	if r.rows == nodes+1 && isWord(first) && (oneOf(first, classColumns()) || !slices.ContainsFunc(r.words[1:], isWord)) {
		r.header = first
		r.words, r.given, r.rows = r.words[1:], r.given[1:], r.rows-1
		return
	}
	r.words, r.given = r.words[:nodes], r.given[:nodes]
}

// add takes a row.
func (r *labelRows) add(row []string) error {
	t := r.t
	word := ""
	if r.column < 0 {
		hot, err := r.hot(row)
		if err != nil {
			return t.failf("%w", err)
		}
		word = hot
	} else if word = row[max(r.column, 0)]; isMissing(word) {
		word = ""
	}
	r.rows++
	if t.id < 0 {
		if r.rows <= len(r.words) {
			r.words[r.rows-1], r.given[r.rows-1] = word, true
		}
		return nil
	}
	id := row[t.id]
	node, ok := r.index.find(id)
	switch {
	case !ok:
		r.out.add(id)
		return nil
	case r.given[node] && r.words[node] != word:
		return t.failf("id %s has class %s and, in a row before, %s; want one", quote(id), quote(word), quote(r.words[node]))
	}
	r.words[node], r.given[node] = word, true
	return nil
}

// hot is the class of a one-hot row: the name of the column that has the 1, "" if
// there is none.
func (r *labelRows) hot(row []string) (string, error) {
	word, first := "", true
	for i, s := range row {
		if i == r.t.id {
			continue
		}
		at := i
		if r.t.id >= 0 && i > r.t.id {
			at--
		}
		switch v, err := strconv.ParseFloat(s, 64); {
		case s == "" || err == nil && v == 0:
		case err == nil && v == 1 && first:
			first = false
			word = strconv.Itoa(at)
			if r.t.names != nil {
				word = r.t.names[i]
			}
		default:
			return "", fmt.Errorf("%s in column %s, want 0 and one 1 in a row", quote(s), quote(r.t.columnName(i)))
		}
	}
	return word, nil
}

// tell says what was found, and what did not fit together.
func (r *labelRows) tell(g *Graph) {
	say := func(format string, args ...any) { g.Changes = append(g.Changes, fmt.Sprintf(format, args...)) }
	where := "one-hot columns"
	if r.column >= 0 {
		where = "column " + quote(r.t.columnName(r.column))
	}
	if r.t.id < 0 {
		header := ""
		if r.header != "" {
			header = ", header " + quote(r.header)
		} else if oneOf(r.words[0], classColumns()) {
			header = ", the first line, " + quote(r.words[0]) + ", is a class like others"
		}
		say("labels: %s, one a node in the order of their numbers%s", some(r.rows, "row"), header)
	} else {
		say("labels: %s from %s, ids from column %s", some(r.rows, "row"), where, quote(r.t.columnName(r.t.id)))
	}
	var none unmatched
	for i, l := range g.Labels {
		if l == Unlabeled {
			none.add(g.id(i))
		}
	}
	if none.n > 0 {
		say("labels: %s without one: %s", some(none.n, "node"), none.list())
	}
	if r.out.n > 0 {
		say("labels: %s of ids that are no nodes left out: %s", some(r.out.n, "row"), r.out.list())
	}
}
