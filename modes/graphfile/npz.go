package graphfile

import (
	"fmt"
	"io"
	"math"
)

// ReadNPZ reads a graph from the npz file of size bytes in r; name begins its
// errors. Two layouts are known, and mixtures of them:
//
//   - gnn-benchmark: adj_data, adj_indices, adj_indptr, adj_shape (CSR); the
//     same four with attr_, or a matrix attr_matrix or attr; labels; label_mask
//     (0: no label); node_names.
//   - google-research's DMoN: adj_ as above; features as feature_ or a matrix
//     features; labels of the nodes that label_indices lists.
//
// Values may be f4, f8, i1 to i8, u1 to u8 or b1 of either byte order, stored
// or deflated. Features and labels may be missing. A label of −1 is none.
// Other arrays are ignored; node names stored as Python objects are left out,
// which Changes says.
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
	g, err := z.adjacency()
	if err != nil {
		return nil, err
	}
	if err := z.features(g); err != nil {
		return nil, err
	}
	if err := z.labels(g); err != nil {
		return nil, err
	}
	return g, z.nodeNames(g)
}

func (z *archive) adjacency() (*Graph, error) {
	a, err := z.csr("adj", 0)
	if err != nil {
		return nil, err
	}
	if a.rows != a.cols {
		return nil, fmt.Errorf("adj_shape = (%d, %d), want a square matrix", a.rows, a.cols)
	}
	if a.rows == 0 {
		return nil, fmt.Errorf("a graph of 0 nodes")
	}
	u, c, err := undirected(a)
	if err != nil {
		return nil, err
	}
	return &Graph{Nodes: u.rows, RowPtr: u.ptr, Col: u.col, Weights: u.val, Changes: c.matrix()}, nil
}

// csr reads the four arrays of a matrix, values at least lo, and checks them.
func (z *archive) csr(prefix string, lo float64) (csr, error) {
	shape, err := readInts[int](z, prefix+"_shape", 0, math.MaxInt32)
	if err != nil {
		return csr{}, err
	}
	if len(shape) != 2 {
		return csr{}, fmt.Errorf("%s_shape has %d values, want 2", prefix, len(shape))
	}
	a := csr{rows: shape[0], cols: shape[1]}
	if a.ptr, err = readInts[int32](z, prefix+"_indptr", 0, math.MaxInt32); err != nil {
		return csr{}, err
	}
	if len(a.ptr) != a.rows+1 {
		return csr{}, fmt.Errorf("%s_indptr has %d values, want %d: one more than %s_shape[0]", prefix, len(a.ptr), a.rows+1, prefix)
	}
	if a.col, err = readInts[int32](z, prefix+"_indices", 0, a.cols-1); err != nil {
		return csr{}, err
	}
	if err := checkPtr(prefix, a.ptr, len(a.col)); err != nil {
		return csr{}, err
	}
	if a.val, err = z.floats(prefix+"_data", lo); err != nil {
		return csr{}, err
	}
	if len(a.val) != len(a.col) {
		return csr{}, fmt.Errorf("%s_data has %d values, want as many as %s_indices (%d)", prefix, len(a.val), prefix, len(a.col))
	}
	return a, nil
}

func checkPtr(prefix string, ptr []int32, n int) error {
	if ptr[0] != 0 {
		return fmt.Errorf("%s_indptr[0] = %d, want 0", prefix, ptr[0])
	}
	for i := 1; i < len(ptr); i++ {
		if ptr[i] < ptr[i-1] {
			return fmt.Errorf("%s_indptr[%d] = %d, want at least the %d before it", prefix, i, ptr[i], ptr[i-1])
		}
	}
	if last := ptr[len(ptr)-1]; int(last) != n {
		return fmt.Errorf("%s_indptr[%d] = %d, want %d: the length of %s_indices", prefix, len(ptr)-1, last, n, prefix)
	}
	return nil
}

// readInts reads the one-dimensional array name with values in lo to hi.
func readInts[T int | int32](z *archive, name string, lo, hi int) ([]T, error) {
	a, err := z.open(name, 1)
	if err != nil {
		return nil, err
	}
	defer a.r.Close()
	return ints[T](a, lo, hi)
}

// floats reads the one-dimensional array name with values of at least lo.
func (z *archive) floats(name string, lo float64) ([]float32, error) {
	a, err := z.open(name, 1)
	if err != nil {
		return nil, err
	}
	defer a.r.Close()
	return a.floats(lo)
}
