package shard

import "sort"

// FromStore is s as a source, for a store of other blocks, another type, more
// hops or another order. It reads X as s keeps it, and does not close s. Single
// rows of edges and X are read alone, once their block was checked.
func FromStore(s *Store) Source {
	m := s.Meta()
	out := Source{Nodes: m.Nodes, Features: m.Features, Weighted: m.Weighted, Classes: m.Classes}
	out.Edges = func(lo, hi int64, e *Edges) error {
		var part Edges
		e.Ptr, e.Col, e.Weight = append(e.Ptr[:0], 0), e.Col[:0], e.Weight[:0]
		return s.span(lo, hi, func(b int, from, to int64) error {
			if err := s.edges(b, from, to, &part, nil); err != nil {
				return err
			}
			shift := int64(len(e.Col))
			for _, p := range part.Ptr[1:] {
				e.Ptr = append(e.Ptr, p+shift)
			}
			e.Col, e.Weight = append(e.Col, part.Col...), append(e.Weight, part.Weight...)
			return nil
		})
	}
	if m.Features > 0 {
		out.X = func(lo, hi int64, x []float32) error {
			return s.span(lo, hi, func(b int, from, to int64) error {
				n := int(to-from) * m.Features
				err := s.features(0, b, from, x[:n])
				x = x[n:]
				return err
			})
		}
	}
	if m.Labels {
		out.Labels = spanned(s, s.Labels)
	}
	if m.Ordered {
		out.Order = spanned(s, s.Order)
	}
	if m.Named {
		out.Names = spanned(s, s.Names)
	}
	return out
}

// span calls f for each block with rows from lo up to hi, and which of these are
// its own.
func (s *Store) span(lo, hi int64, f func(b int, from, to int64) error) error {
	b := sort.Search(s.Blocks(), func(b int) bool { return s.blocks[b+1].row > lo })
	for ; b < s.Blocks() && s.blocks[b].row < hi; b++ {
		first, end := s.Rows(b)
		if err := f(b, max(lo, first), min(hi, end)); err != nil {
			return err
		}
	}
	return nil
}

// spanned reads a column across blocks.
func spanned[T any](s *Store, read func(b int, dst []T) ([]T, error)) func(lo, hi int64, to []T) error {
	var part []T
	return func(lo, hi int64, to []T) error {
		return s.span(lo, hi, func(b int, from, end int64) error {
			var err error
			if part, err = read(b, part); err != nil {
				return err
			}
			first, _ := s.Rows(b)
			to = to[copy(to, part[from-first:end-first]):]
			return nil
		})
	}
}
