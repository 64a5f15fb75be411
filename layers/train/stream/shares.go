package stream

import (
	"fmt"

	"gorgonia.org/tensor"
)

// Shares is S of all nodes, nodes×K, row by row: F32 or F64 by the dtype of the
// model. It is the one thing of a model that takes memory by the node.
type Shares struct {
	K   int
	F32 []float32
	F64 []float64
}

// NewShares is room for S.
func NewShares(nodes int64, k int, dt tensor.Dtype) *Shares {
	s := &Shares{K: k}
	if dt == tensor.Float64 {
		s.F64 = make([]float64, nodes*int64(k))
	} else {
		s.F32 = make([]float32, nodes*int64(k))
	}
	return s
}

// check errs where the shares are not those of so many nodes and clusters.
func (s *Shares) check(nodes int64, k int, dt tensor.Dtype) error {
	have := len(s.F32)
	if dt == tensor.Float64 {
		have = len(s.F64)
	}
	if s.K != k || int64(have) != nodes*int64(k) {
		return fmt.Errorf("stream: shares of %d numbers of %v for %d clusters, want %d×%d", have, dt, s.K, nodes, k)
	}
	return nil
}
