package graphfile

import (
	"fmt"
	"math"
	"strings"
)

// denseName is the array of a dense adjacency, "" where there is none.
func (z *archive) denseName() string {
	if z.has("adj_indptr") || z.has("indptr") {
		return ""
	}
	return z.first("adj", "adjacency", "adj_matrix", "adjacency_matrix", "A", "arr_0")
}

// first is the first of the names that the file has, "" where it has none.
func (z *archive) first(names ...string) string {
	for _, name := range names {
		if z.has(name) {
			return name
		}
	}
	return ""
}

// sparse reads the sparse adjacency of one of the layouts.
func (z *archive) sparse() (csr, error) {
	switch {
	case z.has("adj_indptr"):
		return z.csr("adj", 0)
	case z.has("format"):
	case z.has("edge_index"):
		return z.edgeIndex()
	case z.first("adj_shape", "adj_data", "adj_indices") != "":
		return z.csr("adj", 0)
	default:
		return csr{}, z.noAdjacency()
	}
	format, err := z.word("format")
	if err != nil {
		return csr{}, err
	}
	switch format {
	case "csr":
		return z.csr("", 0)
	case "csc":
		return z.csc()
	case "coo":
		return z.coo()
	}
	return csr{}, fmt.Errorf("format = %s, want csr, csc or coo: convert it with .tocsr()", quote(format))
}

// csc reads compressed columns, which are the rows of the transpose.
func (z *archive) csc() (csr, error) {
	shape, err := z.shape("")
	if err != nil {
		return csr{}, err
	}
	a, err := z.rows("", shape, 1, 0)
	if err != nil {
		return csr{}, err
	}
	return a.transpose(), nil
}

// coo reads triples.
func (z *archive) coo() (csr, error) {
	shape, err := z.shape("")
	if err != nil {
		return csr{}, err
	}
	row, err := readInts[int32](z, "row", 0, shape[0]-1)
	if err != nil {
		return csr{}, err
	}
	col, err := readInts[int32](z, "col", 0, shape[1]-1)
	if err != nil {
		return csr{}, err
	}
	val, err := z.floats("data", 0)
	if err != nil {
		return csr{}, err
	}
	if len(row) != len(col) || len(val) != len(row) {
		return csr{}, fmt.Errorf("row, col and data have %d, %d and %d values, want as many of each", len(row), len(col), len(val))
	}
	if shape[0] != shape[1] {
		return csr{rows: shape[0], cols: shape[1]}, nil
	}
	if most := max(1_000_000, 64*len(row)); shape[0] > most {
		return csr{}, fmt.Errorf("shape = (%d, %d), want at most %d for the %d entries in the file", shape[0], shape[1], most, len(row))
	}
	return fromList(shape[0], row, col, val), nil
}

// shape reads the two sizes of a matrix.
func (z *archive) shape(prefix string) ([]int, error) {
	shape, err := readInts[int](z, prefix+"shape", 0, math.MaxInt32)
	if err == nil && len(shape) != 2 {
		err = fmt.Errorf("%sshape has %d values, want 2", prefix, len(shape))
	}
	return shape, err
}

// word reads an array that is one text: of dtype S or U, with no dimension.
func (z *archive) word(name string) (string, error) {
	a, err := z.open(name, -1)
	if err != nil {
		return "", err
	}
	defer func() { _ = a.r.Close() }()
	if a.count != 1 || !isText(a.dtype.kind) {
		return "", a.failf("has %d values of kind %c, want one text", a.count, a.dtype.kind)
	}
	s, err := a.texts()
	return strings.TrimSpace(strings.Join(s, "")), err
}
