package modes

import "math"

// csr is a sparse matrix in memory: the entries of row i are ptr[i] to
// ptr[i+1]. values nil stand for ones.
type csr struct {
	rows, cols int
	ptr, col   []int32
	values     []float64
}

// adjacency is h's adjacency as a sparse matrix; of a dense one the elements
// that are not 0.
func (h *Host) adjacency() csr {
	switch {
	case h.Pattern != nil:
		return csr{h.Nodes, h.Nodes, h.Pattern.Ptr(), h.Pattern.Col(), h.Weights}
	case h.DenseA == nil:
		return csr{rows: h.Nodes, cols: h.Nodes, ptr: make([]int32, h.Nodes+1)}
	}
	n := h.Nodes
	m := csr{rows: n, cols: n, ptr: make([]int32, n+1), values: []float64{}}
	for i, v := range elements[float64](h.DenseA) {
		if v != 0 {
			m.col, m.values = append(m.col, int32(i%n)), append(m.values, v)
		}
		m.ptr[i/n+1] = int32(len(m.col))
	}
	return m
}

// csr is x as a sparse matrix, of no entries where x is nil.
func (x *HostSparse) csr(rows, cols int) csr {
	if x == nil {
		return csr{rows: rows, cols: cols, ptr: make([]int32, rows+1)}
	}
	return csr{rows, cols, x.Pattern.Ptr(), x.Pattern.Col(), x.Values}
}

// stack puts matrices one below the other, matrix b from row first[b] on, with
// its columns moved right by shift[b] (nil: by none). The values are nil
// unless weighted. Rows that no matrix has are empty.
func stack(parts []csr, first, shift []int, rows, cols int, weighted bool) csr {
	total := 0
	for _, p := range parts {
		total += len(p.col)
	}
	m := csr{rows: rows, cols: cols, ptr: make([]int32, rows+1), col: make([]int32, 0, total)}
	if weighted {
		m.values = make([]float64, 0, total)
	}
	row := 0
	for b, p := range parts {
		for ; row < first[b]; row++ {
			m.ptr[row+1] = int32(len(m.col))
		}
		move := 0
		if shift != nil {
			move = shift[b]
		}
		for i := range p.rows {
			for e := p.ptr[i]; e < p.ptr[i+1]; e++ {
				m.col = append(m.col, p.col[e]+int32(move))
				if weighted {
					m.values = append(m.values, p.value(e))
				}
			}
			row++
			m.ptr[row] = int32(len(m.col))
		}
	}
	for ; row < rows; row++ {
		m.ptr[row+1] = int32(len(m.col))
	}
	return m
}

// value is that of entry e.
func (m csr) value(e int32) float64 {
	if m.values == nil {
		return 1
	}
	return m.values[e]
}

// fitsInt32 tells whether n things can be numbered in a sparse pattern.
func fitsInt32(n int) bool { return n < math.MaxInt32 }
