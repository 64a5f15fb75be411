package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// FromCS is the graph of a compressed sparse matrix, by rows or by columns, as
// adjacency, N×N, and another as features, N×F; of float32 or float64. Either
// may be nil, for a graph without edges or without features. Values are
// weights, also where all are 1; entries of one place are added up.
func FromCS(a, x *tensor.CS) (*Host, error) {
	h, err := fromCS(a, x)
	if err != nil {
		return nil, fmt.Errorf("modes: %w", err)
	}
	return h, nil
}

func fromCS(a, x *tensor.CS) (*Host, error) {
	h := &Host{}
	var err error
	if a != nil {
		if h.Pattern, h.Weights, err = entriesOf("adjacency", a); err != nil {
			return nil, err
		}
		h.Nodes = h.Pattern.Rows()
	}
	if x != nil {
		s := &HostSparse{}
		if s.Pattern, s.Values, err = entriesOf("features", x); err != nil {
			return nil, err
		}
		h.SparseX = s
		if a == nil {
			h.Nodes = s.Pattern.Rows()
		}
	}
	if a == nil && x == nil {
		return nil, errors.New("neither adjacency nor features, want one of them")
	}
	return h, h.check()
}

// entriesOf is m by rows, its columns in order.
func entriesOf(what string, m *tensor.CS) (*ops.Pattern, []float64, error) {
	s := m.Shape()
	if s.Dims() != 2 || s[0] < 1 || s[1] < 1 {
		return nil, nil, fmt.Errorf("%s: shape %v, want a matrix", what, s)
	}
	byColumn := m.DataOrder().IsColMajor()
	ptr, idx := m.Indptr(), m.Indices()
	major := s[0]
	if byColumn {
		major = s[1]
	}
	if len(ptr) != major+1 || ptr[0] != 0 || ptr[major] != len(idx) {
		return nil, nil, fmt.Errorf("%s: %d pointers for %d entries, want %d from 0 to %d", what, len(ptr), len(idx), major+1, len(idx))
	}
	values, err := csValues(m, len(idx))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", what, err)
	}
	of := make([]int, len(idx))
	for i := range major {
		if ptr[i+1] < ptr[i] || ptr[i+1] > len(idx) {
			return nil, nil, fmt.Errorf("%s: pointer %d is %d, want %d to %d", what, i+1, ptr[i+1], ptr[i], len(idx))
		}
		for e := ptr[i]; e < ptr[i+1]; e++ {
			of[e] = i
		}
	}
	row, col := of, idx
	if byColumn {
		row, col = idx, of
	}
	p, values, err := merged(s[0], s[1], row, col, values)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", what, err)
	}
	return p, values, nil
}

func csValues(m *tensor.CS, n int) ([]float64, error) {
	if n == 0 || m.DataSize() == 0 { // without elements Data panics
		return make([]float64, 0), wantValues(m.DataSize(), n)
	}
	var values []float64
	switch x := m.Data().(type) {
	case []float64:
		values = append([]float64{}, x...)
	case []float32:
		values = make([]float64, len(x))
		for i, v := range x {
			values[i] = float64(v)
		}
	default:
		return nil, fmt.Errorf("dtype %v, want float32 or float64", m.Dtype())
	}
	return values, wantValues(len(values), n)
}

func wantValues(values, entries int) error {
	if values != entries {
		return fmt.Errorf("%d values for %d entries, want one an entry", values, entries)
	}
	return nil
}
