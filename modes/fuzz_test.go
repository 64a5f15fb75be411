package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/mat"
	G "gorgonia.org/gorgonia"
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
		h.Dense = s.tensor(n, n)
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

func seeds(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("the quick brown fox jumps over the lazy dog"))
	for k := range 12 {
		b := make([]byte, 96)
		for i := range b {
			b[i] = byte(i*i*(k+3) + 7*k)
		}
		f.Add(b)
	}
}

// Any graph is taken or refused, by every constructor, and never a panic.
func FuzzHosts(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		graphs, other, b := s.hosts(), s.hosts(), s.budget()
		for _, h := range graphs {
			ok := h.Check() == nil
			if in, err := NewSingle(G.NewGraph(), "graph", h, tensor.Float32); err == nil {
				require.True(t, ok)
				require.NoError(t, in.Check(NeedA))
				for _, o := range other {
					_ = SetSingle(in, o)
				}
			}
			n, err := h.Normalized(GCN())
			assert.Equal(t, ok, err == nil)
			if ok {
				require.NoError(t, n.Check())
			}
		}
		for _, c := range constructors() {
			in, err := c.make(G.NewGraph(), "graphs", graphs, tensor.Float64, b)
			if err != nil {
				continue
			}
			assertHolds(t, in, graphs)
			if c.set(in, other) == nil {
				assertHolds(t, in, other)
			}
		}
	})
}

func FuzzCollate(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		graphs := s.hosts()
		_, _ = BudgetFor(graphs, s.number(-1, 3))
		if p, err := Pad(graphs, s.number(-1, 5), tensor.Float64); err == nil {
			back, err := p.Hosts()
			require.NoError(t, err)
			for b := range graphs {
				require.Equal(t, matrix(graphs[b]), matrix(back[b]))
			}
		}
		h, ids, err := Collate(graphs)
		if err != nil {
			return
		}
		require.NoError(t, h.Check())
		back, err := Split(h, ids, len(graphs))
		require.NoError(t, err)
		for b := range graphs {
			require.Equal(t, matrix(graphs[b]), matrix(back[b]))
		}
	})
}

func FuzzSplit(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		h := s.host()
		ids, count := s.ints(s.number(0, 5), -2, 4), s.number(-1, 4)
		if parts, err := Split(h, ids, count); err == nil {
			require.Len(t, parts, count)
			for _, p := range parts {
				require.NoError(t, p.Check())
			}
		}
		x := s.tensor(len(ids), 2)
		if parts, err := SplitRows(x, ids, count); err == nil {
			require.Len(t, parts, count)
		}
	})
}

func FuzzPadded(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		p := Padded{X: s.tensor(2, 3, 2), A: s.tensor(2, 3, 3), Mask: s.tensor(2, 3)}
		in, err := NewPadded(G.NewGraph(), "graphs", p, tensor.Float64)
		require.Equal(t, p.Check() == nil, err == nil)
		if err != nil {
			return
		}
		hosts, err := p.Hosts()
		require.NoError(t, err)
		if in.A != nil {
			assertHolds(t, in, hosts)
		}
		_ = SetPadded(in, Padded{X: s.tensor(2, 3, 2), A: s.tensor(2, 3, 3), Mask: s.tensor(2, 3)})
	})
}

func FuzzMixed(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		h := s.host()
		n := 0
		if h != nil {
			n = h.Nodes
		}
		in, err := NewMixed(G.NewGraph(), "graph", h, s.tensor(2, n, 2), tensor.Float64)
		if err != nil {
			return
		}
		require.NoError(t, in.Check(NeedA))
		_ = SetMixed(in, s.host(), s.tensor(1, n, 2))
		require.NoError(t, in.Check(NeedA))
	})
}

func FuzzFromCOO(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		n, edges := s.number(-1, 4), s.number(0, 6)
		row, col := s.ints(edges, -1, 4), s.ints(edges+s.number(0, 1)*s.number(0, 1), 0, 4)
		var w []float64
		if s.yes() {
			w = s.floats(edges)
		}
		h, err := FromCOO(n, row, col, w)
		if err != nil {
			return
		}
		require.NoError(t, h.Check())
		r, c, v := h.COO()
		again, err := FromCOO(n, r, c, v)
		require.NoError(t, err)
		assert.Equal(t, matrix(h), matrix(again))
	})
}

func FuzzFromCS(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		if h, err := FromCS(s.cs(), s.cs()); err == nil {
			require.NoError(t, h.Check())
		}
	})
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

func FuzzFromDense(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		if h, err := FromDense(s.tensor(3, 3), s.tensor(3, 2)); err == nil {
			require.NoError(t, h.Check())
		}
		r, c := s.number(1, 3), s.number(1, 3)
		if h, err := FromMat(mat.NewDense(r, c, s.floats(r*c)), mat.NewDense(c, r, s.floats(r*c)).T()); err == nil {
			require.NoError(t, h.Check())
		}
	})
}

func FuzzFromGonum(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &source{data}
		g := simple.NewWeightedUndirectedGraph(s.float(), s.float())
		for range s.number(0, 8) {
			if a, b := s.number(-3, 9), s.number(-3, 9); a != b {
				g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(a), simple.Node(b), s.float()))
			}
		}
		h, ids, err := FromGonum(g)
		if err != nil {
			return
		}
		require.NoError(t, h.Check())
		require.Len(t, ids, h.Nodes)
		for i, row := range matrix(h) {
			for j, w := range row {
				require.Equal(t, matrix(h)[j][i], w)
			}
		}
	})
}
