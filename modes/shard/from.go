package shard

import (
	"fmt"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// FromGraph is g as a source, with its features, labels and names. Sparse
// features are made dense.
func FromGraph(g *graphfile.Graph) Source {
	a := rows32{ptr: g.RowPtr, col: g.Col, weight: g.Weights}
	s := Source{Nodes: int64(g.Nodes), Weighted: g.Weights != nil, Classes: g.LabelNames, Edges: a.edges}
	if f := g.Features; f != nil {
		s.Features, s.X = f.Cols, featureRows(f)
	}
	if g.Labels != nil {
		s.Labels = func(lo, hi int64, labels []int32) error {
			for i, l := range g.Labels[lo:hi] {
				labels[i] = int32(l)
			}
			return nil
		}
	}
	if g.Names != nil {
		s.Names = func(lo, hi int64, names []string) error {
			copy(names, g.Names[lo:hi])
			return nil
		}
	}
	return s
}

// rows32 is A in memory.
type rows32 struct {
	ptr, col []int32
	weight   []float32
}

func (a rows32) edges(lo, hi int64, e *Edges) error {
	p, q := a.ptr[lo], a.ptr[hi]
	e.Ptr = grown(e.Ptr, int(hi-lo)+1)
	for i := range e.Ptr {
		e.Ptr[i] = int64(a.ptr[lo+int64(i)] - p)
	}
	e.Col = append(e.Col[:0], a.col[p:q]...)
	e.Weight = nil
	if a.weight != nil {
		e.Weight = a.weight[p:q]
	}
	return nil
}

// featureRows gives rows of f.
func featureRows(f *graphfile.Features) func(lo, hi int64, x []float32) error {
	n := int64(f.Cols)
	return func(lo, hi int64, x []float32) error {
		if f.Dense != nil {
			copy(x, f.Dense[lo*n:hi*n])
			return nil
		}
		clear(x)
		for i := lo; i < hi; i++ {
			row := x[(i-lo)*n:]
			for p := f.RowPtr[i]; p < f.RowPtr[i+1]; p++ {
				row[f.Col[p]] = f.Value(int(p))
			}
		}
		return nil
	}
}

// FromHost is h as a source. Weights and features are rounded to float32. A
// dense adjacency is read by its elements that are not 0; edge attributes are
// left out.
//
// It errs for a graph that modes.Host.Check refuses, and for one whose
// adjacency is not symmetric as float32, by the entry: training by sums over
// edges needs both directions, which graphfile gives a file's edges.
func FromHost(h *modes.Host) (Source, error) {
	if err := h.Check(); err != nil {
		return Source{}, fmt.Errorf("shard: %w", err)
	}
	a := hostRows(h)
	if i, j, ok := a.lopsided(h.Nodes); ok {
		return Source{}, fmt.Errorf("shard: the entry (%d, %d) of A has no equal (%d, %d), want A symmetric", i, j, j, i)
	}
	s := Source{Nodes: int64(h.Nodes), Weighted: a.weight != nil, Edges: a.edges}
	s.Features, s.X = hostFeatures(h)
	return s, nil
}
