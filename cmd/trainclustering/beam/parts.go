package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

// Run is the sum of what the blocks From to To−1 gave.
type Run struct {
	From, To int
	Values   []float64
}

// Parts is sums of blocks, in the order of the blocks. They are added in the
// order of a binary tree over the numbers of all blocks:
//
//	((0+1)+(2+3)) + ((4+5)+(6+7)) + …
//
// so that the last bits depend neither on the partitions nor on what comes first.
// Of n blocks next to each other it keeps at most 2 log₂ n runs.
type Parts struct{ Runs []Run }

// add adds runs of other blocks.
func (p Parts) add(q Parts) (Parts, error) {
	for _, r := range q.Runs {
		at, _ := slices.BinarySearchFunc(p.Runs, r, func(a, b Run) int { return a.From - b.From })
		if at > 0 && p.Runs[at-1].To > r.From || at < len(p.Runs) && p.Runs[at].From < r.To {
			return p, fmt.Errorf("the blocks %d to %d came twice", r.From, r.To-1)
		}
		p.Runs = slices.Insert(p.Runs, at, r)
		var err error
		if p.Runs, err = joined(p.Runs, at); err != nil {
			return p, err
		}
	}
	return p, nil
}

// joined joins the run at a place with its sibling in the tree, and what comes of
// it with its own.
func joined(runs []Run, at int) ([]Run, error) {
	for {
		n := runs[at].To - runs[at].From
		left := at
		if runs[at].From/n%2 == 1 {
			left--
		}
		if left < 0 || left+1 >= len(runs) {
			return runs, nil
		}
		a, b := runs[left], runs[left+1]
		if a.To != b.From || a.To-a.From != n || b.To-b.From != n {
			return runs, nil
		}
		sum, err := plus(a.Values, b.Values)
		if err != nil {
			return runs, err
		}
		runs[left] = Run{a.From, b.To, sum}
		runs, at = slices.Delete(runs, left+1, left+2), left
	}
}

// total is the sum of all blocks, of which there have to be so many.
func (p Parts) total(blocks int) (sum []float64, err error) {
	next := 0
	for _, r := range p.Runs {
		if r.From != next {
			break
		}
		next = r.To
		if sum == nil {
			sum = make([]float64, len(r.Values))
		}
		if sum, err = plus(sum, r.Values); err != nil {
			return nil, err
		}
	}
	if next != blocks {
		return nil, fmt.Errorf("the pass gave the sums of the blocks before %d, want those of %d", next, blocks)
	}
	return sum, nil
}

func plus(a, b []float64) ([]float64, error) {
	if len(a) != len(b) {
		return nil, fmt.Errorf("sums of %d and of %d numbers, want as many", len(a), len(b))
	}
	sum := make([]float64, len(a))
	for i := range a {
		sum[i] = a[i] + b[i]
	}
	return sum, nil
}

// Total adds Parts; Beam calls it in whatever order the parts come.
type Total struct{}

// CreateAccumulator is the sum of no blocks.
func (*Total) CreateAccumulator() Parts { return Parts{} }

// AddInput adds the sums of a partition.
func (*Total) AddInput(p, q Parts) (Parts, error) { return p.add(q) }

// MergeAccumulators adds the sums of several partitions.
func (*Total) MergeAccumulators(p, q Parts) (Parts, error) { return p.add(q) }

// encode is the parts as bytes: of each run From, To, the number of values and
// the values, all of 8 bytes.
func encode(p Parts) []byte {
	var b []byte
	for _, r := range p.Runs {
		for _, n := range []int{r.From, r.To, len(r.Values)} {
			b = binary.LittleEndian.AppendUint64(b, uint64(n))
		}
		b = appendFloats(b, r.Values)
	}
	return b
}

// decode reads what encode wrote.
func decode(b []byte) (p Parts, err error) {
	for len(b) > 0 {
		if len(b) < 24 {
			return p, fmt.Errorf("%d bytes of sums, want at least 24", len(b))
		}
		word := func(i int) int { return int(binary.LittleEndian.Uint64(b[8*i:])) }
		r, n := Run{From: word(0), To: word(1)}, word(2)
		b = b[24:]
		if n < 0 || n > len(b)/8 || r.From < 0 || r.From >= r.To {
			return p, fmt.Errorf("sums of %d numbers of the blocks %d to %d in %d bytes: damaged", n, r.From, r.To-1, len(b))
		}
		r.Values = floats(b[:8*n])
		p.Runs, b = append(p.Runs, r), b[8*n:]
	}
	return p, nil
}

func appendFloats(b []byte, x []float64) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

func floats(b []byte) []float64 {
	x := make([]float64, len(b)/8)
	for i := range x {
		x[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return x
}

// registerParts tells Beam of the parts and how they are added; before beam.Init.
func registerParts() {
	beam.RegisterCoder(reflect.TypeFor[Parts](), encode, decode)
	register.Combiner1[Parts](&Total{})
	register.Emitter1[Parts]()
}
