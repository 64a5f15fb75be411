package ops

import (
	"fmt"
	"math/rand/v2"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

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
