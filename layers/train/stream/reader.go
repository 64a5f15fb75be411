package stream

import (
	"fmt"

	"gorgonia.org/tensor"
)

// block is what a pass reads of one block. Its rows are padded to those of the
// compiled graph, with features of 0.
type block struct {
	number, rows int
	features     []*tensor.Dense // one for each hop
	degrees      []float64
	edges        Edges

	read []float32 // of one hop, where the dtype is another
}

// what names what a pass reads.
type what struct {
	hops    []int // of the features; nil: none
	degrees bool
	edges   bool
}

// reader reads blocks one ahead of those that are worked on.
type reader struct {
	source      Source
	rows, width int // of the compiled graph
	dtype       tensor.Dtype
	free        []*block
}

// aheads is how many blocks are in memory: the one that is worked on, and the
// next.
const aheads = 2

// each calls f on the blocks in order, while the next one is being read.
func (r *reader) each(in Blocks, w what, f func(*block) error) error {
	for len(r.free) < aheads {
		r.free = append(r.free, &block{})
	}
	type result struct {
		*block
		err error
	}
	free, full := make(chan *block, aheads), make(chan result, aheads)
	for _, b := range r.free {
		free <- b
	}
	go func() {
		defer close(full)
		for n := in.From; n < in.To; n++ {
			b, ok := <-free
			if !ok {
				return
			}
			err := r.fill(b, n, w)
			if full <- (result{b, err}); err != nil {
				return
			}
		}
	}()
	var failed error
	for got := range full {
		if failed == nil {
			failed = got.err
		}
		if failed == nil {
			failed = f(got.block)
		}
		if failed != nil {
			break
		}
		free <- got.block
	}
	if failed != nil {
		close(free)
		for range full { // until the goroutine has ended
		}
	}
	return failed
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
			b.features = append(b.features, tensor.New(tensor.Of(r.dtype), tensor.WithShape(r.rows, r.width)))
		}
		if err := r.readFeatures(b, i, h); err != nil {
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

// readFeatures reads ÂʰX as the tensor of the i-th hop.
func (r *reader) readFeatures(b *block, i, hop int) error {
	n := b.rows * r.width
	if narrow, ok := b.features[i].Data().([]float32); ok {
		have, err := r.source.Features(hop, b.number, narrow[:n])
		if err != nil {
			return err
		}
		if len(have) != n {
			return r.wrongFeatures(b, len(have))
		}
		copy(narrow, have) // nothing to do where it filled what it was given
		clear(narrow[n:])
		return nil
	}
	have, err := r.source.Features(hop, b.number, b.read)
	if err != nil {
		return err
	}
	if b.read = have; len(have) != n {
		return r.wrongFeatures(b, len(have))
	}
	wide := b.features[i].Data().([]float64)
	for j, v := range have {
		wide[j] = float64(v)
	}
	clear(wide[n:])
	return nil
}

func (r *reader) wrongFeatures(b *block, have int) error {
	return fmt.Errorf("stream: block %d has %d numbers of features, want %d×%d", b.number, have, b.rows, r.width)
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
