package stream

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// Model is a model on the blocks of a source. Its passes take plain values and
// give plain values, for any group of blocks: they can run in other processes,
// each with the same weights.
//
//	Forward   writes S of the blocks, and gives their sums over nodes
//	Edges     gives their sums over edges, from S of all nodes
//	Gradient  gives ∂⟨G, sums⟩/∂weights, G = ∂loss/∂sums
//
// One compiled graph serves all blocks. It is not for several goroutines at once.
type Model struct {
	source  Source
	store   *param.Store
	layers  []layers.Layer
	hops    []int // of the features that it reads
	k, rows int
	read    *reader

	forward  *forward
	backward *backward
	f32      neighbours[float32]
	f64      neighbours[float64]
	nodes    nodes
	c        *tensor.Dense // ∂L/∂S of a block
}

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
	of, err := layers.HopsOf(ls...)
	if err != nil {
		return nil, err
	}
	m := &Model{source: source, store: store, layers: ls, rows: largest(source)}
	for _, h := range of {
		m.hops = append(m.hops, hops+h)
	}
	if err := checkSource(source, m.hops); err != nil {
		return nil, err
	}
	m.read = &reader{source: source, rows: m.rows, width: source.Meta().Features, dtype: store.Dtype()}
	if err := m.compile(); err != nil {
		return nil, err
	}
	return m, nil
}

// compile builds the two graphs.
func (m *Model) compile() error {
	b, err := newBlockGraph(m.store, m.layers, m.rows, m.read.width)
	if err != nil {
		return err
	}
	m.k = b.clusters()
	if m.forward, err = newForward(b); err != nil {
		return err
	}
	if b, err = newBlockGraph(m.store, m.layers, m.rows, m.read.width); err != nil {
		return err
	}
	m.backward, err = newBackward(b)
	m.c = tensor.New(tensor.Of(m.store.Dtype()), tensor.WithShape(m.rows, m.k))
	return err
}

// K is the number of clusters.
func (m *Model) K() int { return m.k }

// Blocks is all blocks of the source.
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
	return m.read.each(in, what{hops: m.hops, degrees: true}, func(b *block) error {
		v, err := m.forward.run(b.features)
		if err != nil {
			return err
		}
		lo, _ := m.source.Rows(b.number)
		to := int(lo-s.First) * m.k
		if x, ok := v.Data().([]float64); ok {
			return each(b.number, written(&m.nodes, s.F64[to:], x, b, m.k, w))
		}
		return each(b.number, written(&m.nodes, s.F32[to:], v.Data().([]float32), b, m.k, w))
	})
}

// written puts S of a block to its place, and gives its sums.
func written[T ops.Float](n *nodes, to, x []T, b *block, k int, w Wants) Sums {
	x = x[:b.rows*k]
	copy(to, x)
	return n.sums(widened(n, x), b.degrees, k, w)
}

// Edges tells each of the sums over the edges of each block, in order, from S of
// all nodes.
func (m *Model) Edges(in Blocks, s *Shares, each func(b int, sums Sums) error) error {
	if err := s.check(m.source.Meta().Nodes, m.k, m.store.Dtype()); err != nil {
		return err
	}
	return m.read.each(in, what{edges: true}, func(b *block) error {
		lo, _ := m.source.Rows(b.number)
		var sums Sums
		var err error
		if s.F64 != nil {
			sums, _, err = sumsAndProduct(&m.f64, b, s.F64, int(lo), m.k)
		} else {
			sums, _, err = sumsAndProduct(&m.f32, b, s.F32, int(lo), m.k)
		}
		if err != nil {
			return err
		}
		return each(b.number, sums)
	})
}

// sumsAndProduct is the sums over the edges of a block, and A·S.
func sumsAndProduct[T ops.Float](n *neighbours[T], b *block, s []T, lo, k int) (Sums, []T, error) {
	as, err := n.of(b, s, k)
	if err != nil {
		return Sums{}, nil, err
	}
	sums := edgeSums(&b.edges, k)
	inside(sums.Inside, s[lo*k:(lo+b.rows)*k], as)
	return sums, as, nil
}

// Gradients is the gradient of each weight that is trained, by its path, in the
// order of its elements.
type Gradients map[string][]float64

// Gradient tells each of the gradient of each block, in order, and with edges of
// its sums over edges: for by, the derivatives of the loss with respect to the
// sums, it is Σ by·∂sums/∂weights. The gradients are overwritten for the next
// block. Edges are read where edges is set; without them by.Inside has to be 0.
func (m *Model) Gradient(in Blocks, s *Shares, by Sums, edges bool, each func(b int, g Gradients, sums Sums) error) error {
	if err := s.check(m.source.Meta().Nodes, m.k, m.store.Dtype()); err != nil {
		return err
	}
	g := Gradients{}
	return m.read.each(in, what{hops: m.hops, degrees: true, edges: edges}, func(b *block) error {
		sums, err := m.outer(b, s, by, edges)
		if err != nil {
			return err
		}
		if err := m.backward.run(b.features, m.c); err != nil {
			return err
		}
		if err := m.take(g); err != nil {
			return err
		}
		return each(b.number, g, sums)
	})
}

// outer sets m.c to ∂L/∂S of a block, 0 where it is padded.
func (m *Model) outer(b *block, s *Shares, by Sums, edges bool) (Sums, error) {
	lo, _ := m.source.Rows(b.number)
	if c, ok := m.c.Data().([]float64); ok {
		return outer(&m.f64, c, b, s.F64, int(lo), by, edges)
	}
	return outer(&m.f32, m.c.Data().([]float32), b, s.F32, int(lo), by, edges)
}

func outer[T ops.Float](n *neighbours[T], c []T, b *block, s []T, lo int, by Sums, edges bool) (sums Sums, err error) {
	k := len(by.Sizes)
	var as []T
	if edges {
		if sums, as, err = sumsAndProduct(n, b, s, lo, k); err != nil {
			return sums, err
		}
	}
	byShares(c[:b.rows*k], s[lo*k:(lo+b.rows)*k], as, b.degrees, by)
	clear(c[b.rows*k:])
	return sums, nil
}

// take copies the gradients of the last run.
func (m *Model) take(g Gradients) error {
	for _, u := range m.backward.sc.Used() {
		if u.Spec.Frozen {
			continue
		}
		t, err := m.backward.trainer.Gradient(u.Path)
		if err != nil {
			return err
		}
		x := grown(g[u.Path], t.Shape().TotalSize())
		switch v := t.Data().(type) {
		case []float64:
			copy(x, v)
		case []float32:
			for i, y := range v {
				x[i] = float64(y)
			}
		}
		g[u.Path] = x
	}
	return nil
}

// Close gives up the compiled graphs.
func (m *Model) Close() error {
	return errors.Join(m.forward.eval.Close(), m.backward.trainer.Close())
}
