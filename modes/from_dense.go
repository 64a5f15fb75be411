package modes

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
	"gorgonia.org/tensor"
)

// FromDense is the graph of a dense adjacency, N×N, and dense features, N×F,
// of float32 or float64. Either may be nil, for a graph without edges or
// without features. The tensors are kept, not copied.
func FromDense(a, x *tensor.Dense) (*Host, error) {
	h := &Host{DenseA: a, X: x}
	switch {
	case a != nil && a.Dims() == 2:
		h.Nodes = a.Shape()[0]
	case a == nil && x != nil && x.Dims() == 2:
		h.Nodes = x.Shape()[0]
	case a == nil && x == nil:
		return nil, errors.New("modes: neither adjacency nor features, want one of them")
	}
	return h, h.Check()
}

// FromMat is the graph of a Gonum matrix as dense adjacency, N×N, and another
// as features, N×F. Either may be nil, for a graph without edges or without
// features.
func FromMat(a, x mat.Matrix) (h *Host, err error) {
	defer func() {
		if r := recover(); r != nil {
			h, err = nil, fmt.Errorf("modes: reading a matrix: %v", r)
		}
	}()
	da, err := denseMat("adjacency", a)
	if err != nil {
		return nil, err
	}
	dx, err := denseMat("features", x)
	if err != nil {
		return nil, err
	}
	return FromDense(da, dx)
}

func denseMat(what string, m mat.Matrix) (*tensor.Dense, error) {
	if m == nil {
		return nil, nil
	}
	rows, cols := m.Dims()
	if rows < 1 || cols < 1 {
		return nil, fmt.Errorf("modes: %s: %d×%d, want at least 1×1", what, rows, cols)
	}
	x := make([]float64, 0, rows*cols)
	for i := range rows {
		for j := range cols {
			x = append(x, m.At(i, j))
		}
	}
	return denseOf(x, rows, cols), nil
}
