package param

import (
	"encoding/json"
	"fmt"
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Axis says along which axis of a weight the norms of a constraint are taken:
// with a kernel of shape (in, out), 0 takes the norm of each column, the
// weights of one output, and 1 that of each row. Negative numbers count from
// the last axis. [AllAxes] takes one norm of the whole weight.
type Axis int

// AllAxes is one norm over all axes, what Keras writes as a list of them all.
// In JSON it is "all".
const AllAxes Axis = math.MaxInt32

// MarshalJSON writes a number, or "all".
func (a Axis) MarshalJSON() ([]byte, error) {
	if a == AllAxes {
		return []byte(`"all"`), nil
	}
	return json.Marshal(int(a))
}

// UnmarshalJSON reads a number, or "all".
func (a *Axis) UnmarshalJSON(data []byte) error {
	if string(data) == `"all"` {
		*a = AllAxes
		return nil
	}
	return json.Unmarshal(data, (*int)(a))
}

// normEpsilon is Keras's backend.epsilon().
const normEpsilon = 1e-7

// rescale multiplies each vector along the axis by a function of its length.
func rescale(name string, w *tensor.Dense, axis Axis, factor func(norm float64) float64) error {
	if err := checkDense(name, w); err != nil {
		return err
	}
	n, inner, err := lines(w.Shape(), axis)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	switch d := w.Data().(type) {
	case []float64:
		rescaleLines(d, n, inner, factor)
	case []float32:
		rescaleLines(d, n, inner, factor)
	}
	return nil
}

// lines gives the length of the vectors along the axis and their stride.
func lines(shape tensor.Shape, axis Axis) (n, inner int, err error) {
	if axis == AllAxes {
		return shape.TotalSize(), 1, nil
	}
	a, dims := int(axis), shape.Dims()
	if a < 0 {
		a += dims
	}
	if a < 0 || a >= dims {
		return 0, 0, fmt.Errorf("Axis = %d, but the shape is %v", int(axis), shape)
	}
	inner = 1
	for _, s := range shape[a+1:] {
		inner *= s
	}
	return shape[a], inner, nil
}

func rescaleLines[T ops.Float](d []T, n, inner int, factor func(float64) float64) {
	for block := 0; block < len(d); block += n * inner {
		for first := block; first < block+inner; first++ {
			sum := 0.0
			for i := range n {
				v := float64(d[first+i*inner])
				sum += v * v
			}
			f := factor(math.Sqrt(sum))
			for i := range n {
				d[first+i*inner] = T(float64(d[first+i*inner]) * f)
			}
		}
	}
}

func checkDense(name string, w *tensor.Dense) error {
	if w == nil || w.RequiresIterator() || w.DataOrder().IsColMajor() {
		return fmt.Errorf("%s: the weight is not a contiguous tensor", name)
	}
	if dt := w.Dtype(); dt != tensor.Float32 && dt != tensor.Float64 {
		return fmt.Errorf("%s: dtype %v, want float32 or float64", name, dt)
	}
	return nil
}
