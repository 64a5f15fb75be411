package shard

import (
	"fmt"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// FromDisk is g as a source, whose edges are not in memory. x are its features
// where they stand beside its file; nil: those of g. As they are read row after
// row, the source is for one [Write].
//
// It errs where x is not of g's nodes.
func FromDisk(g *graphfile.DiskGraph, x *graphfile.FeatureRows) (Source, error) {
	s := FromGraph(g.Graph)
	s.Weighted = g.Weighted
	s.Edges = func(lo, hi int64, e *Edges) (err error) {
		e.Ptr, e.Col, e.Weight, err = g.Rows(int(lo), int(hi), append(e.Ptr[:0], 0), e.Col[:0], e.Weight[:0])
		return err
	}
	if x == nil {
		x = g.X
	}
	if x == nil {
		return s, nil
	}
	if int64(x.Rows) != s.Nodes {
		return s, fmt.Errorf("shard: features of %d rows, want one a node (%d)", x.Rows, s.Nodes)
	}
	s.Features = x.Cols
	s.X = func(_, _ int64, to []float32) error { return x.Next(to) }
	return s, nil
}
