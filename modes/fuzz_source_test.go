package modes

import (
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// source turns fuzzed bytes into the arrays of a user who got things wrong.
type source struct{ data []byte }

// number is in [lo, hi].
func (s *source) number(lo, hi int) int {
	if len(s.data) == 0 {
		return lo
	}
	b := s.data[0]
	s.data = s.data[1:]
	return lo + int(b)%(hi-lo+1)
}

func (s *source) yes() bool { return s.number(0, 1) == 1 }

func (s *source) float() float64 {
	switch v := s.number(0, 20); v {
	case 19:
		return math.NaN()
	case 20:
		return math.Inf(-1)
	default:
		return float64(v-6) / 2
	}
}

func (s *source) floats(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = s.float()
	}
	return x
}

func (s *source) ints(n, lo, hi int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = s.number(lo, hi)
	}
	return x
}

// tensor is one of about the wanted shape, in any dtype and order; or nil.
func (s *source) tensor(shape ...int) *tensor.Dense {
	switch s.number(0, 9) {
	case 0:
		return nil
	case 1:
		shape = shape[1:]
	case 2:
		shape = append([]int{s.number(1, 3)}, shape...)
	case 3:
		shape[s.number(0, len(shape)-1)] = s.number(1, 5)
	case 4:
		return &tensor.Dense{}
	case 5:
		return tensor.New(tensor.Of(tensor.Float64), tensor.WithShape(0, 2))
	}
	size := 1
	for _, d := range shape {
		if d < 1 {
			return nil
		}
		size *= d
	}
	x := s.floats(size)
	switch s.number(0, 7) {
	case 0:
		y := make([]float32, size)
		for i := range x {
			y[i] = float32(x[i])
		}
		return denseOf(y, shape...)
	case 1:
		return denseOf(s.ints(size, -1, 2), shape...)
	case 2:
		t := denseOf(x, shape...)
		_ = t.T()
		return t
	case 3:
		return tensor.New(tensor.WithShape(shape...), tensor.AsFortran(x))
	case 4:
		return denseOf(make([]bool, size), shape...)
	case 5:
		return denseOf(make([]string, size), shape...)
	}
	return denseOf(x, shape...)
}

func (s *source) pattern(rows, cols int) *ops.Pattern {
	if s.number(0, 5) == 0 {
		rows += s.number(0, 1)
	}
	n := s.number(0, 6)
	p, _, err := ops.PatternFromCOO(rows, cols, s.ints(n, 0, max(0, rows-1)), s.ints(n, 0, max(0, cols-1)))
	if err != nil {
		return nil
	}
	return p
}

// host is a graph that may be in order or not.
func (s *source) host() *Host {
	n := s.number(-1, 4)
	if n < 0 && s.yes() {
		return nil
	}
	h := &Host{Nodes: n}
	if s.yes() {
		h.Pattern = s.pattern(n, n)
	}
	if h.Pattern != nil && s.yes() {
		h.E = s.tensor(h.Pattern.NNZ(), 2)
	}
	if s.yes() {
		nnz := s.number(0, 4)
		if h.Pattern != nil && s.yes() {
			nnz = h.Pattern.NNZ()
		}
		h.Weights = s.floats(nnz)
	}
	if s.number(0, 3) == 0 {
		h.DenseA = s.tensor(n, n)
	}
	switch s.number(0, 3) {
	case 0:
		h.SparseX = &HostSparse{Pattern: s.pattern(n, 2)}
		if s.yes() && h.SparseX.Pattern != nil {
			h.SparseX.Values = s.floats(h.SparseX.Pattern.NNZ())
		}
	case 1, 2:
		h.X = s.tensor(n, 2)
	}
	return h
}

func (s *source) hosts() []*Host {
	hosts := make([]*Host, s.number(0, 3))
	for i := range hosts {
		hosts[i] = s.host()
	}
	return hosts
}

func (s *source) budget() Budget {
	if s.yes() {
		return Budget{}
	}
	return Budget{
		Graphs: s.number(-1, 5), Nodes: s.number(0, 12), NodesPerGraph: s.number(0, 6),
		Edges: s.number(0, 20), Stored: s.number(0, 20), Weighted: s.yes(),
	}
}

// cs is a compressed matrix that may be in order or not; or nil.
func (s *source) cs() *tensor.CS {
	rows, cols, n := s.number(1, 3), s.number(1, 3), s.number(0, 4)
	ptr, idx := s.ints(rows+1, 0, n), s.ints(n, -1, cols)
	if s.yes() {
		ptr[0], ptr[rows] = 0, n
	}
	var x any = s.floats(n)
	switch s.number(0, 5) {
	case 0:
		return nil
	case 1:
		x = s.floats(n + 1)
	case 2:
		x = make([]float32, n)
	case 3:
		x = make([]int, n)
	}
	if s.yes() {
		return tensor.NewCSR(idx, ptr, x, tensor.WithShape(rows, cols))
	}
	return tensor.NewCSC(idx, ptr, x, tensor.WithShape(cols, rows))
}
