package train

import (
	"fmt"
	"hash"
	"hash/fnv"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/host"
)

func newHash() hash.Hash32 { return fnv.New32a() }

// recovered turns a panic into an error. It is deferred.
func recovered(doing string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("train: %s: %v", doing, r)
	}
}

// copyValue copies src into dst where dst has its dtype and shape, and into
// new memory otherwise. The copy of a tensor is row-major and contiguous.
func copyValue(dst, src G.Value) (G.Value, error) {
	s, ok := src.(*tensor.Dense)
	if !ok {
		return G.CloneValue(src)
	}
	if d := fits(dst, s); d != nil && copyData(d.Data(), s.Data()) {
		return d, nil
	}
	return cloneDense(s)
}

// fits is dst as a tensor into whose elements those of s can be copied as they
// lie; nil where they cannot.
func fits(dst G.Value, s *tensor.Dense) *tensor.Dense {
	d, ok := dst.(*tensor.Dense)
	if !ok || s.IsScalar() || s.RequiresIterator() || s.DataOrder().IsColMajor() || d.Dtype() != s.Dtype() || !d.Shape().Eq(s.Shape()) {
		return nil
	}
	return d
}

// copyFinite copies src into dst where both are floats of one dtype and shape,
// and tells whether all are finite. done is false where nothing was copied.
func copyFinite(dst, src G.Value) (finite, done bool) {
	s, ok := src.(*tensor.Dense)
	if !ok {
		return false, false
	}
	d := fits(dst, s)
	if d == nil {
		return false, false
	}
	switch x := s.Data().(type) {
	case []float64:
		return host.CopyFinite(d.Data().([]float64), x), true
	case []float32:
		return host.CopyFinite(d.Data().([]float32), x), true
	}
	return false, false
}

func cloneDense(s *tensor.Dense) (G.Value, error) {
	if s.RequiresIterator() || s.DataOrder().IsColMajor() {
		m, ok := s.Materialize().(*tensor.Dense)
		if !ok {
			return nil, fmt.Errorf("train: cannot copy a %v tensor of shape %v", s.Dtype(), s.Shape())
		}
		return m, nil
	}
	return s.Clone().(*tensor.Dense), nil
}

// copyData copies slices of one type that the package knows; false for others.
func copyData(dst, src any) bool {
	switch s := src.(type) {
	case []float64:
		return copySlice(dst, s)
	case []float32:
		return copySlice(dst, s)
	case []int:
		return copySlice(dst, s)
	}
	return false
}

func copySlice[T any](dst any, src []T) bool {
	d, ok := dst.([]T)
	return ok && len(d) == len(src) && copy(d, src) == len(src)
}

// scalarOf reads a value of one element as a float64.
func scalarOf(v G.Value) (float64, error) {
	var data any
	if v != nil && v.Shape().TotalSize() == 1 {
		data = v.Data()
	}
	switch x := data.(type) {
	case float64:
		return x, nil
	case float32:
		return float64(x), nil
	case int:
		return float64(x), nil
	case []float64:
		return x[0], nil
	case []float32:
		return float64(x[0]), nil
	case []int:
		return float64(x[0]), nil
	}
	return 0, fmt.Errorf("train: %T is not a single number", v)
}
