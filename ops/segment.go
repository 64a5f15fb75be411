package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Segments says which segment each row belongs to.
//
// IDs has an element of dtype Int a row, in [0, Count), or −1 for a row that
// belongs to none; sorted ids are faster. IDs nil: every row belongs to the
// one segment there is, and Count is 1. The number of segments is given, not
// read off the ids, so that a trailing segment without rows is kept.
type Segments struct {
	IDs   *G.Node
	Count int
}

// OneSegment is a single segment that holds every row.
func OneSegment() Segments { return Segments{Count: 1} }

func (s Segments) check() error {
	if s.Count < 1 {
		return fmt.Errorf("number of segments = %d, want at least 1", s.Count)
	}
	if s.IDs == nil && s.Count != 1 {
		return fmt.Errorf("number of segments = %d without ids, want 1", s.Count)
	}
	return nil
}

// with is the inputs followed by the ids, where there are any.
func (s Segments) with(in ...*G.Node) []*G.Node {
	if s.IDs != nil {
		in = append(in, s.IDs)
	}
	return in
}

// withIDs is the refs followed by the ids among the inputs in, which are at
// position at if they are there at all.
func withIDs(in []ref, at int, refs ...ref) []ref {
	if at < len(in) {
		refs = append(refs, in[at])
	}
	return refs
}

// wantIDs errs unless the ids, input at, have an element for each row of
// input 0.
func wantIDs(at int) func([]tensor.Shape) error {
	return func(in []tensor.Shape) error {
		if at >= len(in) {
			return nil
		}
		if rows, _ := split(in[0]); rows != in[at].TotalSize() {
			return fmt.Errorf("%d rows and %d segment ids, want one id a row", rows, in[at].TotalSize())
		}
		return nil
	}
}
