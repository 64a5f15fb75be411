package graphfile

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
)

// ReadFeatures reads the features of g's nodes from the file at path into g:
// text with a row a node (CSV, TSV), an npy matrix or an npz file, packed or
// not. It takes the place of features that g has.
//
// Text has the node's id in the column id, node or name, or in its first one,
// and numbers in the others; columns of words are left out. A first column of
// numbers with another name is an error: it may be a feature. An empty field and NA are 0.
// Rows are matched by id. A node without a row has features 0; a row of an id
// that is no node makes one, without edges. Both are counted and named in
// Changes.
//
// A matrix has no ids: its rows are the nodes 0, 1, 2, …, or 1, 2, … where there
// are as many rows as the largest id and no id is 0. Rows beyond the nodes make
// nodes, without edges. An npz file has the matrix as features, x, attr_matrix
// or the only array, or sparse as scipy.sparse.save_npz writes it or with attr_.
//
// It errs where ids are no numbers for a matrix, for a value that is not finite
// in float32, for an id that comes twice, and where less than half of the nodes
// have a row.
func ReadFeatures(path string, g *Graph) error { return ReadFeaturesWith(path, g, Options{}) }

// ReadFeaturesWith is [ReadFeatures] of text whose numbers have the decimal
// separator of o; nothing else of o applies.
func ReadFeaturesWith(path string, g *Graph, o Options) error {
	return g.beside(func(n *nodeTable) error { return n.readFeatures(path, o) })
}

func (g *nodeTable) readFeatures(path string, o Options) error {
	in, done, size, err := openBeside(path)
	if err != nil {
		return err
	}
	defer done()
	return g.featuresFrom(in, path, size, o)
}

func (g *nodeTable) featuresFrom(in *bufio.Reader, path string, size int64, o Options) error {
	head, _ := in.Peek(6)
	switch {
	case len(head) == 0:
		return fmt.Errorf("%s: empty file", path)
	case bytes.HasPrefix(head, []byte("\x93NUMPY")):
		return named(path, g.npyFeatures(in, size))
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		b, err := io.ReadAll(in)
		if err != nil {
			return fmt.Errorf("%s: cannot be read, the file may be cut off: %w", path, noEOF(err))
		}
		return named(path, g.npzFeatures(b))
	}
	return g.tableFeatures(in, path, o)
}

// named puts the name of a file before an error.
func named(name string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// tableFeatures reads features from text.
func (g *nodeTable) tableFeatures(in *bufio.Reader, name string, o Options) error {
	t, err := openTable(in, name)
	if err != nil {
		return err
	}
	if t.width < 2 {
		return t.failf("%s has 1 field, want the node's id and its features", quote(t.first[0]))
	}
	if err := t.needID(); err != nil {
		return err
	}
	r := &featureRows{t: t, index: newNodeIndex(g.Graph), nodes: g.Nodes, decimal: decimals{comma: o.comma(), asked: o.Decimal != ""}}
	if err := r.columns(); err != nil {
		return err
	}
	if len(r.cols) == 0 {
		return t.failf("no column of numbers beside %s, want features", quote(t.columnName(t.id)))
	}
	if err := r.readAll(); err != nil {
		return err
	}
	return named(name, r.into(g))
}

// featureRows gathers the rows of a table of features.
type featureRows struct {
	t     *besideTable
	index *nodeIndex
	nodes int
	cols  []int // columns of numbers
	words []string
	csr
	of      []int32 // the node of each row
	added   []string
	fresh   map[string]bool
	missing int
	decimal decimals
}

// columns finds the columns of numbers by the first row.
func (r *featureRows) columns() error {
	for i, s := range r.t.first {
		switch {
		case i == r.t.id:
		case isNumber(s) || s == "" || isMissing(s):
			r.cols = append(r.cols, i)
		case isCommaNumber(s) && r.decimal != (decimals{asked: true}):
			if _, err := r.decimal.plain(s); err != nil {
				return r.failf(i, r.t.first, err)
			}
			r.cols = append(r.cols, i)
		default:
			r.words = append(r.words, r.t.columnName(i))
		}
	}
	r.csr = csr{cols: len(r.cols), ptr: []int32{0}, val: []float32{}}
	return nil
}

// failf is an error in column i of a row.
func (r *featureRows) failf(i int, row []string, err error) error {
	return r.t.failf("column %s of id %s: %w", quote(r.t.columnName(i)), quote(row[r.t.id]), err)
}

func (r *featureRows) readAll() error {
	seen := make(map[int32]bool)
	r.fresh = make(map[string]bool)
	for {
		row, err := r.t.values()
		if row == nil || err != nil {
			return err
		}
		id := row[r.t.id]
		node, ok := r.index.find(id)
		switch {
		case ok && seen[node], r.fresh[id]:
			return r.t.failf("id %s comes twice, want one row a node", quote(id))
		case id == "":
			return r.t.failf("no id in column %s, want one", quote(r.t.columnName(r.t.id)))
		case ok:
			seen[node] = true
		default:
			node = int32(r.nodes + len(r.added))
			r.fresh[id] = true
			r.added = append(r.added, id)
		}
		if err := r.add(node, row); err != nil {
			return err
		}
	}
}

// add appends a row of numbers.
func (r *featureRows) add(node int32, row []string) error {
	for c, i := range r.cols {
		v, err := r.value(row[i])
		if err != nil {
			return r.failf(i, row, err)
		}
		if v != 0 {
			r.col, r.val = append(r.col, int32(c)), append(r.val, v)
		}
	}
	if len(r.col) > math.MaxInt32 {
		return r.t.failf("more than %d values", math.MaxInt32)
	}
	r.of = append(r.of, node)
	r.ptr = append(r.ptr, int32(len(r.col)))
	return nil
}

func (r *featureRows) value(s string) (float32, error) {
	if s == "" || isMissing(s) {
		r.missing++
		return 0, nil
	}
	plain, err := r.decimal.plain(s)
	if err != nil {
		return 0, err
	}
	v, err := strconv.ParseFloat(plain, 64)
	switch {
	case err != nil && !math.IsInf(v, 0):
		return 0, fmt.Errorf("%s, want a number", quote(s))
	case math.IsInf(float64(float32(v)), 0) || math.IsNaN(v):
		return 0, fmt.Errorf("%s, want a finite number that float32 holds", quote(s))
	}
	return float32(v), nil
}

// into gives g the features.
func (r *featureRows) into(g *nodeTable) error {
	r.rows = len(r.of)
	matched := len(r.of) - len(r.added)
	if 2*matched < r.nodes {
		return fmt.Errorf("%d of %d nodes have a row, want more than half: ids of the file such as %s, of the graph such as %s",
			matched, r.nodes, quote(r.sampleID()), quote(g.id(0)))
	}
	g.addNodes(r.added)
	by := make([]int32, g.Nodes)
	for i := range by {
		by[i] = -1
	}
	for row, node := range r.of {
		by[node] = int32(row)
	}
	var without unmatched
	for i, row := range by {
		if row < 0 {
			without.add(g.id(i))
		}
	}
	a := r.take(by)
	g.Features = a.compact()
	g.FeatureNames = nil
	if r.t.names != nil {
		for _, i := range r.cols {
			g.FeatureNames = append(g.FeatureNames, r.t.columnName(i))
		}
	}
	r.tell(g.Graph, &without)
	return nil
}

func (r *featureRows) sampleID() string {
	if len(r.added) > 0 {
		return r.added[0]
	}
	return r.index.g.id(int(r.of[0]))
}

// tell says what did not fit together.
func (r *featureRows) tell(g *Graph, without *unmatched) {
	var out unmatched
	for _, id := range r.added {
		out.add(id)
	}
	say := func(format string, args ...any) { g.Changes = append(g.Changes, fmt.Sprintf(format, args...)) }
	say("features: %s for %s, ids from column %s", some(len(r.cols), "column"), some(len(r.of), "row"), quote(r.t.columnName(r.t.id)))
	if len(r.words) > 0 {
		say("features: columns of words not used: %s", quoted(r.words))
	}
	if without.n > 0 {
		say("features: %s without a row have 0: %s", some(without.n, "node"), without.list())
	}
	if out.n > 0 {
		say("features: %s of ids without an edge made nodes: %s", some(out.n, "row"), out.list())
	}
	if r.missing > 0 {
		say("features: %s read as 0", some(r.missing, "empty field"))
	}
}

// quoted lists words in quotes, the first few of them.
func quoted(words []string) string {
	var u unmatched
	for _, w := range words {
		u.add(w)
	}
	return u.list()
}
