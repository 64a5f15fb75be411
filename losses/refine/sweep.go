package refine

import (
	"fmt"
	"math"
)

// Sweep is [Moves] on a graph that is given some rows at a time, as from a store
// on disk. It takes 5 bytes a node. Nodes are visited in the order of the rows: all
// in the first sweep, then those beside a node that moved, and once none is left
// all again, until none moves or there were 50 sweeps:
//
//	s, err := refine.NewSweep(clusters, k)
//	err = s.Degrees(d)                // of all nodes, some at a time
//	for s.Next() {
//		for each block of rows that s.Wants {
//			err = s.Rows(first, ptr, col, weights)
//		}
//	}
//	refined := s.Clusters()
//
// How the rows are cut into blocks changes nothing. A move never lowers modularity,
// so the clusters may be taken at any time.
type Sweep struct {
	*mover         // its graph has only the total
	counted int    // rows whose degrees are known
	waiting []bool // to be visited
	sweeps  int    // so far
	moved   bool   // since all were to be visited
}

// mostSweeps is how many sweeps there are of a graph whose nodes never settle.
const mostSweeps = maxVisits

// NewSweep prepares for the nodes of clusters 0 to k−1; a node may begin one that
// is empty. It errs for other numbers.
func NewSweep(clusters []int, k int) (*Sweep, error) {
	of, err := numbers(clusters, k)
	if err != nil {
		return nil, err
	}
	s := &Sweep{mover: countOf(&graph{}, of, k), waiting: make([]bool, len(of))}
	s.beginEmpty()
	s.visitAll()
	return s, nil
}

// Degrees takes the sums of the next rows of A, diagonal and all. All are wanted
// before the first call of Rows.
func (s *Sweep) Degrees(d []float64) error {
	if s.counted+len(d) > len(s.of) {
		return fmt.Errorf("refine: degrees of the nodes %d to %d, want them of %d nodes", s.counted, s.counted+len(d)-1, len(s.of))
	}
	for _, v := range d {
		if !(v >= 0) || math.IsInf(v, 1) {
			return fmt.Errorf("refine: the degree of node %d is %v, want a finite one of at least 0", s.counted, v)
		}
		s.volume[s.of[s.counted]] += v
		s.g.total += v
		s.counted++
	}
	return nil
}

// Next begins a sweep, and tells whether there is one left.
func (s *Sweep) Next() bool {
	if s.sweeps == mostSweeps {
		return false
	}
	s.sweeps++
	if s.Wants(0, len(s.of)) {
		return true
	}
	if !s.moved {
		return false
	}
	s.visitAll()
	return true
}

// visitAll has all nodes visited.
func (s *Sweep) visitAll() {
	s.moved = false
	for i := range s.waiting {
		s.waiting[i] = true
	}
}

// Wants tells whether a node from lo to hi−1 is to be visited.
func (s *Sweep) Wants(lo, hi int) bool {
	for _, w := range s.waiting[lo:hi] {
		if w {
			return true
		}
	}
	return false
}

// Rows visits the nodes from first on that are to be visited, by their rows of A in
// compressed form: the i-th has the entries ptr[i] to ptr[i+1] of col, and of
// weights, which are nil where all are 1. It errs where rows do not fit each other
// or the graph; nodes before the row at fault may have moved.
func (s *Sweep) Rows(first int, ptr []int64, col []int32, weights []float32) error {
	n := len(ptr) - 1
	if n < 0 || first < 0 || first+n > len(s.of) || ptr[0] != 0 || ptr[n] != int64(len(col)) || weights != nil && len(weights) != len(col) {
		return fmt.Errorf("refine: %d rows from %d on of %d with %d columns and %d weights do not fit", n, first, len(s.of), len(col), len(weights))
	}
	if s.counted != len(s.of) {
		return fmt.Errorf("refine: the degrees of %d nodes are known, want all %d", s.counted, len(s.of))
	}
	for r := range n {
		i, from, to := first+r, ptr[r], ptr[r+1]
		if from > to || to > int64(len(col)) {
			return fmt.Errorf("refine: row %d has the entries %d to %d of %d", i, from, to, len(col))
		}
		if !s.waiting[i] {
			continue
		}
		s.waiting[i] = false
		var of []float32
		if weights != nil {
			of = weights[from:to]
		}
		if err := s.row(i, col[from:to], of); err != nil {
			return err
		}
	}
	return nil
}

// row visits node i. Where it moves, its neighbours in other clusters are to be
// visited.
func (s *Sweep) row(i int, col []int32, weights []float32) error {
	defer s.near.reset()
	degree := 0.
	for e, j := range col {
		w := 1.
		if weights != nil {
			w = float64(weights[e])
		}
		if j < 0 || int(j) >= len(s.of) {
			return fmt.Errorf("refine: a column of row %d is %d, want 0 to %d", i, j, len(s.of)-1)
		}
		if !(w >= 0) || math.IsInf(w, 1) {
			return fmt.Errorf("refine: a weight of row %d is %v, want a finite one of at least 0", i, w)
		}
		degree += w
		if int(j) != i {
			s.near.count(s.of[j], w)
		}
	}
	if s.g.total <= 0 || !s.choose(i, degree) {
		return nil
	}
	s.moved = true
	for _, j := range col {
		if s.of[j] != s.of[i] {
			s.waiting[j] = true
		}
	}
	return nil
}

// Clusters is those of all nodes.
func (s *Sweep) Clusters() []int { return ints(s.of) }
