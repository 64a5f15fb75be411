package ops

import (
	"fmt"
	"math/rand/v2"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Dropout sets each element to 0 with probability p, and divides the others
// by 1 − p so that the mean stays:
//
//	y = x ⊙ m,  m = 0 with probability p, else 1/(1 − p)
//
// The mask of the n-th run is a function of seed and n: the same seed gives
// the same run. p = 0 drops nothing; p must be below 1. Give each call a seed
// of its own. Build the graph for evaluation without it.
//
// Gradient: to x, m ⊙ g, with the mask of the forward pass.
// Source: Srivastava et al., Dropout, JMLR 15, 2014.
func Dropout(x *G.Node, p float64, seed uint64) (*G.Node, error) {
	if err := wantProbability(p); err != nil {
		return nil, err
	}
	runs := new(int)
	o := maskOp(p, seed, "run", func([]G.Value) (int, error) {
		*runs++
		return *runs - 1, nil
	})
	o.runs = runs
	mask, err := apply(o, x)
	if err != nil {
		return nil, err
	}
	return Hadamard(x, mask)
}

// DropoutRuns is the numbers of runs that the operations of a graph which draw
// anew in each run have counted, [Dropout] and [PairSoftplus] of partners: one
// each, in the order in which they were made. They differ where a run was of a
// part of the graph, or failed.
func DropoutRuns(g *G.ExprGraph) (runs []int) {
	for _, at := range dropoutRuns(g) {
		runs = append(runs, *at)
	}
	return runs
}

// SetDropoutRuns sets the numbers that [DropoutRuns] gave of this graph, or of
// one made in the same way, so that training goes on with the masks of a run
// that was interrupted. It errs where the graph has another number of such
// operations.
func SetDropoutRuns(g *G.ExprGraph, runs []int) error {
	all := dropoutRuns(g)
	if len(runs) != len(all) {
		return fmt.Errorf("ops: the runs of %d operations that draw, want %d, those of the graph", len(runs), len(all))
	}
	for i, at := range all {
		*at = runs[i]
	}
	return nil
}

func dropoutRuns(g *G.ExprGraph) (runs []*int) {
	if g == nil {
		return nil
	}
	for _, n := range g.AllNodes() {
		if o := opOf(n); o != nil && o.runs != nil {
			runs = append(runs, o.runs)
		}
	}
	return runs
}

// dropoutAt is Dropout with the number of the run given as a node, a vector
// of one Int: runs at the same step have the same mask.
func dropoutAt(x *G.Node, p float64, seed uint64, step *G.Node) (*G.Node, error) {
	if err := wantProbability(p); err != nil {
		return nil, err
	}
	mask, err := apply(maskOp(p, seed, "step", func(in []G.Value) (int, error) {
		s, err := ints(in[1])
		if err != nil || len(s) != 1 {
			return 0, fmt.Errorf("the step is %v, want one Int", in[1])
		}
		return s[0], nil
	}), x, step)
	if err != nil {
		return nil, err
	}
	return Hadamard(x, mask)
}

func wantProbability(p float64) error {
	if !(p >= 0 && p < 1) {
		return fmt.Errorf("ops: Dropout: p = %v, want [0, 1)", p)
	}
	return nil
}

func maskOp(p float64, seed uint64, id string, step func([]G.Value) (int, error)) *op {
	return &op{
		name: "DropoutMask", attrs: fmt.Sprint(p, " ", seed, " ", id), kinds: "fi",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if len(in) == 2 && !same(in[1], tensor.Shape{1}) {
				return nil, fmt.Errorf("the step has shape %v, want (1)", in[1])
			}
			return in[0].Clone(), nil
		},
		f32: func(c *call[float32]) error { return dropoutMask(c, p, seed, step) },
		f64: func(c *call[float64]) error { return dropoutMask(c, p, seed, step) },
	}
}

func dropoutMask[T Float](c *call[T], p float64, seed uint64, step func([]G.Value) (int, error)) error {
	n, err := step(c.in)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(seed, uint64(n)*0x9e3779b97f4a7c15)) // far apart from run to run
	keep := T(1 / (1 - p))
	for i := range c.out {
		c.out[i] = 0
		if rng.Float64() >= p {
			c.out[i] = keep
		}
	}
	return nil
}

// RowNoise is a number of [0, 1) for each row of x, whose values it does not
// read, drawn from the seed and from the place of the row among those of its
// segment: a graph gets the same numbers alone and in a batch.
//
// Shapes: x rows×n or B×rows×n; the result is a vector with an element a row, 0
// for rows of no segment.
// Gradient: none.
func RowNoise(x *G.Node, s Segments, seed uint64) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: RowNoise: %w", err)
	}
	return apply(&op{
		name: "RowNoise", attrs: fmt.Sprint(s.Count, seed), kinds: "fi", wrt: []bool{false},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			rows, _ := split(in[0])
			return tensor.Shape{rows}, wantIDs(1)(in)
		},
		f32: func(c *call[float32]) error { return rowNoise(c, s.Count, seed) },
		f64: func(c *call[float64]) error { return rowNoise(c, s.Count, seed) },
	}, s.with(x)...)
}

func rowNoise[T Float](c *call[T], segments int, seed uint64) error {
	ids, err := c.ids(1, len(c.out), segments)
	if err != nil {
		return err
	}
	draws := make([]*rand.Rand, segments)
	for i, id := range ids {
		if c.out[i] = 0; id < 0 {
			continue
		}
		if draws[id] == nil {
			draws[id] = rand.New(rand.NewPCG(seed, 1))
		}
		c.out[i] = T(draws[id].Float32())
	}
	return nil
}
