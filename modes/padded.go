package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"
)

// PaddedBatch is several graphs in memory as tensors of one size.
type PaddedBatch struct {
	X *tensor.Dense // features, B×N×F
	A *tensor.Dense // adjacencies, B×N×N; nil: none

	// Mask is B×N, 1 or true for each node and 0 or false for padding, anywhere
	// in a graph; of float32, float64, int or bool. nil: no padding. What X and A
	// hold at padding takes no part, but has to be finite as well.
	Mask *tensor.Dense
}

// Check errs where the tensors do not fit together or hold values that are
// not finite numbers.
func (p PaddedBatch) Check() error {
	if _, err := p.check(); err != nil {
		return fmt.Errorf("modes: %w", err)
	}
	return nil
}

// check gives the graph of each row, −1 for padding.
func (p PaddedBatch) check() (ids []int, err error) {
	if p.X == nil {
		return nil, errors.New("features: nil, want a tensor")
	}
	s := p.X.Shape()
	if s.Dims() != 3 || s.TotalSize() < 1 {
		return nil, fmt.Errorf("features: shape %v, want (B, N, F)", s)
	}
	b, n := s[0], s[1]
	if err := checkFinite("features", p.X); err != nil {
		return nil, err
	}
	if p.A != nil {
		if a := p.A.Shape(); a.Dims() != 3 || a[0] != b || a[1] != n || a[2] != n {
			return nil, fmt.Errorf("adjacency: shape %v, want (%d, %d, %d)", a, b, n, n)
		}
		if err := checkFinite("adjacency", p.A); err != nil {
			return nil, err
		}
	}
	return maskIDs(p.Mask, b, n)
}

// maskIDs reads a mask of b graphs of n places.
func maskIDs(mask *tensor.Dense, b, n int) ([]int, error) {
	ids := make([]int, b*n)
	for i := range ids {
		ids[i] = i / n
	}
	if mask == nil {
		return ids, nil
	}
	if s := mask.Shape(); s.Dims() != 2 || s[0] != b || s[1] != n {
		return nil, fmt.Errorf("mask: shape %v, want (%d, %d)", s, b, n)
	}
	at, err := maskReader(mask)
	if err != nil {
		return nil, err
	}
	for i := range ids {
		switch v := at(offset(i, mask.Shape(), mask.Strides())); v {
		case 0:
			ids[i] = -1
		case 1:
		default:
			return nil, fmt.Errorf("mask: element (%d, %d) is %v, want 0 or 1", i/n, i%n, v)
		}
	}
	return ids, nil
}

// maskReader reads the elements of a mask by where they lie in memory.
func maskReader(mask *tensor.Dense) (func(at int) float64, error) {
	switch x := mask.Data().(type) {
	case []float32:
		return func(at int) float64 { return float64(x[at]) }, nil
	case []float64:
		return func(at int) float64 { return x[at] }, nil
	case []int:
		return func(at int) float64 { return float64(x[at]) }, nil
	case []bool:
		return func(at int) float64 {
			if x[at] {
				return 1
			}
			return 0
		}, nil
	}
	return nil, fmt.Errorf("mask: dtype %v, want float32, float64, int or bool", mask.Dtype())
}
