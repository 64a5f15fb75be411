package graphfile

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// ReadNPZ reads a graph from the npz file of size bytes in r; name begins its
// errors. These layouts are known, and mixtures of them:
//
//   - gnn-benchmark: adj_data, adj_indices, adj_indptr, adj_shape (CSR); the
//     same four with attr_, or a matrix attr_matrix or attr; labels; label_mask
//     (0: no label); node_names.
//
//   - google-research's DMoN: adj_ as above; features as feature_ or a matrix
//     features; labels of the nodes that label_indices lists.
//
//   - PyTorch Geometric: edge_index with two rows, and edge_weight if it is there;
//     there are as many nodes as num_nodes or the rows of x say, or else one more
//     than the largest number.
//
//   - others: a matrix of scipy.sparse.save_npz, or a dense one called adj,
//     adjacency, A or arr_0; features as x, X, feat or node_feat, labels as y,
//     label or node_label, and names as names, ids or node_ids, where their
//     shapes fit, which Changes says.
//
// Values may be f4, f8, i1 to i8, u1 to u8 or b1 of either byte order, stored
// or deflated. Features and labels may be missing. A label of −1 is none; labels
// may be words, or one-hot rows. Changes names the arrays that are not used, and
// says where node names are left out since they are Python objects.
//
// It errs where an array is missing, cut off, of a wrong shape or holds a
// value out of range, and for a graph of 0 nodes; 0 edges are fine.
func ReadNPZ(r io.ReaderAt, size int64, name string) (*Graph, error) {
	g, err := readNPZ(r, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return g, nil
}

func readNPZ(r io.ReaderAt, size int64) (*Graph, error) {
	if size == 0 {
		return nil, fmt.Errorf("empty file")
	}
	z, err := openArchive(r, size)
	if err != nil {
		return nil, err
	}
	if err := z.known(); err != nil {
		return nil, err
	}
	g, err := z.adjacency()
	if err != nil {
		return nil, err
	}
	if err := z.features(g); err != nil {
		return nil, err
	}
	return g, z.nodes(g)
}

// nodes reads what there is of nodes beside features, and says what is not used.
func (z *archive) nodes(g *Graph) error {
	for _, read := range []func(*Graph) error{z.labels, z.words, z.nodeNames} {
		if err := read(g); err != nil {
			return err
		}
	}
	g.Changes = append(g.Changes, z.unused("")...)
	return nil
}

// known errs for archives that hold something else than arrays.
func (z *archive) known() error {
	switch {
	case z.files["[Content_Types].xml"] != nil:
		return fmt.Errorf("an Excel workbook, want a graph file: save the sheet of edges as CSV")
	case z.files["META-INF/manifest.xml"] != nil || z.files["mimetype"] != nil:
		return fmt.Errorf("an office document, want a graph file: save the sheet of edges as CSV")
	}
	for _, f := range z.names {
		if strings.HasSuffix(f, "/data.pkl") {
			return fmt.Errorf("a file of PyTorch, want a graph file: save edge_index.T as CSV or npz")
		}
	}
	for _, f := range z.files {
		if strings.HasSuffix(f.Name, ".npy") {
			return nil
		}
	}
	if len(z.names) > 0 {
		return fmt.Errorf("a zip archive that holds %s, want an npz file or a graph file that is not in an archive", quote(z.names[0]))
	}
	return nil
}

func (z *archive) adjacency() (*Graph, error) {
	if name := z.denseName(); name != "" {
		m, err := z.open(name, 2)
		if err != nil {
			return nil, err
		}
		defer func() { _ = m.r.Close() }()
		return m.denseGraph()
	}
	a, err := z.sparse()
	if err != nil {
		return nil, err
	}
	if a.rows != a.cols {
		return nil, fmt.Errorf("adj_shape = (%d, %d), want a square matrix", a.rows, a.cols)
	}
	if a.rows == 0 {
		return nil, fmt.Errorf("a graph of 0 nodes")
	}
	return matrixGraph(a)
}

// csr reads the four arrays of a matrix, values at least lo, and checks them.
// The names of the arrays begin with prefix and, where that is not empty, _.
func (z *archive) csr(prefix string, lo float64) (csr, error) {
	if prefix != "" {
		prefix += "_"
	}
	shape, err := z.shape(prefix)
	if err != nil {
		return csr{}, err
	}
	return z.rows(prefix, shape, 0, lo)
}

// rows reads the compressed rows of a matrix, or columns where axis is 1.
func (z *archive) rows(prefix string, shape []int, axis int, lo float64) (csr, error) {
	a := csr{rows: shape[axis], cols: shape[1-axis]}
	var err error
	if a.ptr, err = readInts[int32](z, prefix+"indptr", 0, math.MaxInt32); err != nil {
		return csr{}, err
	}
	if len(a.ptr) != a.rows+1 {
		return csr{}, fmt.Errorf("%sindptr has %d values, want %d: one more than %sshape[%d]", prefix, len(a.ptr), a.rows+1, prefix, axis)
	}
	if a.col, err = readInts[int32](z, prefix+"indices", 0, a.cols-1); err != nil {
		return csr{}, err
	}
	if err := checkPtr(prefix, a.ptr, len(a.col)); err != nil {
		return csr{}, err
	}
	if a.val, err = z.floats(prefix+"data", lo); err != nil {
		return csr{}, err
	}
	if len(a.val) != len(a.col) {
		return csr{}, fmt.Errorf("%sdata has %d values, want as many as %sindices (%d)", prefix, len(a.val), prefix, len(a.col))
	}
	return a, nil
}

func checkPtr(prefix string, ptr []int32, n int) error {
	if ptr[0] != 0 {
		return fmt.Errorf("%sindptr[0] = %d, want 0", prefix, ptr[0])
	}
	for i := 1; i < len(ptr); i++ {
		if ptr[i] < ptr[i-1] {
			return fmt.Errorf("%sindptr[%d] = %d, want at least the %d before it", prefix, i, ptr[i], ptr[i-1])
		}
	}
	if last := ptr[len(ptr)-1]; int(last) != n {
		return fmt.Errorf("%sindptr[%d] = %d, want %d: the length of %sindices", prefix, len(ptr)-1, last, n, prefix)
	}
	return nil
}

// readInts reads the one-dimensional array name with values in lo to hi.
func readInts[T int | int32](z *archive, name string, lo, hi int) ([]T, error) {
	a, err := z.open(name, 1)
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.r.Close() }()
	return ints[T](a, lo, hi)
}

// floats reads the one-dimensional array name with values of at least lo.
func (z *archive) floats(name string, lo float64) ([]float32, error) {
	a, err := z.open(name, 1)
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.r.Close() }()
	return a.floats(lo)
}
