package metrics

import (
	"fmt"
	"math"
)

// Scan measures a clustering on a graph that is given some rows at a time, as
// from a store on disk. It has the figures that [Evaluate], [Coverage] and
// [Parts] have of the whole graph, to the bit, and takes some bytes a node.
type Scan struct {
	clusters []int
	ids      []int32
	sizes    []int64
	cuts     cuts
	pieces   forest
	rows     int
	loops    int64
}

// NewScan prepares for the rows of a graph with a node for each of the clusters.
// They are kept, not copied. It errs for a number below −1.
func NewScan(clusters []int) (*Scan, error) {
	ids, sizes, err := compact("clusters", clusters)
	if err != nil {
		return nil, err
	}
	k := len(sizes)
	return &Scan{
		clusters: clusters, ids: ids, sizes: sizes, pieces: newForest(len(ids)),
		cuts: cuts{inside: make([]float64, k), volume: make([]float64, k), unit: 1},
	}, nil
}

// Rows takes the next rows of A in compressed form: row i has the entries ptr[i]
// to ptr[i+1] of col, and of weights, which are nil where all are 1. It errs
// where they do not fit each other or the graph.
func (s *Scan) Rows(ptr []int64, col []int32, weights []float32) error {
	n := len(ptr) - 1
	if n < 0 || s.rows+n > len(s.ids) || ptr[0] != 0 || ptr[n] != int64(len(col)) || weights != nil && len(weights) != len(col) {
		return fmt.Errorf("metrics: rows %d to %d of %d with %d columns and %d weights do not fit", s.rows, s.rows+n, len(s.ids), len(col), len(weights))
	}
	for i := range n {
		if ptr[i+1] < ptr[i] {
			return fmt.Errorf("metrics: the row pointer of row %d is %d, want at least %d", s.rows+i+1, ptr[i+1], ptr[i])
		}
		for p := ptr[i]; p < ptr[i+1]; p++ {
			w := 1.
			if weights != nil {
				w = float64(weights[p])
			}
			if err := s.entry(int32(s.rows+i), col[p], w); err != nil {
				return err
			}
		}
	}
	s.rows += n
	return nil
}

// entry takes an entry of A.
func (s *Scan) entry(i, j int32, w float64) error {
	switch {
	case j < 0 || int(j) >= len(s.ids):
		return fmt.Errorf("metrics: a column of row %d is %d, want 0 to %d", i, j, len(s.ids)-1)
	case !(w >= 0) || math.IsInf(w, 1):
		return fmt.Errorf("metrics: a weight of row %d is %v, want a finite weight of at least 0", i, w)
	}
	if i == j {
		s.loops++
	}
	c, d := s.ids[i], s.ids[j]
	if c != Unassigned {
		s.cuts.add(c, d, w)
	}
	if c == d {
		s.pieces.join(i, j)
	}
	return nil
}

// Loops is the number of entries on the diagonal.
func (s *Scan) Loops() int64 { return s.loops }

// Report is Evaluate of the graph; labels may be nil. It errs where rows are
// missing.
func (s *Scan) Report(labels []int) (Report, error) {
	if s.rows != len(s.ids) {
		return Report{}, fmt.Errorf("metrics: %d rows, want %d", s.rows, len(s.ids))
	}
	return s.cuts.report(s.clusters, labels, s.sizes)
}

// Coverage is that of the rows so far.
func (s *Scan) Coverage() float64 { return s.cuts.coverage() }

// Parts is those of the rows so far.
func (s *Scan) Parts() []Part { return s.cuts.parts(s.clusters, s.ids, s.sizes, s.pieces.roots()) }
