package graphfile

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// readNPZ reads an npz file with compressed rows; other layouts are read into
// memory.
func (g *DiskGraph) readNPZ(f *os.File, name, dir string) (why string, err error) {
	info, err := f.Stat()
	if err != nil {
		return "", pathError(name, err)
	}
	z, err := openArchive(f, info.Size())
	if err != nil || z.known() != nil {
		return "no npz file", nil //nolint:nilerr // ReadWith words it
	}
	prefix := "adj_"
	if !z.has("adj_indptr") {
		if format, err := z.word("format"); err != nil || format != "csr" || !z.has("indptr") {
			return "an npz file without compressed rows", nil //nolint:nilerr // ReadWith words it
		}
		prefix = ""
	}
	if err := g.sortNPZ(z, prefix, name, dir); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return "", nil
}

func (g *DiskGraph) sortNPZ(z *archive, prefix, name, dir string) error {
	shape, err := z.shape(prefix)
	if err != nil {
		return err
	}
	switch {
	case shape[0] != shape[1]:
		return fmt.Errorf("adj_shape = (%d, %d), want a square matrix", shape[0], shape[1])
	case shape[0] == 0:
		return fmt.Errorf("a graph of 0 nodes")
	}
	if err := g.sortEntries(z, prefix, shape[0], dir); err != nil {
		return err
	}
	g.Entries, g.Weighted = g.disk.entries, g.disk.weighted
	g.Graph = &Graph{Nodes: shape[0], Changes: g.disk.matrix()}
	if err := g.features(z, name); err != nil {
		return err
	}
	return z.nodes(g.Graph)
}

// sortEntries reads the matrix entry by entry.
func (g *DiskGraph) sortEntries(z *archive, prefix string, nodes int, dir string) error {
	ptr, err := readInts[int32](z, prefix+"indptr", 0, math.MaxInt32)
	if err != nil {
		return err
	}
	if len(ptr) != nodes+1 {
		return fmt.Errorf("%sindptr has %d values, want %d: one more than %sshape[0]", prefix, len(ptr), nodes+1, prefix)
	}
	col, err := z.open(prefix+"indices", 1)
	if err != nil {
		return err
	}
	defer func() { _ = col.r.Close() }()
	if err := checkPtr(prefix, ptr, col.count); err != nil {
		return err
	}
	val, err := z.open(prefix+"data", 1)
	if err != nil {
		return err
	}
	defer func() { _ = val.r.Close() }()
	if val.count != col.count {
		return fmt.Errorf("%sdata has %d values, want as many as %sindices (%d)", prefix, val.count, prefix, col.count)
	}
	if g.disk, err = newDiskRows(dir, nodes, 2*int64(col.count), g.bucket, true); err != nil {
		return err
	}
	if err := g.addEntries(ptr, col, val); err != nil {
		return err
	}
	return g.disk.merge(nil)
}

// addEntries adds the entries of compressed rows.
func (g *DiskGraph) addEntries(ptr []int32, col, val *array) error {
	cols, err := newNumbers(col)
	if err != nil {
		return err
	}
	values, err := newNumbers(val)
	if err != nil {
		return err
	}
	row := 0
	for e := range col.count {
		for int(ptr[row+1]) <= e {
			row++
		}
		j, err := cols.column(len(ptr) - 2)
		if err != nil {
			return err
		}
		w, err := values.weight()
		if err != nil {
			return err
		}
		if err := g.disk.add(uint32(row), j, w); err != nil {
			return err
		}
	}
	return errors.Join(col.end(), val.end())
}

// features reads the features, or opens a dense matrix of them.
func (g *DiskGraph) features(z *archive, name string) error {
	if z.sparsePrefix() != "" {
		return z.features(g.Graph)
	}
	matrix := z.featureArray(g.Graph)
	if matrix == "" {
		return nil
	}
	a, err := z.open(matrix, 2)
	if err != nil {
		return err
	}
	if a.fortran || a.shape[0] != g.Graph.Nodes || a.shape[1] == 0 {
		_ = a.r.Close()
		return z.matrix(matrix, g.Graph)
	}
	g.X, err = newFeatureRows(name, a)
	return err
}

// numbers reads an array value by value.
type numbers struct {
	a    *array
	read func([]byte) float64
	i    int
	buf  []byte
	left []byte
}

func newNumbers(a *array) (*numbers, error) {
	read, err := a.dtype.float()
	if err != nil {
		return nil, a.failf("%w", err)
	}
	return &numbers{a: a, read: read, buf: make([]byte, max(1, 1<<16/a.dtype.size)*a.dtype.size)}, nil
}

// next is the next value.
func (n *numbers) next() (float64, error) {
	size := n.a.dtype.size
	if len(n.left) == 0 {
		b := n.buf[:min(len(n.buf), (n.a.count-n.i)*size)]
		if got, err := io.ReadFull(n.a.r, b); err != nil {
			return 0, n.a.failf("ends after %d of %d values: the file is cut off", n.i+got/size, n.a.count)
		}
		n.left = b
	}
	v := n.read(n.left[:size])
	n.left = n.left[size:]
	n.i++
	return v, nil
}

// column is the next value as a column, 0 to most.
func (n *numbers) column(most int) (uint32, error) {
	v, err := n.next()
	switch {
	case err != nil:
		return 0, err
	case v != math.Trunc(v):
		return 0, fmt.Errorf("%s[%d] = %v, want a whole number", n.a.name, n.i-1, v)
	case !(v >= 0 && v <= float64(most)):
		return 0, fmt.Errorf("%s[%d] = %v, want 0 to %d", n.a.name, n.i-1, v, most)
	}
	return uint32(v), nil
}

// weight is the next value as a weight.
func (n *numbers) weight() (float32, error) {
	v, err := n.next()
	switch {
	case err != nil:
		return 0, err
	case !(v >= 0) || math.IsInf(v, 0):
		return 0, fmt.Errorf("%s = %v, want a finite number of at least 0", n.a.at(n.i-1), v)
	case math.IsInf(float64(float32(v)), 0):
		return 0, fmt.Errorf("%s = %v, want a number that float32 holds", n.a.at(n.i-1), v)
	}
	return float32(v), nil
}
