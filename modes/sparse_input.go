package modes

import "github.com/graphpool/graphpool/ops"

// stackedX is the graphs' sparse features, one below the other.
func (f form) stackedX(graphs []*Host, first []int, values bool) csr {
	parts := make([]csr, len(graphs))
	for b, h := range graphs {
		parts[b] = h.SparseX.csr(h.Nodes, f.width)
	}
	return stack(parts, first, nil, f.rows, f.width, values)
}

// stackedA is the graphs' adjacencies, block-diagonal.
func (f form) stackedA(graphs []*Host, first []int) csr {
	parts := make([]csr, len(graphs))
	for b, h := range graphs {
		parts[b] = h.adjacency()
	}
	return stack(parts, first, first, f.rows, f.rows, f.weighted)
}

// bindings are the values of m's nodes for the matrix s.
func (s csr) bindings(what string, m ops.Sparse) ([]binding, error) {
	p, err := ops.NewPattern(s.rows, s.cols, s.ptr, s.col)
	if err != nil {
		return nil, err
	}
	return sparseBindings(what, m, p, s.values)
}
