package stream

import (
	"runtime"
	"slices"
	"sync"

	"gorgonia.org/tensor"
)

// hidden is what the first layer gave of blocks in the last forward pass, for as
// many blocks as there is room for. The backward pass reads it there, and does not
// compute it again.
type hidden struct {
	bytes  int64 // the room of all
	mu     sync.Mutex
	left   int64               // bytes
	of     []float64           // the weights by which it was made
	blocks map[int]*activation // by number
}

// activation is what a layer gave of a block, cut into tiles as the features are.
type activation struct {
	tiles []*tensor.Dense
	made  bool // by the weights of
}

func newHidden(bytes int64) *hidden {
	return &hidden{bytes: bytes, left: bytes, blocks: map[int]*activation{}}
}

// tile is a tile of a; nil of nothing.
func (a *activation) tile(number int) *tensor.Dense {
	if a == nil {
		return nil
	}
	return a.tiles[number]
}

// begin starts a forward pass by these weights. By other weights than before,
// nothing is made yet.
func (h *hidden) begin(weights []float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if slices.Equal(h.of, weights) {
		return
	}
	h.of = weights
	for _, a := range h.blocks {
		a.made = false
	}
}

// room is memory for what a layer of so many units gives of so many tiles of a
// block; nil where there is none left.
func (h *hidden) room(block, tiles int, shape tensor.Shape, dt tensor.Dtype) *activation {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a := h.blocks[block]; a != nil {
		return a
	}
	bytes := int64(tiles*shape.TotalSize()) * int64(dt.Size())
	if bytes > h.left {
		return nil
	}
	h.left -= bytes
	a := &activation{}
	for range tiles {
		a.tiles = append(a.tiles, tensor.New(tensor.Of(dt), tensor.WithShape(shape...)))
	}
	h.blocks[block] = a
	return a
}

// done tells that all tiles of a block are made.
func (h *hidden) done(block int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.blocks[block].made = true
}

// made is what was made of a block by these weights; nil for nothing.
func (h *hidden) made(block int, weights []float64) *activation {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a := h.blocks[block]; a != nil && a.made && slices.Equal(h.of, weights) {
		return a
	}
	return nil
}

// weights is the weights as they are now.
func (m *Model) weights() (all []float64) {
	if m.hidden.bytes == 0 {
		return nil
	}
	for p := range m.store.All() {
		switch x := p.Tensor.Data().(type) {
		case []float64:
			all = append(all, x...)
		case []float32:
			for _, v := range x {
				all = append(all, float64(v))
			}
		}
	}
	return all
}

// roomForHidden is room for what the first layer gives of a block; nil for none.
func (m *Model) roomForHidden(b *block) *activation {
	if m.hidden.bytes == 0 {
		return nil
	}
	h := m.lanes[0].forward.hidden
	return m.hidden.room(b.number, (b.rows+m.tile-1)/m.tile, h.Shape(), h.Dtype())
}

// leftForHidden is what is left of so many bytes when all blocks are kept, and
// what is compiled to keep what the first layer gives has its memory; 0 where
// that cannot be recalled.
func (m *Model) leftForHidden(bytes int64) int64 {
	if !m.recalls {
		return 0
	}
	h := m.lanes[0].forward.hidden
	meta := m.source.Meta()
	for b := range m.source.Blocks() {
		lo, hi := m.source.Rows(b)
		bytes -= m.read.bytes(int(hi-lo)) * int64(len(m.hops))
	}
	const entry, row, buffers = 12, 8, 4
	bytes -= entry*meta.Entries + row*(meta.Nodes+int64(m.source.Blocks()))
	bytes -= buffers * int64(runtime.GOMAXPROCS(0)) * int64(m.tile) * int64(h.Shape()[1]+m.k) * int64(h.Dtype().Size())
	return max(0, bytes)
}
