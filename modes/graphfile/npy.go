package graphfile

import (
	"fmt"
	"io"
	"math"
)

// readNPY reads a graph from a single npy array: its dense adjacency.
func readNPY(r io.Reader, size int64, name string) (*Graph, error) {
	a, err := openNPY(r, size, "the array", 2)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g, err := a.denseGraph()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return g, nil
}

// openNPY opens the one array of an npy file of size bytes.
func openNPY(r io.Reader, size int64, name string, dims int) (*array, error) {
	a := &array{name: name, r: io.NopCloser(r)}
	if err := a.header(dims); err != nil {
		return nil, err
	}
	if a.dtype.kind == 'O' {
		return nil, a.failf("%w", a.dtype.unwanted())
	}
	return a, a.plausible(float64(size), 1, 1)
}

// denseGraph reads a square matrix as an adjacency: what is not 0 is an edge.
func (a *array) denseGraph() (*Graph, error) {
	n := a.shape[0]
	if n != a.shape[1] {
		return nil, a.failf("has shape %s, want a square matrix", shapeText(a.shape))
	}
	if n == 0 {
		return nil, fmt.Errorf("a graph of 0 nodes")
	}
	v, err := a.floats(0)
	if err != nil {
		return nil, err
	}
	m := csr{rows: n, cols: n, ptr: make([]int32, 1, n+1), val: []float32{}}
	for i := range n {
		for j, w := range v[i*n : (i+1)*n] {
			if w != 0 {
				m.col, m.val = append(m.col, int32(j)), append(m.val, w)
			}
		}
		if len(m.col) > math.MaxInt32 {
			return nil, a.failf("has more than %d values that are not 0", math.MaxInt32)
		}
		m.ptr = append(m.ptr, int32(len(m.col)))
	}
	if a.fortran {
		m = m.transpose()
	}
	return matrixGraph(m)
}

// matrixGraph is the graph of a square matrix of weights.
func matrixGraph(a csr) (*Graph, error) {
	u, c, err := undirected(a)
	if err != nil {
		return nil, err
	}
	return &Graph{Nodes: u.rows, RowPtr: u.ptr, Col: u.col, Weights: u.val, Changes: c.matrix()}, nil
}
