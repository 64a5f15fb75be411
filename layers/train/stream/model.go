package stream

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
)

// Model is a model on the blocks of a source. Its passes take plain values and
// give plain values, for any group of blocks: they can run in other processes,
// each with the same weights.
//
//	Forward   writes S of the blocks, and gives their sums over nodes
//	Edges     gives their sums over edges, from S of all nodes
//	Gradient  gives ∂⟨G, sums⟩/∂weights, G = ∂loss/∂sums
//
// It works on several blocks at a time, each in a goroutine of its own with a
// compiled graph of its own. It is not for several goroutines at once.
type Model struct {
	source  Source
	store   *param.Store
	layers  []layers.Layer
	hops    []int // of the features that it reads
	k, tile int   // tile: rows of a compiled graph
	group   int   // blocks whose A·S is in memory at a time
	read    *reader
	lanes   []*lane
	hidden  *hidden
	recalls bool // hidden can be kept

	products *Shares // A·S; nil: not made yet
}

// TileRows is how many rows a compiled graph has, at most: what it makes of them
// stays in the second cache. Of 1024 to 16384, 4096 was fastest.
const TileRows = 4096

// New is the model of an encoder and a pooler on the features of the source,
// propagated over so many hops beforehand; what the encoder propagates itself
// comes on top. The weights are those of store, by the paths that
// layers.Sequence gives them. See layers.HopsOf for the layers that can be
// streamed. Dropout is refused, and so are regularisers of outputs.
func New(store *param.Store, ls []layers.Layer, source Source, hops int) (*Model, error) {
	if store == nil || source == nil {
		return nil, errors.New("stream: the store or the source is nil")
	}
	if hops < 0 {
		return nil, fmt.Errorf("stream: hops = %d, want at least 0", hops)
	}
	source = Tiled(source)
	of, err := layers.HopsOf(ls...)
	if err != nil {
		return nil, err
	}
	m := &Model{source: source, store: store, layers: ls, hidden: newHidden(0)}
	for _, h := range of {
		m.hops = append(m.hops, hops+h)
	}
	if err := checkSource(source, m.hops); err != nil {
		return nil, err
	}
	rows := largest(source)
	tiles := (rows + TileRows - 1) / TileRows
	m.tile = (rows + tiles - 1) / tiles
	m.read = &reader{source: source, rows: rows, tile: m.tile, width: source.Meta().Features, dtype: store.Dtype(), kept: newKept(0)}
	one, err := newBlockGraph(store, ls, 1, m.read.width, true)
	if err != nil {
		return nil, err
	}
	m.recalls = one.known != nil
	if err := m.compile(1); err != nil {
		return nil, err
	}
	m.k = m.lanes[0].forward.clusters()
	m.group = groupOf(source.Blocks(), m.productBytes(), runtime.GOMAXPROCS(0))
	return m, nil
}

// compile makes lanes until there are so many, each with what it needs to keep
// hidden where there is room for that.
func (m *Model) compile(lanes int) error {
	for len(m.lanes) < lanes {
		l, err := newLane(m.store, m.layers, m.tile, m.read.width)
		if err != nil {
			return err
		}
		m.lanes = append(m.lanes, l)
	}
	for _, l := range m.lanes {
		if l.keeping != nil || m.hidden.bytes == 0 {
			continue
		}
		c, err := newCompiled(m.store, m.layers, m.tile, m.read.width, true)
		if err != nil {
			return err
		}
		l.keeping = c
	}
	return nil
}

// K is the number of clusters.
func (m *Model) K() int { return m.k }

// Blocks is all blocks of the source, as Tiled has them.
func (m *Model) Blocks() Blocks { return Blocks{0, m.source.Blocks()} }

// Pooler is the last layer.
func (m *Model) Pooler() layers.SumPooler { return m.layers[len(m.layers)-1].(layers.SumPooler) }

// Shares is room for S of all nodes.
func (m *Model) Shares() *Shares { return NewShares(m.source.Meta().Nodes, m.k, m.store.Dtype()) }

// Forward writes S of the blocks into s, and tells each of the sums over the
// nodes of each block, in order, that w wants. s needs room for these blocks only.
func (m *Model) Forward(in Blocks, s *Shares, w Wants, each func(b int, sums Sums) error) error {
	if in.From >= in.To {
		return nil
	}
	first, _ := m.source.Rows(in.From)
	_, end := m.source.Rows(in.To - 1)
	if err := s.checkHas(first, end, m.k, m.store.Dtype()); err != nil {
		return err
	}
	m.hidden.begin(m.weights())
	return pass(m, in, what{hops: m.hops, degrees: true}, func(l *lane, first int) (Sums, error) {
		sums := NewSums(m.k)
		keep := m.roomForHidden(&l.block)
		err := l.eachTile(m.tile, len(m.hops), func(t tile) (err error) {
			lo, hi := first+t.lo, first+t.hi
			whole, to := hi-lo == m.tile, l.c
			if whole {
				to = s.tensor(lo, hi)
			}
			if keep == nil {
				err = l.forward.run(t.x, to)
			} else {
				err = l.keeping.forward.run(t.x, to, keep.tiles[t.number])
			}
			if err != nil {
				return err
			}
			if !whole { // the last rows are not wanted
				s.set(lo, hi, to)
			}
			d := l.block.degrees[t.lo:t.hi]
			if s.F64 != nil {
				l.f64.addNodes(&sums, s.rows64(lo, hi), d, m.k, w)
			} else {
				l.f32.addNodes(&sums, s.rows32(lo, hi), d, m.k, w)
			}
			return nil
		})
		if err == nil && keep != nil {
			m.hidden.done(l.block.number)
		}
		return sums, err
	}, each)
}

// pass reads blocks and works on them, each in a lane; first is the block's first
// node. each is told what they gave, in their order.
func pass[T any](m *Model, in Blocks, w what, work func(l *lane, first int) (T, error), each func(b int, x T) error) error {
	lanes := max(1, min(runtime.GOMAXPROCS(0), in.To-in.From))
	if err := m.compile(lanes); err != nil {
		return err
	}
	return inOrder(in, lanes, func(i, b int) (x T, err error) {
		l := m.lanes[i]
		if err := m.read.fill(&l.block, b, w); err != nil {
			return x, err
		}
		first, _ := m.source.Rows(b)
		return work(l, int(first))
	}, each)
}

// Edges tells each of the sums over the edges of each block, in order, from S of
// all nodes.
func (m *Model) Edges(in Blocks, s *Shares, each func(b int, sums Sums) error) error {
	if err := s.check(m.source.Meta().Nodes, m.k, m.store.Dtype()); err != nil {
		return err
	}
	for _, g := range m.groups(in) {
		if err := m.multiply(g, s, each); err != nil {
			return err
		}
	}
	return nil
}

// Gradients is the gradient of each weight that is trained, by its path, in the
// order of its elements.
type Gradients map[string][]float64

// Gradient tells each of the gradient of each block, in order, and with edges of
// its sums over edges: for by, the derivatives of the loss with respect to the
// sums, it is Σ by·∂sums/∂weights. Edges are read where edges is set; without
// them by.Inside has to be 0.
func (m *Model) Gradient(in Blocks, s *Shares, by Sums, edges bool, each func(b int, g Gradients, sums Sums) error) error {
	if err := s.check(m.source.Meta().Nodes, m.k, m.store.Dtype()); err != nil {
		return err
	}
	if !edges {
		return m.gradients(in, s, nil, by, func(b int, x Gradients) error { return each(b, x, Sums{}) })
	}
	for _, g := range m.groups(in) {
		var sums []Sums
		err := m.multiply(g, s, func(_ int, x Sums) error {
			sums = append(sums, x)
			return nil
		})
		if err != nil {
			return err
		}
		err = m.gradients(g, s, m.products, by, func(b int, x Gradients) error { return each(b, x, sums[b-g.From]) })
		if err != nil {
			return err
		}
	}
	return nil
}

// gradients tells each of the gradient of each block, in order, from S of all
// nodes and A·S of these; nil: by.Inside is 0.
func (m *Model) gradients(in Blocks, s, products *Shares, by Sums, each func(b int, x Gradients) error) error {
	rows := by.forRows()
	rows.temperature = m.lanes[0].backward.temperature
	weights := m.weights()
	return pass(m, in, what{hops: m.hops, degrees: true}, func(l *lane, first int) (Gradients, error) {
		out := Gradients{}
		kept, b := m.hidden.made(l.block.number, weights), l.backward
		if kept != nil {
			b = l.keeping.backward
		}
		err := l.eachTile(m.tile, len(m.hops), func(t tile) error {
			lo, hi := first+t.lo, first+t.hi
			if c, ok := l.c.Data().([]float64); ok {
				l.f64.outer(c, s.rows64(lo, hi), products.rows64(lo, hi), &l.block, t, rows)
			} else {
				l.f32.outer(l.c.Data().([]float32), s.rows32(lo, hi), products.rows32(lo, hi), &l.block, t, rows)
			}
			if err := b.run(t.x, l.c, kept.tile(t.number)); err != nil {
				return err
			}
			return b.take(out)
		})
		return out, err
	}, each)
}

// Keep lets the model keep blocks in memory from pass to pass, in so many bytes
// in all, so that they are read once, and where there is room for all blocks, in
// what is left what the first layer gives from Forward to Gradient, so that it is
// computed once. Results have the same bits.
func (m *Model) Keep(bytes int64) {
	left := m.leftForHidden(bytes)
	m.read.kept, m.hidden = newKept(bytes-left), newHidden(left)
}

// Close gives up the compiled graphs, and what was kept.
func (m *Model) Close() (err error) {
	m.Keep(0)
	m.products = nil
	for _, l := range m.lanes {
		err = errors.Join(err, l.close())
	}
	return err
}
