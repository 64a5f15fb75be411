package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/mat"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

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
				require.NoError(t, in.CheckA())
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
		p := PaddedBatch{X: s.tensor(2, 3, 2), A: s.tensor(2, 3, 3), Mask: s.tensor(2, 3)}
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
		_ = SetPadded(in, PaddedBatch{X: s.tensor(2, 3, 2), A: s.tensor(2, 3, 3), Mask: s.tensor(2, 3)})
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
		require.NoError(t, in.CheckA())
		_ = SetMixed(in, s.host(), s.tensor(1, n, 2))
		require.NoError(t, in.CheckA())
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
