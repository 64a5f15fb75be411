package shard

import "sort"

// FromStore is s as a source, for a store of other blocks, another type or more
// hops. It reads X as s keeps it, and does not close s.
func FromStore(s *Store) Source {
	m := s.Meta()
	out := Source{Nodes: m.Nodes, Features: m.Features, Weighted: m.Weighted, Classes: m.Classes}
	out.Edges = func(lo, hi int64, e *Edges) error {
		var part Edges
		e.Ptr, e.Col, e.Weight = append(e.Ptr[:0], 0), e.Col[:0], e.Weight[:0]
		return s.span(lo, hi, func(b int, from, to int64) error {
			if err := s.Edges(b, &part); err != nil {
				return err
			}
			shift := int64(len(e.Col)) - part.Ptr[from]
			for _, p := range part.Ptr[from+1 : to+1] {
				e.Ptr = append(e.Ptr, p+shift)
			}
			p, q := part.Ptr[from], part.Ptr[to]
			e.Col = append(e.Col, part.Col[p:q]...)
			if m.Weighted {
				e.Weight = append(e.Weight, part.Weight[p:q]...)
			}
			return nil
		})
	}
	if m.Features > 0 {
		out.X = spanned(s, m.Features, func(b int, dst []float32) ([]float32, error) { return s.Features(0, b, dst) })
	}
	if m.Labels {
		out.Labels = spanned(s, 1, s.Labels)
	}
	if m.Ordered {
		out.Order = spanned(s, 1, s.Order)
	}
	if m.Named {
		out.Names = spanned(s, 1, s.Names)
	}
	return out
}

// span calls f for each block with rows from lo up to hi, and which of its
// rows these are.
func (s *Store) span(lo, hi int64, f func(b int, from, to int64) error) error {
	b := sort.Search(s.Blocks(), func(b int) bool { return s.blocks[b+1].row > lo })
	for ; b < s.Blocks() && s.blocks[b].row < hi; b++ {
		first, end := s.Rows(b)
		if err := f(b, max(lo, first)-first, min(hi, end)-first); err != nil {
			return err
		}
	}
	return nil
}

// spanned reads rows of so many values across blocks.
func spanned[T any](s *Store, width int, read func(b int, dst []T) ([]T, error)) func(lo, hi int64, to []T) error {
	var part []T
	return func(lo, hi int64, to []T) error {
		return s.span(lo, hi, func(b int, from, end int64) error {
			var err error
			if part, err = read(b, part); err != nil {
				return err
			}
			to = to[copy(to, part[from*int64(width):end*int64(width)]):]
			return nil
		})
	}
}
