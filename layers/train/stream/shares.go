package stream

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/host"
)

// Shares is S of nodes one after the other, nodes×K, row by row: F32 or F64 by
// the dtype of the model. It is the one thing that a model needs memory for by
// the node.
type Shares struct {
	K     int
	First int64 // the node of the first row: 0 where all nodes are wanted
	F32   []float32
	F64   []float64
}

// NewShares is room for S.
func NewShares(nodes int64, k int, dt tensor.Dtype) *Shares {
	s := &Shares{K: k}
	if dt == tensor.Float64 {
		s.F64 = host.Room[float64](int(nodes) * k)
	} else {
		s.F32 = host.Room[float32](int(nodes) * k)
	}
	return s
}

// rows32 is the rows of the nodes lo to hi−1, of float32; nil of no shares.
func (s *Shares) rows32(lo, hi int) []float32 {
	if s == nil {
		return nil
	}
	from, to := s.span(lo, hi)
	return s.F32[from:to]
}

// rows64 is rows32 of float64.
func (s *Shares) rows64(lo, hi int) []float64 {
	if s == nil {
		return nil
	}
	from, to := s.span(lo, hi)
	return s.F64[from:to]
}

// tensor is the rows of the nodes lo to hi−1, in the same memory.
func (s *Shares) tensor(lo, hi int) *tensor.Dense {
	shape := tensor.WithShape(hi-lo, s.K)
	if s.F64 != nil {
		return tensor.New(shape, tensor.WithBacking(s.rows64(lo, hi)))
	}
	return tensor.New(shape, tensor.WithBacking(s.rows32(lo, hi)))
}

// set copies the first rows of x to those of the nodes lo to hi−1.
func (s *Shares) set(lo, hi int, x *tensor.Dense) {
	if s.F64 != nil {
		copy(s.rows64(lo, hi), x.Data().([]float64))
	} else {
		copy(s.rows32(lo, hi), x.Data().([]float32))
	}
}

// span is where the rows of the nodes lo to hi−1 are.
func (s *Shares) span(lo, hi int) (from, to int) {
	first := int(s.First)
	return (lo - first) * s.K, (hi - first) * s.K
}

// check errs where the shares are not those of so many nodes and clusters.
func (s *Shares) check(nodes int64, k int, dt tensor.Dtype) error {
	have := len(s.F32)
	if dt == tensor.Float64 {
		have = len(s.F64)
	}
	if s.K != k || s.First != 0 || int64(have) != nodes*int64(k) {
		return fmt.Errorf("stream: shares of %d numbers of %v for %d clusters from node %d on, want %d×%d from node 0 on", have, dt, s.K, s.First, nodes, k)
	}
	return nil
}

// checkHas errs where the shares have no room for the nodes from lo to hi−1.
func (s *Shares) checkHas(lo, hi int64, k int, dt tensor.Dtype) error {
	have := len(s.F32)
	if dt == tensor.Float64 {
		have = len(s.F64)
	}
	if s.K != k || lo < s.First || (hi-s.First)*int64(k) > int64(have) {
		return fmt.Errorf("stream: shares of %d numbers of %v for %d clusters from node %d on, want %d a node for the nodes %d to %d", have, dt, s.K, s.First, k, lo, hi-1)
	}
	return nil
}
