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
	edges        Edges
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

// reader reads blocks. Several goroutines may use it.
type reader struct {
	source            Source
	rows, tile, width int // of the largest block, of a compiled graph, of the features
	dtype             tensor.Dtype
}

// room is memory for the features of so many rows.
func (r *reader) room(rows int) *features {
	n := (rows + r.tile - 1) / r.tile
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

// fill reads a block.
func (r *reader) fill(b *block, number int, w what) (err error) {
	lo, hi := r.source.Rows(number)
	b.number, b.rows = number, int(hi-lo)
	if b.rows < 1 || b.rows > r.rows {
		return fmt.Errorf("stream: block %d has %d rows, want 1 to %d", number, b.rows, r.rows)
	}
	for i, h := range w.hops {
		if len(b.features) <= i {
			b.features = append(b.features, r.room(r.rows))
		}
		if err := r.readFeatures(b, b.features[i], h); err != nil {
			return err
		}
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
	if err := r.source.Edges(number, &b.edges); err != nil {
		return err
	}
	return checkEdges(&b.edges, number, b.rows)
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
