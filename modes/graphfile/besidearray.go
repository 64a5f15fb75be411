package graphfile

import (
	"bytes"
	"fmt"
	"io"
	"math"
)

// npyFeatures reads features from a matrix of so many bytes.
func (g *nodeTable) npyFeatures(r io.Reader, size int64) error {
	a, err := openNPY(r, size, "the array", 2)
	if err != nil {
		return err
	}
	return g.matrixFeatures(a, nil)
}

// matrixFeatures reads features from a matrix whose rows have these ids; nil: none.
func (g *nodeTable) matrixFeatures(a *array, ids []string) error {
	v, err := a.rowwise(math.Inf(-1))
	if err != nil {
		return err
	}
	rows, cols := a.shape[0], a.shape[1]
	return g.rowFeatures(a.name, rows, cols, ids, func() (*Features, error) { return fromDense(v, rows, cols), nil })
}

// npzFeatures reads features from the content of an npz file.
func (g *nodeTable) npzFeatures(b []byte) error {
	z, err := openArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if err := g.archiveFeatures(z); err != nil {
		return err
	}
	g.Changes = append(g.Changes, z.unused("features: ")...)
	return nil
}

func (g *nodeTable) archiveFeatures(z *archive) error {
	ids, err := z.ids()
	if err != nil {
		return err
	}
	if a, ok, err := z.sparseFeatures(); ok || err != nil {
		if err != nil {
			return err
		}
		return g.rowFeatures("the matrix", a.rows, a.cols, ids, func() (*Features, error) { return compress("the matrix", a) })
	}
	name := z.featureName()
	if name == "" {
		return fmt.Errorf("no array of features, want features, x, attr_matrix, or a matrix of scipy.sparse.save_npz: the file holds %s", z.list())
	}
	a, err := z.open(name, 2)
	if err != nil {
		return err
	}
	defer func() { _ = a.r.Close() }()
	return g.matrixFeatures(a, ids)
}

// sparseFeatures reads a sparse matrix, if there is one.
func (z *archive) sparseFeatures() (a csr, ok bool, err error) {
	if prefix := z.sparsePrefix(); prefix != "" {
		a, err = z.csr(prefix, math.Inf(-1))
		return a, true, err
	}
	if z.has("format") && z.has("indptr") {
		format, err := z.word("format")
		if err == nil && format != "csr" {
			err = fmt.Errorf("format = %s, want csr: convert it with .tocsr()", quote(format))
		}
		if err != nil {
			return a, true, err
		}
		a, err = z.csr("", math.Inf(-1))
		return a, true, err
	}
	return a, false, nil
}

// featureName is the array of dense features, "" where there is none.
func (z *archive) featureName() string {
	if name := z.first("features", "x", "X", "attr_matrix", "attr", "feature_matrix", "node_feat", "feat", "arr_0"); name != "" {
		return name
	}
	if len(z.names) == 1 {
		return z.names[0]
	}
	return ""
}

// ids reads the ids of the rows, nil where the file has none.
func (z *archive) ids() ([]string, error) {
	if name := z.first("ids", "node_ids", "node_names", "names", "index"); name != "" {
		return z.idsOf(name)
	}
	return nil, nil
}

// idsOf reads an array of ids, which are texts or whole numbers.
func (z *archive) idsOf(name string) (out []string, err error) {
	a, err := z.open(name, 1)
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.r.Close() }()
	if isText(a.dtype.kind) {
		return a.texts()
	}
	n, err := ints[int](a, 0, math.MaxInt)
	out = make([]string, len(n))
	for i, v := range n {
		out[i] = fmt.Sprint(v)
	}
	return out, err
}

// rowFeatures gives g features of so many rows: of the given ids or, where they
// are nil, of the nodes in the order of their numbers.
func (g *nodeTable) rowFeatures(name string, rows, cols int, ids []string, make func() (*Features, error)) error {
	if cols == 0 || rows == 0 {
		return fmt.Errorf("%s has shape (%d, %d), want a row a node and at least 1 column", name, rows, cols)
	}
	if ids != nil {
		return g.idFeatures(name, rows, ids, make)
	}
	f, err := make()
	if err != nil {
		return err
	}
	before := g.Nodes
	first := g.firstID(rows)
	if err := g.asIndices(rows, first); err != nil {
		return fmt.Errorf("%s %w", name, err)
	}
	g.Features, g.FeatureNames = f, nil
	g.Changes = append(g.Changes, fmt.Sprintf("features: %s for %s, taken for the nodes from %d to %d", some(cols, "column"), some(rows, "row"), first, first+rows-1))
	g.Changes = say(g.Changes, rows-before, "row of a number without an edge made a node", "rows of numbers without an edge made nodes")
	return nil
}

// firstID is the id of the first of so many rows: 0, or 1 where as many rows
// as the largest id can only count from 1.
func (g *Graph) firstID(rows int) int {
	most, least := int64(-1), int64(math.MaxInt64)
	for i := range g.Nodes {
		id, _ := parseIndex(g.id(i))
		most, least = max(most, id), min(least, id)
	}
	if least >= 1 && most == int64(rows) {
		return 1
	}
	return 0
}

// idFeatures gives g features of rows with ids.
func (g *nodeTable) idFeatures(name string, rows int, ids []string, make func() (*Features, error)) error {
	if len(ids) != rows {
		return fmt.Errorf("%s has %d rows and the file %d ids, want as many", name, rows, len(ids))
	}
	f, err := make()
	if err != nil {
		return err
	}
	by, without, out, err := g.match(ids)
	if err != nil {
		return err
	}
	g.Features, g.FeatureNames = f.take(by), nil
	g.Changes = append(g.Changes, fmt.Sprintf("features: %s for %s, by their ids", some(f.Cols, "column"), some(rows, "row")))
	if without.n > 0 {
		g.Changes = append(g.Changes, fmt.Sprintf("features: %s without a row have 0: %s", some(without.n, "node"), without.list()))
	}
	if out.n > 0 {
		g.Changes = append(g.Changes, fmt.Sprintf("features: %s of ids without an edge made nodes: %s", some(out.n, "row"), out.list()))
	}
	return nil
}

// match finds the row of each node by ids, −1 where it has none, and makes nodes
// of ids that are none.
func (g *nodeTable) match(ids []string) (by []int32, without, out unmatched, err error) {
	index, nodes := newNodeIndex(g.Graph), g.Nodes
	var added []string
	of, fresh := make(map[int32]int32, len(ids)), make(map[string]bool)
	for row, id := range ids {
		node, ok := index.find(id)
		if !ok {
			out.add(id)
			node = int32(nodes + len(added))
			added = append(added, id)
		}
		if _, twice := of[node]; twice || fresh[id] {
			return nil, without, out, fmt.Errorf("id %s comes twice, want one row a node", quote(id))
		}
		of[node], fresh[id] = int32(row), !ok
	}
	if matched := len(ids) - out.n; 2*matched < nodes {
		return nil, without, out, fmt.Errorf("%d of %d nodes have a row, want more than half: ids of the file such as %s, of the graph such as %s",
			matched, nodes, quote(append(ids, "")[0]), quote(g.id(0)))
	}
	g.addNodes(added)
	by = make([]int32, g.Nodes)
	for i := range by {
		row, ok := of[int32(i)]
		if by[i] = row; !ok {
			by[i] = -1
			without.add(g.id(i))
		}
	}
	return by, without, out, nil
}
