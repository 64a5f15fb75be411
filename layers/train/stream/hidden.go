package stream

import (
	"math"
	"runtime"
	"sync"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/host"
)

// hidden is what the first layer gave of blocks in the last forward pass, for as
// many blocks as there is room for. The backward pass reads it there, and does not
// compute it again.
type hidden struct {
	bytes   int64 // the room of all
	mu      sync.Mutex
	left    int64               // bytes
	weights uint64              // the fingerprint of the weights of the last forward pass
	blocks  map[int]*activation // by number
}

// activation is what a layer gave of a block, cut into tiles as the features are.
type activation struct {
	tiles []*tensor.Dense
	made  bool // by the weights of the last forward pass
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

// begin starts a forward pass by weights of this fingerprint. By other weights
// than before, nothing is made yet.
func (h *hidden) begin(weights uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.weights == weights {
		return
	}
	h.weights = weights
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

// made is what was made of a block by weights of this fingerprint; nil for
// nothing.
func (h *hidden) made(block int, weights uint64) *activation {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a := h.blocks[block]; a != nil && a.made && h.weights == weights {
		return a
	}
	return nil
}

// weights is the fingerprint of the weights as they are now; 0 where nothing is
// kept that depends on them.
func (m *Model) weights() uint64 {
	if m.hidden.bytes == 0 {
		return 0
	}
	var of []float64 // the bits of a fingerprint for each
	for p := range m.store.All() {
		switch x := p.Tensor.Data().(type) {
		case []float64:
			of = append(of, math.Float64frombits(host.Fingerprint(x)))
		case []float32:
			of = append(of, math.Float64frombits(host.Fingerprint(x)))
		}
	}
	return host.Fingerprint(of)
}

// roomForHidden is room for what the first layer gives of a block; nil for none.
func (m *Model) roomForHidden(b *block) *activation {
	if m.hidden.bytes == 0 {
		return nil
	}
	h := m.lanes[0].forward.hidden
	return m.hidden.room(b.number, m.read.tiles(b.rows), h.Shape(), h.Dtype())
}

// leftForHidden is what is left of so many bytes when all blocks are kept, and
// what is compiled to keep what the first layer gives has its memory; 0 where
// that cannot be recalled, or is more for a block.
func (m *Model) leftForHidden(bytes int64) int64 {
	if !m.recalls {
		return 0
	}
	meta, h := m.source.Meta(), m.lanes[0].forward.hidden
	for b := range m.source.Blocks() {
		lo, hi := m.source.Rows(b)
		bytes -= m.read.bytes(int(hi-lo)) * int64(len(m.hops))
	}
	const entry, row = 4 + 4, 8 // a column and a weight; where a row begins
	bytes -= entry*meta.Entries + row*(meta.Nodes+int64(m.source.Blocks()))

	units, size := int64(h.Shape()[1]), int64(h.Dtype().Size())
	const matrices, gradients = 4, 3 // of a row a node; of the first layer's weights, with parts of their sums
	tile := int64(m.tile) * size
	weights := int64(len(m.hops)) * int64(m.read.width) * units * size
	bytes -= int64(runtime.GOMAXPROCS(0)) * (matrices*tile*(units+int64(m.k)) + gradients*weights)
	if bytes < tile*units {
		return 0
	}
	return bytes
}
