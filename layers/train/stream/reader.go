package stream

import (
	"fmt"

	"gorgonia.org/tensor"
)

// block is what a pass reads of one block.
type block struct {
	number, rows int
	features     []*features // one for each hop
	degrees      []float64
	edges        *Edges

	own      []*features // memory for blocks that are not kept
	ownEdges Edges
}

// features is those of the rows of a block, cut into tiles: as many rows as a
// compiled graph takes. Behind the last row stand zeros.
type features struct {
	tiles []*tensor.Dense
	f32   []float32
	f64   []float64
	read  []float32 // as the source gave it, where the dtype is another
}

// what names what a pass reads.
type what struct {
	hops    []int // of the features; nil: none
	degrees bool
	edges   bool
}

// reader reads blocks, but for those that were kept. Several goroutines may use
// it.
type reader struct {
	source            Source
	rows, tile, width int // of the largest block, of a compiled graph, of the features
	dtype             tensor.Dtype
	kept              *kept
}

// tiles is how many tiles so many rows have.
func (r *reader) tiles(rows int) int { return (rows + r.tile - 1) / r.tile }

// room is memory for the features of so many rows.
func (r *reader) room(rows int) *features {
	n := r.tiles(rows)
	size := r.tile * r.width
	f := &features{}
	if r.dtype == tensor.Float64 {
		f.f64 = make([]float64, n*size)
	} else {
		f.f32 = make([]float32, n*size)
	}
	for i := range n {
		shape := tensor.WithShape(r.tile, r.width)
		if f.f64 != nil {
			f.tiles = append(f.tiles, tensor.New(shape, tensor.WithBacking(f.f64[i*size:(i+1)*size])))
		} else {
			f.tiles = append(f.tiles, tensor.New(shape, tensor.WithBacking(f.f32[i*size:(i+1)*size])))
		}
	}
	return f
}

// bytes is the memory of the features of so many rows.
func (r *reader) bytes(rows int) int64 {
	n := int64(r.tiles(rows)) * int64(r.tile) * int64(r.width)
	if r.dtype == tensor.Float64 {
		return 8*n + 4*int64(rows)*int64(r.width)
	}
	return 4 * n
}

// fill reads a block.
func (r *reader) fill(b *block, number int, w what) (err error) {
	lo, hi := r.source.Rows(number)
	b.number, b.rows = number, int(hi-lo)
	if b.rows < 1 || b.rows > r.rows {
		return fmt.Errorf("stream: block %d has %d rows, want 1 to %d", number, b.rows, r.rows)
	}
	b.features = b.features[:0]
	for i, h := range w.hops {
		f, err := r.features(b, i, h)
		if err != nil {
			return err
		}
		b.features = append(b.features, f)
	}
	if w.degrees {
		if b.degrees, err = r.source.Degrees(number, b.degrees); err != nil {
			return err
		}
		if len(b.degrees) != b.rows {
			return fmt.Errorf("stream: block %d has %d degrees, want %d", number, len(b.degrees), b.rows)
		}
	}
	if !w.edges {
		return nil
	}
	return r.edges(b)
}

// features is ÂʰX of a block, the i-th of what a pass reads: as it was kept, or
// read.
func (r *reader) features(b *block, i, hop int) (*features, error) {
	at := place{hop, b.number}
	if f := r.kept.featuresOf(at); f != nil {
		return f, nil
	}
	if r.kept.take(r.bytes(b.rows)) {
		f := r.room(b.rows)
		err := r.readFeatures(b, f, hop)
		if err == nil {
			r.kept.keepFeatures(at, f)
		}
		return f, err
	}
	for len(b.own) <= i {
		b.own = append(b.own, r.room(r.rows))
	}
	return b.own[i], r.readFeatures(b, b.own[i], hop)
}

// edges sets the edges of a block.
func (r *reader) edges(b *block) error {
	if b.edges = r.kept.edgesOf(b.number); b.edges != nil {
		return nil
	}
	b.edges = &b.ownEdges
	if err := r.source.Edges(b.number, b.edges); err != nil {
		return err
	}
	if err := checkEdges(b.edges, b.number, b.rows); err != nil {
		return err
	}
	if r.kept.take(edgeBytes(b.edges)) {
		r.kept.keepEdges(b.number, copied(b.edges))
	}
	return nil
}

// readFeatures reads ÂʰX of a block.
func (r *reader) readFeatures(b *block, to *features, hop int) error {
	n := b.rows * r.width
	into := to.read
	if to.f32 != nil {
		into = to.f32[:n]
	}
	have, err := r.source.Features(hop, b.number, into)
	if err != nil {
		return err
	}
	if len(have) != n {
		return fmt.Errorf("stream: block %d has %d numbers of features, want %d×%d", b.number, len(have), b.rows, r.width)
	}
	if to.f32 != nil {
		if &have[0] != &to.f32[0] {
			copy(to.f32, have)
		}
		clear(to.f32[n:])
		return nil
	}
	to.read = have
	for j, v := range have {
		to.f64[j] = float64(v)
	}
	clear(to.f64[n:])
	return nil
}

// checkEdges errs unless the edges are rows of a block.
func checkEdges(e *Edges, number, rows int) error {
	switch {
	case len(e.Ptr) != rows+1:
		return fmt.Errorf("stream: block %d has %d row pointers, want %d", number, len(e.Ptr), rows+1)
	case e.Ptr[rows]-e.Ptr[0] != int64(len(e.Col)):
		return fmt.Errorf("stream: block %d has %d columns, want %d, as the row pointers say", number, len(e.Col), e.Ptr[rows]-e.Ptr[0])
	case len(e.Weight) != 0 && len(e.Weight) != len(e.Col):
		return fmt.Errorf("stream: block %d has %d weights, want none or %d", number, len(e.Weight), len(e.Col))
	}
	return nil
}
