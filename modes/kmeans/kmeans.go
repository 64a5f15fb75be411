// Package kmeans partitions rows of numbers into k clusters of small spread, and
// measures clusters of rows without labels.
//
// Distances of all rows to all centres are one dense product a block of rows;
// everything runs on several threads and has the same bits at any number of
// them.
package kmeans

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Options of [Cluster].
type Options struct {
	K        int    // clusters, at least 1
	Restarts int    // starts of which the best is kept; 0 means 10
	Steps    int    // the most steps of one start; 0 means 100
	Sample   int    // the most rows that a start uses where there are several; 0 means max(20,000, 500·K)
	Seed     uint64 // of the starts
}

// Result is a clustering of rows.
type Result struct {
	Labels  []int     // the cluster of each row, 0 to K−1
	Centres []float32 // K rows, the means of the clusters
	Inertia float64   // Σ of the squared distances of rows to the centre of their cluster
	Steps   int       // steps of the last descent
}

func (o Options) withDefaults() Options {
	if o.Restarts == 0 {
		o.Restarts = 10
	}
	if o.Steps == 0 {
		o.Steps = 100
	}
	if o.Sample == 0 {
		o.Sample = max(20000, 500*o.K)
	}
	return o
}

func (o Options) check(rows, cols, values int) error {
	switch {
	case o.K < 1:
		return fmt.Errorf("kmeans: K = %d, want at least 1", o.K)
	case o.Restarts < 0 || o.Steps < 0 || o.Sample < 0:
		return fmt.Errorf("kmeans: Restarts, Steps, Sample = %d, %d, %d, want at least 0", o.Restarts, o.Steps, o.Sample)
	case rows < 0 || cols < 0 || rows*cols != values:
		return fmt.Errorf("kmeans: %d values for %d rows of %d, want %d", values, rows, cols, rows*cols)
	}
	return nil
}

// Cluster finds K clusters of the rows of x, rows×cols, whose squared distances
// to their centres sum to little: k-means++ starts, each with 2 + ln K trials
// for every centre of which the best is kept, then Lloyd's steps until no row
// changes, or the sum falls by less than a millionth.
//
// Where there are more rows than Sample, the starts use that many of them,
// drawn without repetition, and only the best goes on with all rows.
//
// A cluster that becomes empty is given the row that is furthest from its
// centre; where fewer rows differ than K there are empty clusters, with centres
// equal to others. Values may be of any size. It errs where an option is out of
// range or a value is not finite.
//
// Source: D. Arthur, S. Vassilvitskii, k-means++: The Advantages of Careful
// Seeding, SODA 2007.
func Cluster(x []float32, rows, cols int, o Options) (Result, error) {
	if err := o.check(rows, cols, len(x)); err != nil {
		return Result{}, err
	}
	for i, v := range x {
		if v-v != 0 {
			return Result{}, fmt.Errorf("kmeans: value %d is %v, want a finite number", i, v)
		}
	}
	o = o.withDefaults()
	if rows == 0 || cols == 0 {
		return Result{Labels: make([]int, rows), Centres: make([]float32, o.K*cols)}, nil
	}
	unit := unitOf(x)
	r := bestOf(inUnits(x, unit), rows, cols, o)
	r.Centres = inUnits(r.Centres, -unit)
	r.Inertia = math.Ldexp(r.Inertia, 2*unit)
	return r, nil
}

// bestOf is the best result of all starts.
func bestOf(x []float32, rows, cols int, o Options) Result {
	some, sampled := x, rows > o.Sample && o.Restarts > 1
	if sampled {
		some = sample(x, rows, cols, o.Sample, o.Seed)
	}
	s := newSearch(some, cols, o.K)
	best := Result{Inertia: math.Inf(1)}
	for i := range o.Restarts {
		r := s.descend(s.start(rand.New(rand.NewPCG(o.Seed, uint64(i)))), o.Steps)
		if r.Inertia < best.Inertia {
			best = r
		}
	}
	if sampled {
		return newSearch(x, cols, o.K).descend(best.Centres, o.Steps)
	}
	return best
}

// sample is n different rows of x, in their order.
func sample(x []float32, rows, cols, n int, seed uint64) []float32 {
	r := rand.New(rand.NewPCG(seed, math.MaxUint64))
	out := make([]float32, 0, n*cols)
	for i := range rows { // each row with the chance that is left: Knuth's algorithm S
		if left := n - len(out)/cols; r.IntN(rows-i) < left {
			out = append(out, x[i*cols:(i+1)*cols]...)
		}
	}
	return out
}
