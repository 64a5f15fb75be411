package shard

import "github.com/graphpool/graphpool/modes/graphfile"

// FromDisk is g as a source, whose edges are not in memory. Where g has X, which
// is read row after row, the source is for one [Write].
func FromDisk(g *graphfile.DiskGraph) Source {
	s := FromGraph(g.Graph)
	s.Weighted = g.Weighted
	s.Edges = func(lo, hi int64, e *Edges) (err error) {
		e.Ptr, e.Col, e.Weight, err = g.Rows(int(lo), int(hi), append(e.Ptr[:0], 0), e.Col[:0], e.Weight[:0])
		return err
	}
	if g.X != nil {
		s.Features = g.X.Cols
		s.X = func(_, _ int64, to []float32) error { return g.X.Next(to) }
	}
	return s
}
