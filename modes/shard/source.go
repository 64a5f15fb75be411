package shard

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops/host"
)

// Edges is some rows of A: row i has the entries Ptr[i] to Ptr[i+1], of which
// Ptr[0] is 0. Columns are numbers of nodes in the whole graph, of which there
// are at most MaxNodes; Write refuses more.
type Edges struct {
	Ptr    []int64
	Col    []int32
	Weight []float32 // nil: all are 1
}

// Rows is the number of rows.
func (e *Edges) Rows() int { return max(0, len(e.Ptr)-1) }

// Source gives a graph some rows at a time, in any way: from memory, from a
// file, or drawn. A function that is nil stands for what the graph does not
// have. [Write] calls one function at a time, with ranges that follow each
// other from row 0 on, first Edges, then the others.
type Source struct {
	Nodes    int64 // at most MaxNodes
	Features int   // columns of X; 0: none
	Weighted bool  // whether Edges gives weights
	Classes  []string

	// Edges sets e to the rows from lo up to hi. A must be symmetric, which is
	// checked; entries of one place are edges beside each other.
	Edges func(lo, hi int64, e *Edges) error

	// X fills x with the rows from lo up to hi, row by row.
	X func(lo, hi int64, x []float32) error

	Labels func(lo, hi int64, labels []int32) error // classes, −1: none
	Order  func(lo, hi int64, order []int64) error  // what number each row had in the input
	Names  func(lo, hi int64, names []string) error // each of at most MaxName bytes
}

// check errs where the source does not say what it has.
func (s Source) check() error {
	switch {
	case s.Nodes < 0 || s.Nodes > MaxNodes:
		return fmt.Errorf("nodes = %d, want 0 to %d", s.Nodes, int64(MaxNodes))
	case s.Features < 0 || s.Features > maxFeatures:
		return fmt.Errorf("features = %d, want 0 to %d", s.Features, maxFeatures)
	case s.Edges == nil && s.Nodes > 0:
		return fmt.Errorf("the source has no Edges")
	case s.X == nil && s.Features > 0 && s.Nodes > 0:
		return fmt.Errorf("features = %d, but the source has no X", s.Features)
	}
	return nil
}

// checkEdges errs unless e is the rows lo to hi of a graph as s says.
func (s Source) checkEdges(lo, hi int64, e *Edges) error {
	if int64(len(e.Ptr)) != hi-lo+1 {
		return fmt.Errorf("%d row pointers for the rows %d to %d, want %d", len(e.Ptr), lo, hi, hi-lo+1)
	}
	if s.Weighted && len(e.Weight) != len(e.Col) {
		return fmt.Errorf("rows %d to %d have %d weights, want one for each of %d entries", lo, hi, len(e.Weight), len(e.Col))
	}
	if err := e.check(s.Nodes); err != nil {
		return fmt.Errorf("rows %d to %d: %w", lo, hi, err)
	}
	for p, w := range e.Weight {
		if d := float64(w); math.IsNaN(d) || math.IsInf(d, 0) {
			return fmt.Errorf("rows %d to %d: weight %d is %v, want a finite number", lo, hi, p, w)
		}
	}
	return nil
}

// check errs where the rows of e do not fit its entries or a column is none of
// so many nodes.
func (e *Edges) check(nodes int64) error {
	if e.Ptr[0] != 0 || e.Ptr[len(e.Ptr)-1] != int64(len(e.Col)) {
		return fmt.Errorf("row pointers from %d to %d, want 0 to %d", e.Ptr[0], e.Ptr[len(e.Ptr)-1], len(e.Col))
	}
	for i := range e.Rows() {
		if e.Ptr[i+1] < e.Ptr[i] {
			return fmt.Errorf("row pointer %d is %d, want at least %d", i+1, e.Ptr[i+1], e.Ptr[i])
		}
	}
	if p := host.FirstColumnOutside(e.Col, int(nodes)); p >= 0 {
		return fmt.Errorf("column of entry %d is %d, want 0 to %d", p, e.Col[p], nodes-1)
	}
	return nil
}
