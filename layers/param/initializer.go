package param

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"gorgonia.org/tensor"
)

// Initializer draws the first values of a weight. Those of this package are
// small comparable structs with Keras's formulas, defaults and names, and a
// JSON form (see [InitializerByName] and [UnmarshalInitializer]).
type Initializer interface {
	// Draw returns as many values as the shape has elements, row-major, using
	// no randomness but rng's. It errs if the shape does not suit it.
	Draw(rng *rand.Rand, shape []int) ([]float64, error)
}

// Zeros sets every element to 0.
type Zeros struct{}

// Draw implements [Initializer] for every shape.
func (Zeros) Draw(_ *rand.Rand, shape []int) ([]float64, error) { return filled(shape, 0) }

// Ones sets every element to 1.
type Ones struct{}

// Draw implements [Initializer] for every shape.
func (Ones) Draw(_ *rand.Rand, shape []int) ([]float64, error) { return filled(shape, 1) }

// Constant sets every element to Value.
type Constant struct {
	Value float64 `json:"value"` // Keras: 0
}

// Draw implements [Initializer] for every shape.
func (c Constant) Draw(_ *rand.Rand, shape []int) ([]float64, error) {
	return filled(shape, c.Value)
}

// Identity is Gain·I: Gain where row = column, 0 elsewhere.
type Identity struct {
	Gain float64 `json:"gain"` // Keras: 1; 0 means 1
}

// Draw implements [Initializer] for matrices, square or not.
func (i Identity) Draw(_ *rand.Rand, shape []int) ([]float64, error) {
	if len(shape) != 2 {
		return nil, fmt.Errorf("identity: shape %v, want a matrix", tensor.Shape(shape))
	}
	w, err := filled(shape, 0)
	if err != nil {
		return nil, err
	}
	for r := range min(shape[0], shape[1]) {
		w[r*shape[1]+r] = orOne(i.Gain)
	}
	return w, nil
}

// filled is v for each element of a shape that a weight may have; one without
// axes has one element.
func filled(shape []int, v float64) ([]float64, error) {
	if err := checkSizes(shape); err != nil {
		return nil, err
	}
	w := make([]float64, tensor.Shape(shape).TotalSize())
	if v != 0 {
		for i := range w {
			w[i] = v
		}
	}
	return w, nil
}

// room is filled with 0, for values that rng draws.
func room(rng *rand.Rand, shape []int) ([]float64, error) {
	if rng == nil {
		return nil, errors.New("the generator is nil, want a *rand.Rand")
	}
	return filled(shape, 0)
}

// orOne reads a field for which 0 has no use as its default 1.
func orOne(gain float64) float64 {
	if gain == 0 {
		return 1
	}
	return gain
}
